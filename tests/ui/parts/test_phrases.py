"""Canned texts by short name, in fields as they are: keys, an input method that composes, undo."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.ui.intake.content_edit import ContentEdit
from console.ui.parts.phrases import Phrase, Phrases
from console.ui.parts.suggest_box import TypedLine
from tests.ui.conftest import Stage

BARRED = "Đã rào chắn."
PHRASES = [Phrase("rc", "Rào & chắn", BARRED), Phrase("", "Không tên", "hai\ndòng")]
CTRL = Qt.KeyboardModifier.ControlModifier
Edit = ContentEdit | TypedLine


@pytest.fixture(params=[ContentEdit, TypedLine])
def edit(request: pytest.FixtureRequest, stage: Stage, qtbot: QtBot) -> Edit:
    made: Edit = request.param()
    made.phrases = Phrases(made, lambda: PHRASES)  # type: ignore[union-attr]
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    stage.until(made.isActiveWindow)
    made.setFocus()
    return made


@pytest.fixture
def told(edit: Edit) -> list[str]:
    """What the field tells, as it is typed: what the draft is kept from."""
    heard: list[str] = []
    edit.typed.connect(heard.append)
    return heard


def text(edit: Edit) -> str:
    return edit.toPlainText() if isinstance(edit, ContentEdit) else edit.text()


def compose(edit: Edit, preedit: str = "", commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(edit, event)


def undo(edit: Edit) -> None:
    QTest.keyClick(edit, Qt.Key.Key_Z, CTRL)


def test_a_short_name_and_a_space_write_the_text_out(edit: Edit, told: list[str]) -> None:
    QTest.keyClicks(edit, "roi. /rc va")
    assert text(edit) == f"roi. {BARRED} va"
    assert told[-1] == text(edit)


def test_in_the_middle_only_the_short_name_is_replaced(edit: Edit) -> None:
    QTest.keyClicks(edit, "a  b")
    for _ in range(2):
        QTest.keyClick(edit, Qt.Key.Key_Left)
    QTest.keyClicks(edit, "/rc ")
    assert text(edit) == f"a {BARRED}  b"


def test_an_undo_gives_back_what_was_typed_and_a_further_space_leaves_it(edit: Edit, told: list[str]) -> None:
    QTest.keyClicks(edit, "/rc ")
    undo(edit)
    assert text(edit) == told[-1] == "/rc "
    QTest.keyClicks(edit, " x")
    assert text(edit) == "/rc  x"


@pytest.mark.parametrize("typed", ["/zz ", "m/rc ", "/rc", "rc ", "// "])
def test_other_words_stay(edit: Edit, typed: str) -> None:
    QTest.keyClicks(edit, typed)
    assert text(edit) == typed


def test_words_that_are_still_composed_are_never_touched(edit: Edit) -> None:
    QTest.keyClicks(edit, "/rc")
    compose(edit, preedit=" ")
    assert text(edit) == "/rc"
    QTest.keyClick(edit, Qt.Key.Key_Space)  # an input method that lets the key through while it composes
    assert BARRED not in text(edit)


@pytest.mark.parametrize("steps", [[("/rc", ""), ("", "/rc ")], [("rc", ""), ("", "rc"), ("", " ")]])
def test_a_composed_short_name_counts_once_it_is_committed(edit: Edit, steps: list[tuple[str, str]]) -> None:
    if not steps[0][0].startswith("/"):
        QTest.keyClicks(edit, "/")
    for preedit, commit in steps:
        compose(edit, preedit, commit)
        if preedit:
            assert BARRED not in text(edit)
    assert text(edit) == f"{BARRED} "


def test_pasted_and_shown_texts_are_left_alone(edit: Edit) -> None:
    QApplication.clipboard().setText("/rc ")
    QTest.keyClick(edit, Qt.Key.Key_V, CTRL)
    assert text(edit) == "/rc "
    edit.show_text("nay /rc ")
    assert text(edit) == "nay /rc "


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus, offscreen
def test_the_list_puts_a_text_at_the_cursor(edit: Edit, stage: Stage, told: list[str]) -> None:
    QTest.keyClicks(edit, "a ")
    QTest.keyClick(edit, Qt.Key.Key_Slash, CTRL)
    stage.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Rào && chắn\t/rc", "Không tên"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert text(edit) == told[-1] == ("a hai\ndòng" if isinstance(edit, ContentEdit) else "a hai dòng")
    undo(edit)
    assert text(edit) == "a "


def test_nothing_to_list_opens_nothing(stage: Stage, qtbot: QtBot) -> None:
    line = TypedLine()
    qtbot.addWidget(line)
    none: Callable[[], list[Phrase]] = list
    Phrases(line, none).open_list()
    assert QApplication.activePopupWidget() is None
