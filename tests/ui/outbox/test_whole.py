"""A command read in full."""

from console.domain.case import Reporter
from console.domain.command import EditReport, FieldChange
from console.ui.outbox.whole import facts_of
from tests.desk.people import MONDAY, REFERENCE, report
from tests.ui.conftest import Stage

NAME, PHONE = "Nguyễn Văn Mẫu", "+84912345678"


def test_the_reporter_stays_masked(stage: Stage) -> None:
    desk = stage.desk()
    draft = stage.run(desk.open_draft())
    given = report(draft, reporter=Reporter(name=NAME, phone=PHONE, callback=True))
    change = FieldChange(old=None, new={"name": NAME, "phone": PHONE})
    for body in (given, EditReport(fields={"reporter": change})):
        words = " ".join(value for _, value in facts_of(body, REFERENCE, MONDAY))
        assert "09xx xxx 678" in words
        assert "Nguyễn" not in words
        assert "912" not in words


def test_answers_are_read_as_they_were_asked(stage: Stage) -> None:
    desk = stage.desk()
    draft = stage.run(desk.open_draft())
    outage = report(
        draft, type="power.outage", answers={"since": "days", "customer": "PC031", "houses": "one"}
    )
    assert facts_of(outage, REFERENCE, MONDAY)[-3:] == [
        ("Bao nhiêu nhà bị ảnh hưởng?", "Chỉ một nhà"),
        ("Mã khách hàng trên hóa đơn?", "PC031"),
        ("Bị từ bao giờ?", "Vài ngày"),
    ]
    change = FieldChange(old={}, new={"injured": "yes", "customer": "PC031", "injured?": "x"})
    ((_, words),) = facts_of(EditReport(fields={"answers": change}), REFERENCE, MONDAY)
    assert words == "Có người bị thương không? Có · Mã khách hàng trên hóa đơn? PC031 · x"
