"""Notes on a number: seen when it calls, written by key, kept while one turns to another call."""

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.number_note import NoteKind
from tests.desk.people import PHONE
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import Hands

_ALT = Qt.KeyboardModifier.AltModifier
TEXT = "Nói chậm, nghe kém tai trái"


def call_of(hands: Hands, stage: Stage, spelled: str = "0912345678") -> None:
    hands.go("P")
    hands.type(spelled)
    stage.until(lambda: hands.room.caller.note.isVisible())
    stage.settle()


def test_a_note_written_by_key_is_seen_at_the_next_call_of_the_number(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    note = hands.room.caller.note
    assert not note.isVisible()
    call_of(hands, stage)
    assert not note.told.isVisible()
    hands.key(Qt.Key.Key_O, _ALT)
    note.boxes[NoteKind.WHEELCHAIR].setChecked(True)
    hands.paste(TEXT)
    hands.enter()
    stage.until(lambda: note.told.isVisible())
    kept = stage.run(desk.number_note(PHONE))
    assert kept is not None
    assert (kept.kinds, kept.text) == (("wheelchair",), TEXT)
    assert hands.room.form.focused() is not None  # the cursor is back in the form
    hands.room.new()
    stage.settle()
    assert not note.isVisible()
    call_of(hands, stage, "+84912345678")
    stage.until(lambda: TEXT in note.told.text())
    assert "Đi xe lăn" in note.told.text()


def test_what_is_typed_waits_with_its_number_and_esc_drops_it(hands: Hands, stage: Stage, desk: Desk) -> None:
    note = hands.room.caller.note
    call_of(hands, stage)
    hands.key(Qt.Key.Key_O, _ALT)
    hands.paste(TEXT)
    hands.room.new()
    stage.settle()
    call_of(hands, stage, "0987654321")
    assert note.editor.isHidden()
    hands.room.new()
    stage.settle()
    call_of(hands, stage)
    assert note.typed.text == TEXT
    note.begin()
    hands.key(Qt.Key.Key_Escape)
    assert note.editor.isHidden()
    assert stage.run(desk.number_note(PHONE)) is None


def test_saved_empty_it_is_gone(hands: Hands, stage: Stage, desk: Desk) -> None:
    stage.run(desk.note_number(PHONE, ("interpreter",), ""))
    note = hands.room.caller.note
    call_of(hands, stage)
    stage.until(lambda: note.told.isVisible())
    hands.key(Qt.Key.Key_O, _ALT)
    note.boxes[NoteKind.INTERPRETER].setChecked(False)
    hands.enter()
    stage.until(lambda: not note.told.isVisible())
    assert stage.run(desk.number_note(PHONE)) is None
