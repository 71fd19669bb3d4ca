"""Notes on numbers at the centre: staff's alone, the last writing stands, and unused ones go."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from console.central.tables import number_notes
from console.protocol.wire import NumberNote, NumberNotesAnswer
from tests.central.reports import LEAD, PHONE
from tests.support.central import Central, Client

OTHER = "+84987654321"
replace = msgspec.structs.replace


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client("04", "op04")
    yield made
    made.close()


@pytest.fixture
def chief(central: Central) -> Iterator[Client]:
    made = central.twin().client("05", "sup01")
    yield made
    made.close()


def made(desk: Client, **more: Any) -> NumberNote:
    at = desk.clock.now() - timedelta(minutes=5)
    usual = {"phone": PHONE, "kinds": ("interpreter",), "text": "Nói tiếng Bru", "changed_at": at}
    return NumberNote(**usual | {"used_at": at} | more)


def put(desk: Client, note: NumberNote) -> NumberNote:
    answer = desk.raw("PUT", "/number-notes", note)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=NumberNote)


def refused(desk: Client, note: NumberNote) -> str:
    answer = desk.raw("PUT", "/number-notes", note)
    assert answer.status_code >= 400
    return str(answer.json()["code"])


def after(desk: Client, version: int = 0) -> NumberNotesAnswer:
    found: NumberNotesAnswer = desk.get(f"/number-notes?after={version}", NumberNotesAnswer)
    return found


def test_colleagues_hear_of_it_and_the_last_writing_stands(desk: Client, chief: Client) -> None:
    kept = put(desk, made(desk))
    assert (kept.by, bool(kept.by_name)) == (desk.user, True)
    assert after(chief) == NumberNotesAnswer(version=kept.version, notes=(kept,))
    later = replace(kept, text="Nói tiếng Chứt", changed_at=kept.changed_at + timedelta(seconds=1))
    assert put(chief, later).by == chief.user
    assert put(desk, kept).text == later.text, "the earlier writing comes late"
    gone = put(desk, replace(later, deleted=True, changed_at=later.changed_at + timedelta(seconds=1)))
    assert after(chief, kept.version).notes == (gone,)
    assert (gone.text, gone.kinds, gone.deleted) == ("", (), True)


def test_use_is_told_by_anybody_and_changes_nothing_else(desk: Client, chief: Client) -> None:
    kept = put(desk, made(desk))
    used = put(chief, replace(kept, used_at=chief.clock.now()))
    assert (used.by, used.text, used.used_at > kept.used_at) == (desk.user, kept.text, True)


def test_who_calls_in_jest_an_operator_does_not_say(desk: Client, chief: Client) -> None:
    assert refused(desk, made(desk, kinds=("prank",))) == "not_allowed"
    kept = put(chief, made(chief, kinds=("prank",)))
    later = kept.changed_at + timedelta(seconds=1)
    assert refused(desk, replace(kept, kinds=(), changed_at=later)) == "not_allowed"
    assert put(desk, replace(kept, text="Trẻ em", changed_at=later)).text == "Trẻ em"


def test_an_agency_has_none(central: Central, desk: Client) -> None:
    put(desk, made(desk))
    agency = central.client("00", f"ag-{LEAD}")
    assert refused(agency, made(agency)) == "not_allowed"
    assert agency.raw("GET", "/number-notes").status_code == 403
    assert PHONE.encode() not in agency.raw("GET", "/changes?after=0").content
    agency.close()


def test_what_is_of_no_use_any_more_goes_for_good(central: Central, desk: Client) -> None:
    old = desk.clock.now() - timedelta(days=361)
    put(desk, made(desk, changed_at=old, used_at=old))
    assert after(desk).notes == ()
    first = put(desk, made(desk, phone=OTHER))
    put(desk, made(desk, phone=OTHER, changed_at=first.changed_at + timedelta(seconds=1)))
    with central.engine.connect() as connection:
        assert connection.scalars(select(number_notes.c.phone)).all() == [OTHER]


@pytest.mark.parametrize(
    "wrong",
    [{"phone": "0912"}, {"text": "x" * 301}, {"kinds": (), "text": " "}, {"kinds": ("x" * 41,)}],
)
def test_what_is_no_note_is_refused(desk: Client, wrong: dict[str, Any]) -> None:
    assert refused(desk, made(desk, **wrong)) == "bad_request"
