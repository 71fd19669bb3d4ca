"""An agency sees its own cases, and never who told them."""

from collections.abc import Iterator

import msgspec
import pytest

from console.domain.case import Reporter
from console.domain.command import (
    Accept,
    AddCall,
    AddNote,
    Assign,
    Attach,
    EditReport,
    FieldChange,
    ReleaseContact,
    Return,
    ShowContact,
    Withdraw,
)
from console.protocol.wire import CommandsRequest
from tests.central.reports import (
    LEAD,
    NAME,
    OTHER_LEAD,
    PHONE,
    accepted,
    assigned,
    cases,
    changes,
    code,
    give,
    logged,
    snapshot,
)
from tests.support.central import Central, Client

INTERNAL, SHARED = "Người báo là hàng xóm của cán bộ", "Đề nghị mang theo rào chắn"
OTHER_NAME, OTHER_PHONE = "Hoàng Thị Bưởi", "+84987654321"
THIRD_NAME, THIRD_PHONE, AGAIN = "Đinh Văn Ổi", "+84977123456", "Nước đã vào nhà"
FILE = "truoc-nha-ba-Buoi.jpg"
THIRD = (THIRD_NAME, THIRD_PHONE)
HIDDEN = [w.encode() for w in (NAME, PHONE, PHONE[3:], INTERNAL, OTHER_NAME, OTHER_PHONE, FILE, *THIRD)]


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


@pytest.fixture
def agency(central: Central) -> Iterator[Client]:
    made = central.client("00", f"ag-{LEAD}")
    yield made
    made.close()


def spoken_of(desk: Client) -> str:
    """A case of LEAD around which everything was said that an agency may not know."""
    case = assigned(desk)
    old = msgspec.to_builtins(Reporter(name=NAME, phone=PHONE, callback=True))
    new = {**old, "name": OTHER_NAME, "phone": OTHER_PHONE}
    accepted(
        desk,
        desk.command(AddNote(text=INTERNAL), case),
        desk.command(AddNote(text=SHARED, audience="agency"), case),
        desk.command(Attach(sha256="ab" * 32, name=FILE, media_type="image/jpeg", size=900), case),
        desk.command(ShowContact(reason="Gọi hỏi lại vị trí"), case),
        desk.command(AddCall(text=AGAIN, phone=THIRD_PHONE, name=THIRD_NAME), case),
        desk.command(EditReport(fields={"reporter": FieldChange(old=old, new=new)}), case),
    )
    return case


def test_no_byte_of_the_reporter_or_of_internal_notes_reaches_an_agency(desk: Client, agency: Client) -> None:
    case = spoken_of(desk)
    given = CommandsRequest(
        commands=(
            agency.command(Accept(), case),
            agency.command(Accept(), case),  # refused: accepted already
            agency.command(EditReport(fields={"reporter": FieldChange(old=None, new=None)}), case),
        )
    )
    answers = [
        agency.raw("GET", "/snapshot").content,
        agency.raw("GET", "/changes?after=0").content,
        agency.raw("POST", "/commands", given).content,
        agency.raw("GET", "/changes?after=0&limit=1").content,
    ]
    for answer in answers:
        assert case.encode() in answer
        assert [word for word in HIDDEN if word in answer] == []
    assert all(SHARED.encode() in answer for answer in answers[:2])
    assert all(b'"abababab.jpg"' in answer for answer in answers[:2])
    assert [word for word in HIDDEN[:4] if word not in desk.raw("GET", "/snapshot").content] == [
        NAME.encode(),
        PHONE.encode(),
        PHONE[3:].encode(),
    ]
    assert all(AGAIN.encode() in answer for answer in answers[:2])
    assert THIRD_PHONE.encode() in desk.raw("GET", "/search?q=7123").content
    assert b'"records":[]' in agency.raw("GET", "/search?q=7123").content
    assert OTHER_PHONE.encode() in desk.raw("GET", "/snapshot").content


def test_an_agency_sees_no_case_of_another(central: Central, desk: Client, agency: Client) -> None:
    alone, foreign = logged(desk), assigned(desk, OTHER_LEAD)
    mine, helped = assigned(desk), logged(desk)
    accepted(desk, desk.command(Assign(lead=OTHER_LEAD, expects=None, supporting=(LEAD,)), helped))
    lines = snapshot(agency)
    assert cases(lines) == [helped, mine]
    assert lines[0].total == 2
    assert {record.case.id for record in changes(agency).records} == {mine, helped}
    verdicts = give(agency, agency.command(Accept(), foreign), agency.command(Accept(), alone))
    assert all(not v.accepted and v.case is None for v in verdicts)
    assert code(verdicts[0]) == "not_yours"


def test_a_case_that_is_new_to_an_agency_comes_with_its_whole_timeline(desk: Client, agency: Client) -> None:
    case = logged(desk)
    cursor = changes(agency).cursor
    accepted(desk, desk.command(Assign(lead=LEAD, expects=None), case))
    (record,) = changes(agency, cursor).records
    assert [event.kind for event in record.events] == ["log_report", "assign"]
    assert record.case.reporter is None


def test_an_agency_that_returns_a_case_learns_its_verdict(desk: Client, agency: Client) -> None:
    case = assigned(desk)
    command = agency.command(Return(reason="Không thuộc phạm vi đơn vị quản lý"), case)
    (verdict,) = accepted(agency, command)
    assert [event.kind for event in verdict.events] == ["return"]
    assert give(agency, command)[0].accepted


def test_an_agency_that_knows_an_id_of_anothers_command_reads_nothing_of_it(
    desk: Client, agency: Client
) -> None:
    case = logged(desk)
    command = desk.command(Assign(lead=OTHER_LEAD, expects=None), case)
    accepted(desk, command)
    (verdict,) = give(agency, command)
    assert (verdict.events, verdict.case) == ((), None)


def test_a_released_contact_is_read_by_that_agency_alone_until_it_is_taken_back(
    central: Central, desk: Client, agency: Client
) -> None:
    case = logged(desk)
    both = Assign(lead=OTHER_LEAD, expects=None, supporting=(LEAD,), instructions={LEAD: "Phân luồng"})
    accepted(desk, desk.command(both, case))
    other = central.client("00", f"ag-{OTHER_LEAD}")
    accepted(desk, desk.command(ReleaseContact(agency=LEAD, reason="Hẹn gặp tại chỗ"), case))
    (record,) = changes(agency).records
    assert record.case.reporter == Reporter(name=NAME, phone=PHONE, callback=True)
    assert record.case.instructions == {LEAD: "Phân luồng"}
    for path in ("/changes?after=0", "/snapshot"):
        assert PHONE.encode() in agency.raw("GET", path).content
        assert PHONE.encode() not in other.raw("GET", path).content
    accepted(desk, desk.command(ReleaseContact(agency=LEAD, reason="Đã gặp", on=False), case))
    assert PHONE.encode() not in agency.raw("GET", "/changes?after=0").content
    other.close()


def test_an_agency_is_told_that_a_case_was_withdrawn_and_nothing_after(desk: Client, agency: Client) -> None:
    case, kept = assigned(desk), assigned(desk)
    before = changes(agency).cursor
    accepted(
        desk,
        desk.command(Withdraw(expects=LEAD, reason="Chuyển nhầm đơn vị"), case),
        desk.command(AddNote(text=SHARED, audience="agency"), case),
    )
    answer = changes(agency, before)
    assert answer.records == ()
    assert [(gone.case, gone.reason) for gone in answer.gone] == [(case, "Chuyển nhầm đơn vị")]
    assert changes(agency, answer.cursor).gone == ()
    accepted(desk, desk.command(Assign(lead=OTHER_LEAD, expects=LEAD), kept))
    (gone,) = changes(agency, answer.cursor).gone
    assert (gone.case, gone.reason) == (kept, "")
    assert b'"gone"' not in desk.raw("GET", "/changes?after=0").content
