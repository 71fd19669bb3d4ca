"""Real windows at real desks: what a person sees and which keys they press."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from console.place import Place
from console.settings import Settings
from console.shift import Ending, Shift
from console.ui.memory import Memory
from console.ui.theme import Theme
from tests.support.world import PATIENCE_S, Seat

T = TypeVar("T")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SIZE = QSize(1600, 900)


@contextmanager
def qt_loop(app: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """asyncio under Qt, with worker threads of Python's own."""
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    workers = ThreadPoolExecutor(4, "errand")
    loop.set_default_executor(workers)
    try:
        yield loop
    finally:
        workers.shutdown()
        asyncio.set_event_loop(None)
        loop.close()


class AtWork:
    """One window and whoever sits before it. An async context: the shift ends with it."""

    def __init__(self, seat: Seat, theme: Theme) -> None:
        self.seat = seat
        line, station = seat.line, seat.desk.actor.station
        place = Place(url="", station=station, folder=seat.folder, practice=True, settings=Settings())
        self.shift = Shift(seat.desk, line, theme, Memory(), place, asyncio.to_thread)
        self.window = self.shift.window
        self.rooms = self.shift.rooms
        self._work: asyncio.Task[Ending] | None = None

    async def __aenter__(self) -> "AtWork":
        self._work = asyncio.get_running_loop().create_task(self.shift.work())
        await self.sees(self.window.isVisible, "the window")
        self.window.showNormal()
        self.window.resize(SIZE)
        await self.sees(lambda: self.rooms.queue.model.rowCount() >= 0, "the queue")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._work is not None
        self.window.close()
        assert await self._work is Ending.CLOSED
        self.shift.deleteLater()

    async def sees(self, true: Callable[[], Any], what: str = "") -> None:
        """Until it is to be seen."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not true():
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"never seen: {what}; {self._where()}") from None

    def _where(self) -> str:
        """Where keys go now."""
        focus, active = QApplication.focusWidget(), QApplication.activeWindow()
        return f"focus in {focus}, {'this' if active is self.window else active} window in front"

    async def sit_up(self) -> None:
        """Bring this window to the front: keys go to it."""
        self.window.activateWindow()
        await self.sees(self.window.isActiveWindow, "an active window")

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key to whatever has the focus."""
        QTest.keyClick(self.focus(), key, how)

    def type(self, text: str) -> None:
        """Letters; Vietnamese ones as an input method commits them."""
        if text.isascii():
            QTest.keyClicks(self.focus(), text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus(), event)

    def focus(self) -> QWidget:
        """The widget with the focus, in this window."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        assert found.window() is self.window, "the focus is in another window"
        return found

    # what every story does

    async def logs_a_call(self, words: str, *, forward: bool) -> str:
        """From Ctrl+N to Ctrl+Enter (or Ctrl+S) without a mouse; the case."""
        intake, saved = self.rooms.intake, list[str]()
        intake.saved.connect(saved.append)
        await self.sit_up()
        self.press(Qt.Key.Key_N, CTRL)
        await self.sees(lambda: self.window.stack.currentWidget() is intake, "the intake")
        await self.shift.tasks.settled()
        await self.sees(intake.form.type.hasFocus, "the cursor in the type")
        self.type("nap cong")
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_N, ALT)
        self.type(words)
        self.press(Qt.Key.Key_M, ALT)
        self.type("ly thuong kiet")
        await self.sees(lambda: intake.form.place.suggestions, "places")
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_P, ALT)
        self.type("0912345678")
        self.press(Qt.Key.Key_Return if forward else Qt.Key.Key_S, CTRL)
        await self.sees(lambda: saved or intake.foot.message.text(), "an answer")
        assert saved, intake.foot.message.text()
        return saved[0]

    async def chooses(self, case: str) -> None:
        """The case in the queue, under the cursor."""
        await self.sit_up()
        self.window.open_case(case)
        pane = self.rooms.case
        await self.sees(lambda: pane.view is not None and pane.view.case.id == case, "the case")

    async def forwards(self, case: str, agency: str, words: str) -> None:
        """A, the agency's name, the instruction, Ctrl+Enter."""
        await self.chooses(case)
        pane = self.rooms.case
        self.press(Qt.Key.Key_A)
        await self.sees(lambda: pane.composer is not None, "the composer")
        picker = pane.composer.inputs[0].widget
        await self.sees(lambda: picker.edit.hasFocus(), "the agency's field")
        picker.edit.selectAll()
        self.type(agency)
        self.press(Qt.Key.Key_Return)
        await self.sees(lambda: picker.chosen, "an agency")
        while not isinstance(self.focus(), QPlainTextEdit):
            self.press(Qt.Key.Key_Tab)
        self.type(words)
        self.press(Qt.Key.Key_Return, CTRL)
        await self.sees(lambda: pane.composer is None, "the act given")


def awaited(loop: asyncio.AbstractEventLoop, story: Callable[[], Awaitable[T]]) -> T:
    """Run a story to its end."""

    async def whole() -> T:
        return await story()

    return loop.run_until_complete(whole())
