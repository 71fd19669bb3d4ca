"""One shift at this desk: the rooms of the window, what they ask of the program, and how they end."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QEvent, QObject

from console import __version__
from console.desk.desk import Desk
from console.desk.errors import DeskError
from console.place import Place
from console.sync.line import Line
from console.sync.sign_in import SignedIn
from console.ui.account.sign_in_window import SignInWindow
from console.ui.case.case_pane import CasePane
from console.ui.intake.intake_room import IntakeRoom
from console.ui.main_window import MainWindow
from console.ui.map.map_pane import MapPane
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.outbox.outbox_room import OutboxRoom
from console.ui.parts.failure_text import failure_text
from console.ui.queue.queue_room import QueueRoom
from console.ui.rooms import Rooms
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

LAST_WORDS_S = 3.0

Errand = Callable[[Callable[[], Any]], Awaitable[Any]]


class Ending(StrEnum):
    """How a shift ended."""

    CLOSED = "closed"
    SIGNED_OUT = "signed_out"


class Shift(QObject):
    """From one sign-in to the next: `await work()` ends when the window closes or the person signs out."""

    def __init__(
        self, desk: Desk, line: Line, theme: Theme, memory: Memory, place: Place, errand: Errand
    ) -> None:
        super().__init__()
        self._desk, self._line, self._theme, self._place, self._errand = desk, line, theme, place, errand
        self.notices = Notices(theme)
        self.tasks = Tasks(self.notices)
        self._signals = DeskSignals(desk)
        self._ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._ending: Ending | None = None
        self._sign_in_again: SignInWindow[SignedIn] | None = None
        self.rooms = self._rooms(memory)
        self.window = MainWindow(
            desk, self._signals, theme, self.tasks, self.notices, memory, self.rooms,
            version=__version__, undo_seconds=desk.undo_seconds, can_unplug=place.practice,
        )  # fmt: skip
        self._wire()

    def _rooms(self, memory: Memory) -> Rooms:
        common = (self._desk, self._signals, self._theme, self.tasks)
        return Rooms(
            queue=QueueRoom(*common, memory),
            map=MapPane(self._theme),
            case=CasePane(*common, self.notices),
            intake=IntakeRoom(*common, self.notices),
            outbox=OutboxRoom(*common, self.notices),
        )

    def _wire(self) -> None:
        window = self.window
        window.installEventFilter(self)
        window.retry.connect(self._line.try_now)
        window.plug.connect(lambda plugged: self.tasks.start(self._set_plugged(plugged)))
        window.sign_in.connect(lambda: self.tasks.start(self._again()))
        window.sign_out.connect(lambda: self._leave(Ending.SIGNED_OUT))
        window.undo_changed.connect(self._desk.set_undo_seconds)
        self.rooms.outbox.resume.connect(self._resume)

    def _resume(self, draft: str) -> None:
        """A draft chosen in the outbox goes on at the intake."""
        self.window.show_room("intake")
        self.rooms.intake.resume(draft)

    async def work(self) -> Ending:
        """Show the window until it ends; afterwards nothing of it is left."""
        self.window.showMaximized()
        self.window.start()
        try:
            return await self._ended
        finally:
            await self._clear_up()

    async def _clear_up(self) -> None:
        """Rooms write what they still have when they are hidden; then nothing may run on in them."""
        self.window.removeEventFilter(self)
        self.window.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS_S):
                await self.tasks.settled()
        self.tasks.stop()
        self._signals.close()
        self.rooms.intake.close_room()
        self.rooms.map.view.close_map()
        self.window.deleteLater()

    async def _set_plugged(self, plugged: bool) -> None:
        await self._errand(lambda: self._line.set_plugged(plugged))

    # leaving

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window waits until what is typed is on disk."""
        if watched is self.window and event.type() is QEvent.Type.Close and not self._ended.done():
            event.ignore()
            self._leave(Ending.CLOSED)
            return True
        return False

    def _leave(self, ending: Ending) -> None:
        """Asked twice, it goes also where the disk takes nothing more."""
        if self._ending is ending:
            self._end()
            return
        self._ending = ending
        self.tasks.start(self._flush(), self._not_flushed)

    async def _flush(self) -> None:
        await self.rooms.intake.flush()
        self._end()

    def _not_flushed(self, error: DeskError) -> bool:
        self.notices.problem(f"{failure_text(error)} {t('shift.close_anyway')}")
        return True

    def _end(self) -> None:
        if not self._ended.done() and self._ending is not None:
            self._ended.set_result(self._ending)

    # signing in again, over the window: logging never stops

    async def _again(self) -> None:
        if self._sign_in_again is not None:
            self._sign_in_again.raise_()
            return

        async def sign_in(user: str, password: str, station: str) -> SignedIn:
            signed: SignedIn = await self._errand(lambda: self._line.sign_in.sign_in(user, password))
            return signed

        window = SignInWindow(
            self._theme, self._place.station, sign_in, self._desk.clock.now,
            practice=self._place.practice, user=self._desk.actor.user,
        )  # fmt: skip
        self._sign_in_again = window
        try:
            signed = await window.ask()
        finally:
            self._sign_in_again = None
            window.deleteLater()
        if signed is not None:
            self._desk.sign_in(signed.identity.actor())
            self._line.try_now()
