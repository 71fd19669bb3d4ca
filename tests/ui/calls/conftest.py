"""The whole window on a real desk, a line that does what it is told, and somebody with a keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk.call_rows import LiveCall
from console.desk.desk import Desk
from console.domain.telephone import LineState, Offer, Rang
from console.ui.calls.strip import CallStrip
from console.ui.intake.intake_room import IntakeRoom
from console.ui.main_window import MainWindow
from tests.desk.test_calls import Hands as Line
from tests.ui.conftest import Stage
from tests.ui.test_main_window import window_on

LINE = LineState(kind="simulated", up=True, offers=frozenset(Offer))
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
STORY = "Nap cong vo doi giua duong, da co nguoi nga."


class Post:
    """A desk with its window; `line` is who acts on the telephone."""

    def __init__(self, stage: Stage, desk: Desk, window: MainWindow) -> None:
        self.stage, self.desk, self.window = stage, desk, window
        self.line = Line(desk)
        desk.set_line(self.line)
        desk.ear.line_is(LINE)
        self.settle()

    @property
    def strip(self) -> CallStrip:
        return self.window.strip

    @property
    def room(self) -> IntakeRoom:
        return self.window._rooms.intake

    def settle(self) -> None:
        self.stage.settle()

    def rings(self, line: str, number: str = "") -> str:
        """Somebody rings; the call's id."""
        self.desk.ear.heard(Rang(call=line, number=number or f"0905 217 3{int(line):02d}"))
        self.settle()
        return self.call(line).id

    def call(self, line: str) -> LiveCall:
        return next(call for call in self.desk.calls() if call.line == line)

    def here(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.here(), key, modifier)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """The key, and all that comes of it."""
        self.key(key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.here(), text)

    def answer(self, line: str, number: str = "") -> LiveCall:
        """It rings and is answered with F9."""
        self.rings(line, number)
        self.press(Qt.Key.Key_F9)
        return self.call(line)

    def fill(self, story: str = STORY) -> None:
        """What saving asks for, by keys."""
        self.type("nap cong")
        self.press(Qt.Key.Key_Return)
        self.key(Qt.Key.Key_N, ALT)
        self.type(story)
        self.key(Qt.Key.Key_M, ALT)
        self.type("cho dong hoi")
        self.press(Qt.Key.Key_Return)

    def words(self) -> list[str]:
        """What is said at the bottom of the work area."""
        return [notice.text for notice in self.window._notices._open]

    def faces(self) -> list[str]:
        """What the places of the strip show, from the left."""
        return [chip.face.kind if chip.face is not None else "" for chip in self.strip.places.chips]


@pytest.fixture
def post(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[Post]:
    window = window_on(stage, desk, qtbot, 1920, 1080)
    made = Post(stage, desk, window)
    yield made
    stage.settle()
