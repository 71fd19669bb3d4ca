"""Possible duplicates: found while typing, merged into or set aside by keys."""

import msgspec
from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.place import Place, Point
from console.ui.intake.fields import Field
from tests.desk.people import WARDS
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import PHONE, STORY, Hands

_ALT = Qt.KeyboardModifier.AltModifier


def alike(hands: Hands, stage: Stage, desk: Desk) -> str:
    """A report that lies on the desk, and the same told again by another caller; the old one's id."""
    hands.take_type()
    kind = hands.room.state.draft.type
    old = stage.log(desk, forward=True, type=kind).case
    hands.answer_all()
    hands.paste(STORY)
    hands.go("M")
    hands.type(f"{WARDS[0].lat}, {WARDS[0].lon}")
    hands.room.form.focus_field(Field.PHONE)
    hands.paste(PHONE)
    stage.until(lambda: hands.room.side.suspects.suspects)
    stage.settle()
    return old


def test_merging_by_key_logs_the_call_and_merges_it(hands: Hands, stage: Stage, desk: Desk) -> None:
    old = alike(hands, stage, desk)
    hands.key(Qt.Key.Key_G, _ALT)
    stage.settle()
    assert hands.case().case.merged_into == old
    assert stage.notices.undoable


def test_another_matter_is_set_aside_for_this_call(hands: Hands, stage: Stage, desk: Desk) -> None:
    alike(hands, stage, desk)
    hands.key(Qt.Key.Key_X, _ALT)
    stage.until(lambda: not hands.room.side.suspects.suspects)
    assert hands.room.side.suspects.empty.isVisible()


def test_what_is_merely_near_is_not_counted_and_no_key_merges_into_it(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    hands.take_type()
    far = Place(commune=WARDS[0].code, point=Point(WARDS[0].lon + 0.008, WARDS[0].lat))
    words = "Một việc khác hẳn, ở phía bên kia"
    old = stage.log(desk, type=hands.room.state.draft.type, place=far, title=words, description=words)
    hands.answer_all()
    hands.paste(STORY)
    hands.go("M")
    hands.type(f"{WARDS[0].lat}, {WARDS[0].lon}")
    hands.room.form.focus_field(Field.PHONE)
    hands.paste(PHONE)
    pane = hands.room.side.suspects
    stage.until(lambda: pane.suspects)
    assert [one.row.id for one in pane.suspects] == [old.case]
    assert pane.count.text() == "0"
    hands.key(Qt.Key.Key_G, _ALT)
    stage.settle()
    assert not hands.last_case
    pane.show_suspects(tuple(msgspec.structs.replace(one, likely=True) for one in pane.suspects))
    assert pane.chosen is not None
    pane.show_suspects(tuple(msgspec.structs.replace(one, likely=False) for one in pane.suspects))
    assert pane.chosen is None, "it was marked while it was likely"
    hands.ctrl(Qt.Key.Key_D)
    assert pane.chosen is not None, "by hand"


def test_each_word_is_asked_about_at_once_and_a_card_that_says_the_same_stays(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    alike(hands, stage, desk)
    pane, lookout = hands.room.side.suspects, hands.room.lookout
    card = pane._cards[0]
    hands.go("N")
    hands.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    hands.type(" xyz")
    assert lookout._timer.isActive()  # a word that goes on waits
    hands.type(".")
    assert hands.room.state.draft.description.endswith("xyz.")
    stage.settle()
    assert str(lookout._asked[1]).endswith("xyz.")
    assert pane._cards == [card]


def test_earlier_reports_of_the_phone_are_listed(hands: Hands, stage: Stage, desk: Desk) -> None:
    old = stage.log(desk, forward=True)
    hands.go("P")
    hands.type("0912345678")
    stage.until(lambda: hands.room.caller.history.cards)
    seen: list[str] = []
    hands.room.view_case.connect(seen.append)
    hands.go("H")
    hands.enter()
    assert seen == [old.case]
