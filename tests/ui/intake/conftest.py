"""An intake on a real desk, and an operator who only has a keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.desk.rows import CaseView
from console.ui.intake.fields import Field
from console.ui.intake.intake_room import IntakeRoom
from tests.ui.conftest import Stage

PHONE = "0905 217 384"
STORY = "Nắp cống bê tông vỡ đôi ngay làn xe máy, tối qua đã có người ngã."


class Hands:
    """What an operator does: keys, one after another, to whatever has the cursor."""

    def __init__(self, stage: Stage, desk: Desk, room: IntakeRoom) -> None:
        self.stage, self.desk, self.room = stage, desk, room

    def type(self, text: str) -> None:
        """Plain letters, one by one."""
        QTest.keyClicks(self.here(), text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.here(), key, modifier)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def here(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "the cursor is nowhere"
        return focused

    def go(self, letter: str) -> None:
        self.key(getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)

    def ctrl(self, key: Qt.Key) -> None:
        self.key(key, Qt.KeyboardModifier.ControlModifier)
        self.stage.settle()

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def at(self) -> Field:
        here = self.room.form.focused()
        assert here is not None, f"the cursor is in {self.here()}"
        return here[0]

    def take_type(self, words: str = "nap cong") -> None:
        self.go("L")
        self.type(words)
        self.enter()

    def answer_all(self, digit: Qt.Key = Qt.Key.Key_1) -> None:
        while self.at() is Field.QUESTIONS:
            self.key(digit)

    def fill(self, place: str = "cho ga") -> None:
        """A whole report by keyboard alone."""
        self.take_type()
        self.answer_all()
        self.paste(STORY)
        self.go("M")
        self.type(place)
        self.enter()
        self.paste(PHONE)
        self.stage.settle()

    def case(self) -> CaseView:
        """The one report on the desk, as stored."""
        view = self.stage.run(self.desk.case(self.last_case))
        assert view is not None
        return view

    last_case = ""

    def remember(self, case: str) -> None:
        self.last_case = case


@pytest.fixture
def seat(stage: Stage, qtbot: QtBot) -> Callable[[Desk], Hands]:
    """Sits an operator down at a desk's intake."""

    def leave(room: IntakeRoom) -> None:
        stage.settle()
        room.close_room()

    def sit(desk: Desk) -> Hands:
        room = IntakeRoom(desk, stage.signals(desk), stage.theme, stage.tasks, stage.notices)
        qtbot.addWidget(room, before_close_func=leave)
        room.resize(1300, 850)
        stage.settle()
        room.show()
        room.activateWindow()
        stage.until(room.isActiveWindow)
        room.begin()
        hands = Hands(stage, desk, room)
        room.saved.connect(hands.remember)
        return hands

    return sit


@pytest.fixture
def hands(seat: Callable[[Desk], Hands], desk: Desk) -> Hands:
    return seat(desk)
