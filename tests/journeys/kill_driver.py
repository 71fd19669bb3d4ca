"""A console that types and logs calls by its real keys, and says on stdout what it was told is saved.

`python -m tests.journeys.kill_driver FOLDER` loads everything once and then, for each line on stdin, forks
a process that opens the desk in FOLDER and works until it is killed: "log" takes one short call after
another, "type" types on and on in one.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.app import SWITCH_S
from console.desk.clock import Clock
from console.desk.opening import open_desk
from console.reference import bundled
from console.ui.collect_here import CollectHere
from console.ui.intake.fields import Field
from console.ui.intake.intake_room import IntakeRoom
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from tests.desk.people import DISPATCHER, KEY, MONDAY
from tests.support.forker import fork_for_each_order, say
from tests.trials.drafts import Beat

WORDS = "Nap cong vo giua lan xe may, co hai nguoi da nga, de nghi xu ly ngay trong buoi sang nay"
SHORT = WORDS[:18]
LONG = " ".join([WORDS] * 20)
BEAT = "beat"
KEY_S = {"log": 0.004, "type": 0.02}  # seconds from key to key: faster than anybody types


class Caller:
    """Types one call after another into the intake. `ward`: one in force on that day."""

    def __init__(self, room: IntakeRoom, how: str, ward: str = "hai thanh") -> None:
        self._room, self._how, self._ward = room, how, ward
        self._saved = asyncio.Event()
        room.saved.connect(self._on_saved)

    def _on_saved(self, case: str) -> None:
        say(saved=case)
        self._saved.set()

    async def work(self) -> None:
        while True:
            await self._call(LONG if self._how == "type" else SHORT)

    async def _call(self, words: str) -> None:
        room = self._room
        say(call=True)
        room.form.focus_field(Field.TYPE)
        await self._type("nap cong", told=False)
        self._press(Qt.Key.Key_Return)
        room.form.focus_field(Field.CONTENT)
        await self._type(words, told=True)
        room.form.focus_field(Field.COMMUNE)
        await self._type(self._ward, told=False)
        self._press(Qt.Key.Key_Return)
        room.form.focus_field(Field.PHONE)
        await self._type("0912345678", told=False)
        self._saved.clear()
        await self._save()

    async def _save(self) -> None:
        self._press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await self._saved.wait()

    def _press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(_focus(), key, how)

    async def _type(self, text: str, told: bool) -> None:
        for at, letter in enumerate(text, start=1):
            QTest.keyClick(_focus(), letter)
            if told:
                say(typed=text[:at])
            await asyncio.sleep(KEY_S[self._how])


def _focus() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


async def live(folder: Path, how: str, theme: Theme) -> None:
    """Open the desk and work for ever."""
    desk = await open_desk(folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock(starts_at=MONDAY))
    notices = Notices(theme)
    room = IntakeRoom(desk, DeskSignals(desk), theme, Tasks(notices), notices)
    room.resize(1366, 700)
    notices.live_in(room)
    room.show()
    room.activateWindow()
    await qasync_events()
    say(ready=True)
    await Caller(room, how).work()


async def qasync_events() -> None:
    """Let the window come up."""
    await asyncio.sleep(0)
    QApplication.processEvents()


def child(folder: Path, how: str) -> None:
    """One console."""
    sys.setswitchinterval(SWITCH_S)
    Beat(folder.with_name(BEAT)).start()
    app = QApplication(["kill-driver"])
    theme = Theme()
    theme.apply(app)
    collector = CollectHere()
    collector.start()
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(live(folder, how, theme))


if __name__ == "__main__":
    bundled()
    fork_for_each_order(lambda how: child(Path(sys.argv[1]), how))
