"""Words that an input method still composes: there once, and on the disk."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Stage
from tests.ui.intake.conftest import Hands

KEYS = ("n", "na", "nă", "nắ", "nắp")


def compose(hands: Hands, *composed: str, commit: str = "") -> None:
    """What an input method sends for one key after another, and at last for the word."""
    for word in composed:
        QApplication.sendEvent(hands.here(), QInputMethodEvent(word, []))
    if commit:
        event = QInputMethodEvent()
        event.setCommitString(commit)
        QApplication.sendEvent(hands.here(), event)


def test_a_composed_word_is_in_the_content_once(hands: Hands, stage: Stage) -> None:
    hands.go("N")
    compose(hands, *KEYS)
    content = hands.room.form.content
    assert content.full_text() == "nắp"
    assert content.toPlainText() == ""
    compose(hands, commit="nắp ")
    compose(hands, "c", "cố", "cống")
    assert content.full_text() == "nắp cống"
    assert not hands.room.keeper.settled
    stage.until(lambda: hands.room.keeper.settled)
    assert [draft.description for draft in stage.run(hands.desk.drafts())] == ["nắp cống"]


def test_a_text_from_elsewhere_ends_the_composing(hands: Hands) -> None:
    for letter, line in (("N", hands.room.form.content), ("B", hands.room.form.note)):
        hands.go(letter)
        compose(hands, "nắp")
        line.show_text("nắp\nvà 113" if letter == "N" else "nắp và 113")
        assert line.full_text().split() == ["nắp", "và", "113"]


def test_the_cursor_comes_back_to_where_it_was(hands: Hands) -> None:
    hands.go("N")
    hands.type("mat dien")
    hands.here().clearFocus()
    hands.room.begin()
    hands.type(" tu toi")
    assert hands.room.form.content.toPlainText() == "mat dien tu toi"


def test_a_word_that_is_given_once_more_in_the_next_field_is_not_taken(hands: Hands) -> None:
    """As a slow input method does after Tab: Qt has put the word in by itself."""
    hands.go("N")
    compose(hands, *KEYS, commit="nắp")
    hands.go("B")
    compose(hands, "", commit="nắp")
    assert hands.room.form.note.text() == ""
    compose(hands, *KEYS, commit="nắp")
    assert hands.room.form.note.text() == "nắp"
    assert hands.room.form.content.toPlainText() == "nắp"
