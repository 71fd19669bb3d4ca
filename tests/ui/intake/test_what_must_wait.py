"""What cannot be saved is named, the cursor goes there, and every typed letter stays."""

import unicodedata
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.limits import DESCRIPTION_MAX
from console.ui.intake.field_frame import FieldFrame
from console.ui.intake.fields import Field
from console.ui.words import t
from tests.desk.people import OPERATOR
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import STORY, Hands


def refused(hands: Hands) -> str:
    """Try to save: nothing is stored; the sentence that says why."""
    hands.ctrl(Qt.Key.Key_Return)
    assert not hands.last_case
    assert hands.room.foot.message.isVisible()
    return hands.room.foot.message.text()


def below(frame: FieldFrame) -> str:
    return frame.below.text() if frame.below.isVisible() else ""


def test_missing_fields_are_named_and_the_cursor_goes_to_the_first(hands: Hands) -> None:
    hands.take_type()
    hands.answer_all()
    names = [t("intake.name.content"), t("intake.name.place"), t("intake.name.phone")]
    hands.go("B")
    assert refused(hands) == t("intake.missing", fields=", ".join(names))
    assert hands.at() is Field.CONTENT
    assert below(hands.room.form.f_content) == t("intake.need.content")


def test_a_plain_operator_is_told_why_forward_is_off_and_saves_for_later(
    stage: Stage, seat: Callable[[Desk], Hands]
) -> None:
    hands = seat(stage.desk("plain", actor=OPERATOR))
    hands.fill()
    assert not hands.room.foot.save.isEnabled()
    assert hands.room.foot.save.toolTip() == t("intake.noForward")
    assert refused(hands) == t("intake.noForward")
    hands.ctrl(Qt.Key.Key_S)
    case = hands.case().case
    assert case.lead is None
    assert case.description == STORY


def test_a_wrong_phone_is_told_when_the_cursor_leaves_and_stays_as_typed(hands: Hands) -> None:
    hands.fill()
    hands.go("P")
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("09o5 21")
    assert below(hands.room.form.f_reporter) == ""
    sentence = t("intake.bad.phone", text="09o5 21")
    assert refused(hands) == sentence
    assert hands.at() is Field.PHONE
    assert below(hands.room.form.f_reporter) == sentence
    assert hands.room.form.phone.text() == "09o5 21"
    assert hands.room.form.phone.accessibleDescription() == sentence


def test_an_unknown_commune_is_told_and_stays_as_typed(hands: Hands) -> None:
    hands.fill()
    hands.room.form.focus_field(Field.COMMUNE)
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("Xa Khong Co")
    assert refused(hands) == t("intake.bad.commune", text="Xa Khong Co")
    assert hands.at() is Field.COMMUNE
    assert hands.room.form.commune.text() == "Xa Khong Co"


@pytest.mark.parametrize("typed", ["21.0285, 105.8542", "105.8542 21.0285"])
def test_coordinates_outside_the_province_are_told_at_once(hands: Hands, typed: str) -> None:
    hands.fill()
    hands.go("M")
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type(typed)
    assert below(hands.room.form.f_place) == t("intake.bad.outside")
    assert refused(hands) == t("intake.bad.outside")
    assert hands.at() is Field.PLACE
    assert hands.room.form.place.text() == typed


def test_a_hundred_thousand_characters_are_kept_and_told(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.fill()
    text = ("Nước ngập sâu " * 7_200)[:100_000].rstrip() + "a"
    hands.go("N")
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.paste(text)
    length = len(text)
    figures = {"n": f"{length:,}", "max": f"{DESCRIPTION_MAX:,}", "over": f"{length - DESCRIPTION_MAX:,}"}
    sentence = t("intake.bad.long", **{name: text.replace(",", ".") for name, text in figures.items()})
    assert below(hands.room.form.f_content) == sentence
    assert refused(hands) == sentence
    assert hands.room.form.content.toPlainText() == text
    stage.run(hands.room.flush())
    (kept,) = stage.run(desk.drafts())
    assert kept.description == text


def test_decomposed_vietnamese_is_stored_composed_and_stays_as_typed(hands: Hands) -> None:
    hands.fill()
    hands.go("N")
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    typed = unicodedata.normalize("NFD", STORY)
    hands.paste(typed)
    assert hands.room.form.content.toPlainText() == typed
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.case().case.description == STORY
