"""The room gives way in narrow windows, and leaves the window's Ctrl+Z to the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from console.ui.intake.intake_room import IntakeRoom
from tests.desk.people import TYPE, WARDS
from tests.ui.intake.conftest import Hands


@pytest.fixture
def window(hands: Hands, qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(hands.room)
    made.resize(1844, 1008)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_wide_window_becomes_narrow_again(window: QMainWindow, hands: Hands) -> None:
    room: IntakeRoom = hands.room
    assert (room.caller.width(), room.side.width()) == (337, 701)
    window.resize(1302, 696)
    hands.stage.until(lambda: room.width() == 1302)
    assert (room.caller.width(), room.side.width()) == (250, 376)


def test_possible_duplicates_fit_their_pane(window: QMainWindow, hands: Hands) -> None:
    room: IntakeRoom = hands.room
    hands.stage.log(hands.desk)
    ward = WARDS[0]
    room.state.take_type(TYPE.code)
    room.state.take_commune(ward.code)
    hands.stage.until(lambda: len(room.side.suspects.suspects) == 1)
    (card,) = room.side.suspects._cards
    for width in (1302, 1844, 1302):
        window.resize(width, 696)
        hands.stage.until(lambda width=width: room.width() == width)
        hands.stage.until(lambda: card.width() <= room.side.suspects.width())
        assert card.buttons.geometry().right() <= card.width()


@pytest.mark.parametrize("field", ["type", "content", "place", "phone", "note"])
def test_undo_in_an_empty_field_is_the_windows(
    window: QMainWindow, hands: Hands, qtbot: QtBot, field: str
) -> None:
    asked: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), window)
    shortcut.activated.connect(lambda: asked.append(field))
    where = getattr(hands.room.form, field)
    where.setFocus()
    qtbot.keyClick(where, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [field]
    qtbot.keyClicks(where, "abc")
    qtbot.keyClick(where, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [field], "a field with something to undo undoes it itself"
    assert hands.here() is where
    assert QApplication.activeWindow() is window
