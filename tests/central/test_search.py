"""GET /search and GET /cases over a real PostgreSQL: what is found, by whom, in which order."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text

from console.central.migrate import head, migrate
from console.domain.case import Reporter
from console.domain.command import AddNote, Assign, Command, Reject
from console.domain.identity import new_id
from console.domain.place import Place, Point
from console.protocol.wire import CaseRecord, SearchAnswer
from tests.central.reports import LEAD, OTHER_LEAD, REFERENCE, TYPE, WARD, accepted, logged
from tests.support.central import Central, Client

CALLER = Reporter(name="Hoàng Thị Mơ", phone="+84987123456")


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


def found(client: Client, text: str, limit: int = 20) -> list[str]:
    answer: SearchAnswer = client.get(f"/search?q={text}&limit={limit}", SearchAnswer)
    return [record.case.id for record in answer.records]


def test_a_case_is_found_by_whatever_names_it_and_by_what_was_written(desk: Client) -> None:
    place = Place(commune=WARD.code, text="Đường Hoà Bình", point=Point(WARD.lon, WARD.lat))
    case = logged(
        desk, title="Cột điện nghiêng", description="Gió lớn, dây võng", reporter=CALLER, place=place
    )
    other = logged(desk, title="Rác ùn ứ", description="Đầu chợ cá đã hai hôm")
    lead = REFERENCE.agency(LEAD)
    assert lead is not None
    accepted(desk, desk.command(Assign(lead=LEAD, expects=None), case))
    accepted(desk, desk.command(AddNote(text="Thợ hẹn quay lại"), case))
    number = desk.get(f"/cases/{case}", CaseRecord).case.number
    for typed in (
        "cot dien", "nghiêng cột", "ĐIỆN", "hòa bình", "hoang mo", "9871", "871234", "quay lai tho", "gio lo",
        number, number.replace("-", ""), number[5:], f"cot {lead.short}", f"cot {WARD.name}",
    ):  # fmt: skip
        assert found(desk, typed) == [case], typed
    assert {case, other} <= set(found(desk, TYPE.name)), "types are found by name"
    for typed in ("", " -'&|!:*", "cot nuoc", "dien thoại", "zzzz", "quay nghieng"):
        assert found(desk, typed) == [], typed


def test_an_agency_finds_its_own_by_what_it_may_read(desk: Client, agency: Client) -> None:
    case = logged(desk, title="Cột điện nghiêng", reporter=CALLER)
    foreign = logged(desk, title="Cột điện gãy", reporter=CALLER)
    for lead, of in ((LEAD, case), (OTHER_LEAD, foreign)):
        accepted(desk, desk.command(Assign(lead=lead, expects=None), of))
        accepted(desk, desk.command(AddNote(text="Người báo say rượu", audience="internal"), of))
        accepted(desk, desk.command(AddNote(text="Mang thang cao", audience="agency"), of))
    assert found(agency, "cot dien") == [case]
    assert found(agency, "thang cao") == [case]
    assert [found(agency, typed) for typed in ("hoang mo", "3456", "say ruou", "cot hoang")] == [[]] * 4
    assert {*found(desk, "hoang mo"), *found(desk, "say ruou")} == {case, foreign}
    answer: SearchAnswer = agency.get("/search?q=cot", SearchAnswer)
    assert [record.case.reporter for record in answer.records] == [None]
    assert not any("say" in str(event.data) for event in answer.records[0].events)
    assert agency.raw("GET", f"/cases/{foreign}").status_code == 404


def test_open_ones_first_then_the_newest_and_more_is_told(desk: Client) -> None:
    old, done, new = (logged(desk, title=f"Sạt lở {n}") for n in range(3))
    accepted(desk, desk.command(Reject(reason="already_answered", text="Không có"), done))
    assert found(desk, "sat lo") == [new, old, done]
    answer: SearchAnswer = desk.get("/search?q=sat&limit=2", SearchAnswer)
    assert ([record.case.id for record in answer.records], answer.more) == ([new, old], True)


def test_a_case_by_id_comes_whole_and_what_is_none_is_refused(desk: Client) -> None:
    first: Command = desk.command(AddNote(text="x"))
    case = logged(desk)
    record = desk.get(f"/cases/{case}", CaseRecord)
    assert (record.case.id, len(record.events)) == (case, 1)
    for other in (first.case, new_id(), "x", "%00"):
        answer = desk.raw("GET", f"/cases/{other}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_case"), other
    for wrong in ("/search", "/search?q=" + "x" * 201, "/search?q=x&limit=51"):
        assert desk.raw("GET", wrong).status_code == 400
    assert desk.raw("GET", "/search?q=%00", None).status_code == 200


WORDS = (
    "SELECT words::text, all_words::text FROM cases ORDER BY id",
    "SELECT said::text FROM events ORDER BY seq, place",
)
BEFORE = (
    "ALTER TABLE cases DROP COLUMN words, DROP COLUMN all_words",
    "ALTER TABLE events DROP COLUMN said",
    "DROP FUNCTION audit_stands CASCADE",
    "DROP INDEX ix_cases_resolved, ix_cases_open, ix_cases_merged_into",
    "DROP TABLE messages, turns, leavings",
    "DROP TABLE period_reports",
    "DROP TABLE desk_days, sample_scores",
    "DROP TABLE audit, number_notes, handed_drafts, admin_history, shift_book, shift_past, desk_facts",
    "ALTER TABLE users DROP COLUMN version, DROP COLUMN code_hash, DROP COLUMN code_until",
    "UPDATE alembic_version SET version_num = '0005'",
)


def test_cases_of_before_the_search_are_found_after_the_upgrade(central: Central, desk: Client) -> None:
    def words(connection: Connection) -> list[Any]:
        return [connection.execute(text(sql)).all() for sql in WORDS]

    case = logged(desk, title="Cột điện nghiêng", description="Gió lớn, dây võng", reporter=CALLER)
    logged(desk, title="Rác ùn ứ")
    accepted(desk, desk.command(AddNote(text="Thợ hẹn quay lại", audience="internal"), case))
    with central.engine.begin() as connection:
        had = words(connection)
        for sql in BEFORE:
            connection.execute(text(sql))
    assert migrate(central.engine) == head()
    with central.engine.connect() as connection:
        assert words(connection) == had
    assert found(desk, "quay lai tho") == found(desk, "hoang mo") == [case]
