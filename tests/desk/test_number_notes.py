"""Notes on a number at one desk: who may say what, how long it stays, which writing stands."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import NoteNotYours, NoteTooLong
from console.domain.number_note import TEXT_MOST, NoteKind
from console.models.times import from_ms
from console.protocol.wire import NumberNote
from tests.desk.conftest import Office
from tests.desk.people import OPERATOR, PHONE

WHEELCHAIR, PRANK = (NoteKind.WHEELCHAIR.value,), (NoteKind.PRANK.value,)
replace = msgspec.structs.replace


def told(desk: Desk) -> list[NumberNote]:
    return desk.sync_port.notes_to_tell()


def answered(desk: Desk, **changed: Any) -> None:
    """The centre takes what it is told."""
    desk.sync_port.apply_notes([replace(note, version=7, **changed) for note in told(desk)], 7)


def test_a_note_is_there_when_the_number_calls_and_after_the_program_ends(office: Office) -> None:
    desk = office.open()
    heard: list[Changes] = []
    desk.feed.subscribe(heard.append)
    office.run(desk.note_number(PHONE, WHEELCHAIR, "  Ở tầng 2, không có thang máy "))
    desk.close()
    desk = office.open()
    note = office.run(desk.number_note(PHONE))
    assert note is not None
    assert (note.kinds, note.text, note.by_name) == (
        WHEELCHAIR,
        "Ở tầng 2, không có thang máy",
        desk.actor.name,
    )
    assert [one.numbers for one in heard] == [True]
    assert office.run(desk.number_note("+84987654321")) is None


def test_without_anything_in_it_it_is_taken_back(office: Office, desk: Desk) -> None:
    office.run(desk.note_number(PHONE, WHEELCHAIR, ""))
    answered(desk)
    assert told(desk) == []
    assert office.run(desk.note_number(PHONE, (), " ")) is None
    assert office.run(desk.number_note(PHONE)) is None
    (gone,) = told(desk)
    assert (gone.deleted, gone.kinds, gone.text) == (True, (), "")


def test_an_operator_notes_needs_but_judges_nobody(office: Office) -> None:
    desk = office.open(actor=OPERATOR)
    office.run(desk.note_number(PHONE, WHEELCHAIR, ""))
    with pytest.raises(NoteNotYours):
        office.run(desk.note_number(PHONE, (*WHEELCHAIR, *PRANK), ""))
    desk.sync_port.apply_notes([note_of(kinds=PRANK, changed_at=desk.clock.now() + timedelta(seconds=9))])
    with pytest.raises(NoteNotYours):
        office.run(desk.note_number(PHONE, WHEELCHAIR, ""))


def test_a_note_too_long_is_refused(office: Office, desk: Desk) -> None:
    with pytest.raises(NoteTooLong):
        office.run(desk.note_number(PHONE, (), "x" * (TEXT_MOST + 1)))


def note_of(**more: Any) -> NumberNote:
    at = from_ms(1_730_700_000_000)
    usual: dict[str, Any] = {"phone": PHONE, "text": "Của Lan", "by": "op07", "by_name": "Lan", "version": 3}
    return NumberNote(**usual | {"changed_at": at, "used_at": at} | more)


def test_a_call_is_its_use_once_a_day_and_without_any_it_goes(office: Office, desk: Desk) -> None:
    office.run(desk.note_number(PHONE, WHEELCHAIR, ""))
    answered(desk)
    office.run(desk.number_note(PHONE))
    assert told(desk) == []
    office.wall.pass_(days=300)
    assert office.run(desk.number_note(PHONE)) is not None
    (touched,) = told(desk)
    assert touched.used_at - touched.changed_at >= timedelta(days=300)
    answered(desk)
    office.wall.pass_(days=300)
    assert office.run(desk.number_note(PHONE)) is not None
    answered(desk)
    office.wall.pass_(days=361)
    assert office.run(desk.number_note(PHONE)) is None
    desk.close()
    assert office.run(office.open().number_note(PHONE)) is None


def test_the_later_writing_stands_whoevers_it_is(office: Office, desk: Desk) -> None:
    office.run(desk.note_number(PHONE, WHEELCHAIR, "của tôi"))
    (mine,) = told(desk)
    desk.sync_port.apply_notes([note_of(changed_at=mine.changed_at - timedelta(seconds=5))])
    assert told(desk) == [mine], "ours is later, and is still told"
    desk.sync_port.apply_notes([note_of(changed_at=mine.changed_at + timedelta(seconds=5))])
    note = office.run(desk.number_note(PHONE))
    assert note is not None
    assert note.text == "Của Lan"
    assert told(desk) == []


def test_what_somebody_else_wrote_here_waits_for_them(office: Office, desk: Desk) -> None:
    office.run(desk.note_number(PHONE, WHEELCHAIR, ""))
    desk.sign_in(replace(desk.actor, user="op44"))
    assert told(desk) == []
