"""Callers as people on a real desk: by name, by digits, by any spelling, masked but for what was typed."""

import msgspec
import pytest

from console.desk.callers import Caller
from console.desk.desk import Desk
from console.desk.rows import Done, Filter, View
from console.domain.case import Reporter, Role
from console.domain.command import Reject
from tests.desk.conftest import Office, logged

MO = Reporter(name="Hoàng Thị Mơ", phone="+84912345678")
OLD = Reporter(name="Lê Văn Cống", phone="+84779000384")  # 0122 900 0384 until 2018


def people(office: Office, desk: Desk, text: str) -> list[tuple[str, str, int, int]]:
    found: tuple[Caller, ...] = office.run(desk.callers(text))
    return [(one.name, one.phone, one.reports, one.open) for one in found]


@pytest.fixture
def cases(office: Office, desk: Desk) -> list[Done]:
    """Two reports of one caller, one of them over, and one of another."""
    made = list[Done]()
    for caller in (MO, MO, OLD):
        office.wall.pass_(minutes=5)
        made.append(logged(office, desk, forward=False, reporter=caller))
    office.run(desk.act(made[0].case, Reject(reason="already_answered", text="Không có")))
    return made


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("hoang mo", "Hoàng T. Mơ", "09xx xxx 678"),
        ("mơ thị", "H. Thị Mơ", "09xx xxx 678"),
        ("5678", "H. T. Mơ", "09xx xx5 678"),
        ("345 67", "H. T. Mơ", "09xx 345 678"),
        ("mo 3456", "H. T. Mơ", "09xx 345 678"),
        ("+84 912-345-678", "H. T. Mơ", "0912 345 678"),
    ],
)
def test_a_caller_is_found_masked_but_for_what_was_typed(
    office: Office, desk: Desk, cases: list[Done], typed: str, name: str, phone: str
) -> None:
    assert people(office, desk, typed) == [(name, phone, 2, 1)]


def test_what_was_typed_is_marked(office: Office, desk: Desk, cases: list[Done]) -> None:
    (one,) = office.run(desk.callers("hoang 5678"))
    assert [one.name[a:b] for a, b in one.name_marks] == ["Hoàng"]
    assert [one.phone[a:b] for a, b in one.phone_marks] == ["5 678"]


def test_a_number_of_years_ago_finds_whom_it_belongs_to(
    office: Office, desk: Desk, cases: list[Done]
) -> None:
    assert people(office, desk, "0122 900 0384") == [("L. V. Cống", "0779 000 384", 1, 1)]


@pytest.mark.parametrize("typed", ["", "m", "678", "nap cong", "hoang van", "mo 0384", "0912 345 679", "z"])
def test_nobody_else_is(office: Office, desk: Desk, cases: list[Done], typed: str) -> None:
    assert people(office, desk, typed) == []


def test_who_has_an_open_report_comes_first(office: Office, desk: Desk, cases: list[Done]) -> None:
    later = logged(office, desk, forward=False, reporter=Reporter(name="Mơ", phone="+84912000117"))
    office.run(desk.act(later.case, Reject(reason="already_answered", text="Không có")))
    assert [one[:2] for one in people(office, desk, "mo")] == [
        ("H. T. Mơ", "09xx xxx 678"),
        ("Mơ", "09xx xxx 117"),
    ]


def test_an_agency_sees_no_callers(office: Office, desk: Desk, cases: list[Done]) -> None:
    desk.sign_in(msgspec.structs.replace(desk.actor, role=Role.AGENCY))
    assert people(office, desk, "hoang mo") == []
    asked = Filter(callers=(cases[0].number,))
    assert office.run(desk.queue(View.ALL, asked)).total == 0


def test_the_queue_lists_all_reports_of_whoever_called(office: Office, desk: Desk, cases: list[Done]) -> None:
    (one,) = office.run(desk.callers("5678"))
    assert one.number == cases[1].number
    asked = Filter(callers=(one.number,))
    page = office.run(desk.queue(View.ALL, asked))
    assert {row.id for row in page.rows} == {cases[0].case, cases[1].case}
    assert office.run(desk.counts(asked))[View.OPEN] == 1
    both = office.run(desk.queue(View.ALL, Filter(callers=(one.number,), words="khong co")))
    assert [row.id for row in both.rows] == [cases[0].case], "words narrow it further"
