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
