"""Forks consoles signed in at a centre: `python -m tests.trials.desk_driver FOLDER URL STATION USER BEAT`.

An order is "HOW SEED": "log" takes one short call after another, "type" types on and on in one.

Beside the calls, colleagues' cases are acted on, so that some commands come too late and are refused.
"""

import asyncio
import random
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.app import SWITCH_S
from console.desk.clock import Clock
from console.desk.connection import Connection
from console.desk.desk import Desk
from console.desk.errors import DeskError
from console.desk.opening import open_desk
from console.desk.rows import View
from console.domain.command import AddNote, AnyBody, Assign, Reject
from console.reference import bundled
from console.sync.credentials import PracticeBox
from console.sync.errors import WireError
from console.sync.line import Line
from console.ui.collect_here import CollectHere
from console.ui.intake.intake_room import IntakeRoom
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from tests.desk.people import KEY
from tests.journeys.kill_driver import Caller, qasync_events
from tests.support.forker import fork_for_each_order, say
from tests.support.world import NOBODY, PASSWORD, QUICK
from tests.trials.drafts import Beat

WARD = "dong hoi"
ACT_S = 0.15  # the longest rest between two acts
LOOK_S, AGAIN_S = 0.2, 0.3
FOLDER, URL, STATION, USER, BEAT = (*sys.argv[1:6], *[""] * 5)[:5]


def bug(error: BaseException) -> None:
    """What no thread of the console foresaw."""
    say(bug=repr(error))
    sys.excepthook(type(error), error, error.__traceback__)


class Patient(Caller):
    """Saves again where it could not be saved: what was typed must still be there."""

    async def _save(self) -> None:
        typed = self._room.form.content.toPlainText()
        self._press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        while not await self._is_saved():
            if trouble := self._room.foot.message.text():
                kept = self._room.form.content.toPlainText()
                assert kept == typed, "what was typed is gone"
                say(trouble=trouble)
                await asyncio.sleep(AGAIN_S)
                if not self._saved.is_set():
                    self._press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    async def _is_saved(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await self._saved.wait()
        return self._saved.is_set()


class Standing:
    """Says where the connection stands, each time it moves."""

    def __init__(self, desk: Desk) -> None:
        self._last = ("", "")
        desk.on_connection(self._moved)

    def _moved(self, now: Connection) -> None:
        if (found := (str(now.net), now.reason)) != self._last:
            self._last = found
            say(net=found[0], reason=found[1])


class Colleague:
    """Acts on any open case, whoever else does at the same moment."""

    def __init__(self, desk: Desk, dice: random.Random) -> None:
        self._desk, self._dice = desk, dice
        today = desk.clock.now().date()
        self._agencies = [a.code for a in bundled().agencies if a.valid_to is None or a.valid_to > today]

    async def work(self) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(0, ACT_S))
            page = await self._desk.queue(View.OPEN, limit=30)
            if page.rows:
                await self._act(self._dice.choice(page.rows).id)

    async def _act(self, case: str) -> None:
        view = await self._desk.case(case)
        if view is None:
            return
        try:
            done = await self._desk.act(case, self._body(view.case.lead))
        except DeskError as error:
            say(known=error.code)
        else:
            say(given=done.commands)

    def _body(self, lead: str | None) -> AnyBody:
        what = self._dice.random()
        if what < 0.6:
            return AddNote(text=f"Ghi chú {self._dice.randrange(10**6)}")
        if what < 0.9:
            return Assign(lead=self._dice.choice(self._agencies), expects=lead)
        return Reject(reason=bundled().reject_reasons[0].code, text="Không thuộc thẩm quyền")


def sign_in(line: Line) -> None:
    """Enrol where this is not done yet, and sign in. Blocks. Raises WireError."""
    if not line.sign_in.enrolled:
        line.enrol("sup01", PASSWORD)
    line.sign_in.sign_in(USER, PASSWORD)


async def signed_in(line: Line) -> None:
    """However often the centre dies meanwhile."""
    while True:
        try:
            await asyncio.to_thread(sign_in, line)
        except WireError as error:
            say(known=error.code)
            await asyncio.sleep(0.1)
        else:
            return


async def live(how: str, dice: random.Random, theme: Theme) -> None:
    """Open the desk, sign in, keep up with the centre, and work for ever."""
    who = msgspec.structs.replace(NOBODY, station=STATION)
    desk = await open_desk(Path(FOLDER), KEY, bundled(), who, undo_seconds=0, clock=Clock())
    box = PracticeBox(Path(FOLDER))
    line = Line(
        URL,
        STATION,
        desk.sync_port,
        tokens=box,
        vault=box,
        broken=bug,
        pace=QUICK,
        files=desk.files_port,
        proxy="none",
    )
    await signed_in(line)
    assert line.sign_in.identity is not None
    desk.sign_in(line.sign_in.identity.actor())
    Standing(desk)
    line.start()
    notices = Notices(theme)
    tasks = Tasks(notices)
    room = IntakeRoom(desk, DeskSignals(desk), theme, tasks, notices)
    room.resize(1366, 700)
    notices.live_in(room)
    room.show()
    room.activateWindow()
    await qasync_events()
    say(ready=True)
    await asyncio.gather(Patient(room, how, WARD).work(), Colleague(desk, dice).work())


def child(order: str) -> None:
    """One console."""
    how, seed = order.split()
    sys.setswitchinterval(SWITCH_S)
    Beat(Path(BEAT)).start()
    app = QApplication(["desk-driver"])
    theme = Theme()
    theme.apply(app)
    collector = CollectHere()
    collector.start()
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(live(how, random.Random(seed), theme))


if __name__ == "__main__":
    bundled()
    fork_for_each_order(child)
