"""Search on a real desk: what is found, in which order, by which slips, and what is marked."""

import asyncio

import msgspec
import pytest

from console.desk import kept_search
from console.desk.desk import Desk
from console.desk.rows import Done, Filter, View
from console.desk.searching import Found
from console.domain.case import Reporter, Role
from console.domain.command import AddNote, Assign, Reject
from console.models.store import GivenUp
from tests.desk.conftest import Office
from tests.desk.people import LEAD, report

replace = msgspec.structs.replace
CALLER = Reporter(name="Hoàng Thị Mơ", phone="+84912345678")


def logged(office: Office, desk: Desk, forward: bool = True, **said: object) -> Done:
    draft = office.run(desk.open_draft())
    office.wall.pass_(seconds=5)
    assign = Assign(lead=LEAD, expects=None) if forward else None
    return office.run(desk.log_report(draft, report(draft, **said), assign))


def found(office: Office, desk: Desk, text: str) -> Found:
    return office.run(desk.search(text))


def ids(office: Office, desk: Desk, text: str) -> list[str]:
    return [hit.row.id for hit in found(office, desk, text).hits]


@pytest.fixture
def case(office: Office, desk: Desk) -> Done:
    return logged(
        office, desk, title="Cột điện nghiêng", description="Gió to, dây võng sát đường.", reporter=CALLER
    )


@pytest.mark.parametrize(
    "typed",
    [
        "cot dien", "nghiêng cột", "dien nghi", "dây võng", "gio to", "5678", "3456", "0912 345", "345 678",
        "hoang mo", "cot dein nghieng", "nghiengg", "ghieng",
    ],
)  # fmt: skip
def test_a_case_is_found_by(office: Office, desk: Desk, case: Done, typed: str) -> None:
    assert ids(office, desk, typed) == [case.case]
    page = office.run(desk.queue(View.OPEN, Filter(words=typed)))
    assert [row.id for row in page.rows] == [case.case], "the queue's filter finds the same"


@pytest.mark.parametrize("typed", ["", ' -*"', "cot nuoc", "9999", "xyzxyz"])
def test_and_by_nothing_else(office: Office, desk: Desk, case: Done, typed: str) -> None:
    assert ids(office, desk, typed) == []


def test_a_number_is_found_by_any_stretch_of_it(office: Office, desk: Desk, case: Done) -> None:
    for typed in (case.number, case.number.replace("-", ""), case.number[-6:], case.number.split("-")[1][1:]):
        assert ids(office, desk, typed) == [case.case], typed


def test_what_was_noted_later_is_found_too(office: Office, desk: Desk, case: Done) -> None:
    office.run(desk.act(case.case, AddNote(text="Hẹn thợ quay lại thứ năm", audience="internal")))
    (hit,) = found(office, desk, "tho quay lai").hits
    (passage,) = hit.found
    assert (passage.where, [passage.text[a:b] for a, b in passage.marks]) == ("note", ["thợ", "quay", "lại"])


def test_a_slip_is_told_and_marked_as_it_is_spelled(office: Office, desk: Desk, case: Done) -> None:
    answer = found(office, desk, "nghiengg")
    assert answer.corrected == (("nghiengg", "nghieng"),)
    (passage,) = answer.hits[0].found
    assert [passage.text[a:b] for a, b in passage.marks] == ["nghiêng"]


def test_open_ones_come_first_then_the_better_words_then_the_newest(office: Office, desk: Desk) -> None:
    closed = logged(office, desk, forward=False, title="Rác ở chợ Ga")
    office.wall.pass_(minutes=1)
    in_text = logged(office, desk, title="Mùi hôi", description="Rác bốc mùi")
    old, new = (logged(office, desk, title="Rác ùn ứ") for _ in range(2))
    office.run(desk.act(closed.case, Reject(reason="already_answered", text="Không có")))
    assert ids(office, desk, "rác") == [new.case, old.case, in_text.case, closed.case]


def test_the_caller_is_shown_by_what_was_typed_alone(office: Office, desk: Desk, case: Done) -> None:
    shown = {p.where: p.text for text in ("mơ", "5678") for p in found(office, desk, text).hits[0].found}
    assert shown == {"caller": "••• ••• Mơ", "phone": "••••••5678"}


def test_cases_of_before_the_upgrade_are_read_in_again(office: Office, desk: Desk, case: Done) -> None:
    office.run(desk._held.call(lambda: kept_search.begin_again(desk._held)))
    assert ids(office, desk, "nghieng") == []
    office.run(desk.keep_index())
    assert ids(office, desk, "nghieng") == [case.case]


def test_an_agency_finds_by_what_it_may_read_alone(office: Office, desk: Desk, case: Done) -> None:
    office.run(desk.act(case.case, AddNote(text="Người báo say rượu", audience="internal")))
    assert ids(office, desk, "say ruou") == [case.case]
    desk.sign_in(replace(desk.actor, role=Role.AGENCY, agency=LEAD))
    assert [ids(office, desk, typed) for typed in ("hoang mo", "5678", "say ruou", "cot mo")] == [[]] * 4
    assert ids(office, desk, "cot dien") == [case.case]
    assert ids(office, desk, "day vong") == [case.case]


def test_a_newer_question_ends_the_older_one(office: Office, desk: Desk, case: Done) -> None:
    async def both() -> list[Found]:
        return list(await asyncio.gather(desk.search("cột điện"), desk.search("cột")))

    older, newer = office.run(both())
    assert (older.hits, [hit.row.id for hit in newer.hits]) == ((), [case.case])


def test_a_question_is_ended_while_it_reads(office: Office, desk: Desk) -> None:
    store = desk._held.store
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    looked = iter(range(3))

    def ask() -> None:
        with store.given_up(lambda: next(looked, None) is None):
            store.read(endless)

    with pytest.raises(GivenUp):
        office.run(desk._held.call(ask))
    assert office.run(desk._held.call(lambda: store.read("SELECT 1"))) == [(1,)]


def test_typed_diacritics_go_before_others(office: Office, desk: Desk) -> None:
    exact, other = (logged(office, desk, title=title) for title in ("Má bị ngã", "Ma ở bãi đất"))
    assert ids(office, desk, "má") == [exact.case, other.case]
    assert ids(office, desk, "ma") == [other.case, exact.case]
