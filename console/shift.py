"""One shift at this desk: the rooms of the window, what they ask of the program, and how they end.

The window opens with its queue; the other rooms are made once that has been painted, one at a time.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from console import __version__, ahead
from console.ahead import Errand
from console.desk.errors import DeskError
from console.desk.giving_back import give_back
from console.ui.main_window import MainWindow
from console.ui.more_rooms import Kit, MoreRooms
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text
from console.ui.progress.strip import ProgressStrip
from console.ui.progress.words import what_text
from console.ui.queue.queue_room import QueueRoom
from console.ui.rooms import Rooms
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.desk.progress import Work
    from console.place import Place
    from console.sync.line import Line
    from console.sync.sign_in import SignedIn
    from console.ui.account.sign_in_window import SignInWindow
    from console.ui.case.case_pane import CasePane
    from console.ui.intake.intake_room import IntakeRoom
    from console.ui.map.map_pane import MapPane
    from console.ui.memory import Memory
    from console.ui.outbox.outbox_room import OutboxRoom
    from console.ui.sound.sounding import Sounding

LAST_WORDS_S = 3.0
BOARD = "supervisor"
FIRST_PAGE_S = 2.0  # the other rooms do not wait longer for a queue that cannot be read


class Ending(StrEnum):
    """How a shift ended."""

    CLOSED = "closed"
    SIGNED_OUT = "signed_out"


class Shift(QObject):
    """From one sign-in to the next: `await work()` ends when the window closes or the person signs out.
    `painted` when the queue's first page is on the screen: what can wait begins then."""

    painted = Signal()

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
        self._warned: Work | None = None
        self._keeping: list[asyncio.Task[None]] = []  # they never end by themselves
        self._sign_in_again: SignInWindow[SignedIn] | None = None
        self._memory = memory
        self._sounds: Sounding | None = None
        self.rooms = self._rooms(memory)
        self.window = MainWindow(
            desk, self._signals, theme, self.tasks, self.notices, memory, self.rooms,
            version=__version__, undo_seconds=desk.undo_seconds, can_unplug=place.practice,
        )  # fmt: skip
        self._wire()

    def _rooms(self, memory: Memory) -> Rooms:
        return Rooms(
            QueueRoom(self._desk, self._signals, self._theme, self.tasks, memory),
            map=lambda: self._map(memory),
            case=self._case,
            intake=self._intake,
            outbox=self._outbox,
            more=MoreRooms(self._desk.actor.role, partial(ahead.load, self._errand), self._kit),
        )

    def _kit(self) -> Kit:
        return Kit(
            self._desk, self._signals, self._theme, self.tasks, self.notices, self._memory, self._errand,
            self.rooms.queue, self.window,
        )  # fmt: skip

    def _map(self, memory: Memory) -> MapPane:
        from console.sync.map_tiles import TileServer
        from console.ui.map.layers.keeper import LayerKeeper
        from console.ui.map.map_pane import MapPane

        def open_server(address: str) -> TileServer:
            return TileServer(address, self._place.folder / "map-tiles", self._place.settings.proxy)

        pane = MapPane(self._theme)
        LayerKeeper(
            pane, self._desk, self._signals, self._theme, self.tasks, memory, self.notices, open_server
        ).start()
        return pane

    def _case(self) -> CasePane:
        from console.ui.case.case_pane import CasePane

        return CasePane(self._desk, self._signals, self._theme, self.tasks, self.notices)

    def _intake(self) -> IntakeRoom:
        from console.ui.intake.intake_room import IntakeRoom

        return IntakeRoom(self._desk, self._signals, self._theme, self.tasks, self.notices)

    def _outbox(self) -> OutboxRoom:
        from console.ui.outbox.outbox_room import OutboxRoom

        return OutboxRoom(self._desk, self._signals, self._theme, self.tasks, self.notices, self._errand)

    def _wire(self) -> None:
        window = self.window
        window.installEventFilter(self)
        self._strip = ProgressStrip(window.status, self._theme, self._desk.works, window.status.state)
        window.retry.connect(self._line.try_now)
        window.plug.connect(lambda plugged: self.tasks.start(self._set_plugged(plugged)))
        window.sign_in.connect(lambda: self.tasks.start(self._again()))
        window.sign_out.connect(lambda: self._leave(Ending.SIGNED_OUT))
        window.undo_changed.connect(self._desk.set_undo_seconds)
        self.rooms.late_outbox.when_made(lambda outbox: outbox.resume.connect(self._resume))
        self.rooms.late_map.when_made(self._equip)
        self.rooms.queue.viewing.said.connect(self.notices.say)
        QShortcut(QKeySequence("Ctrl+Shift+M"), window).activated.connect(self._turn_map_out)
        if BOARD in self.rooms.more:
            keys = QShortcut(QKeySequence("Ctrl+Shift+F"), window)
            keys.activated.connect(lambda: self.tasks.start(self._turn_wall()))

    def _equip(self, pane: MapPane) -> None:
        from console.ui.map_tools import MapTools

        window, rooms = self.window, self.rooms
        self.map_tools = MapTools(
            pane,
            rooms.queue,
            window.workspace,
            window,
            self._theme,
            self._memory,
            self.notices,
            self._desk,
            self.tasks,
        )

    def _turn_map_out(self) -> None:
        """Ctrl+Shift+M: the map to a window of its own, or back."""
        self.rooms.late_map.room()
        self.map_tools.second.toggle()

    async def _turn_wall(self) -> None:
        """Ctrl+Shift+F: the board over a whole screen, or away with it."""
        room = await self.rooms.more.room(BOARD)
        room.open_wall()  # type: ignore[attr-defined]

    def _resume(self, draft: str) -> None:
        """A draft chosen in the outbox goes on at the intake."""
        self.window.show_room("intake")
        self.rooms.intake.resume(draft)

    async def work(self) -> Ending:
        """Show the window until it ends; afterwards nothing of it is left."""
        page = asyncio.Event()
        self.rooms.queue.loaded.connect(page.set)
        self.window.showMaximized()
        self.window.start()
        self.tasks.start(self._furnish(page))
        try:
            return await self._ended
        finally:
            await self._clear_up()

    async def _furnish(self, page: asyncio.Event) -> None:
        """Paint the queue first; then bring in the other rooms, each in a turn of its own, then all cases."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_PAGE_S):
                await page.wait()
        self.window.repaint()
        self.painted.emit()
        await ahead.load(self._errand, ahead.SOUND)
        self._hear()
        for late, modules in (
            (self.rooms.late_case, ahead.CASE),
            (self.rooms.late_map, ahead.MAP),
            (self.rooms.late_intake, ahead.INTAKE),
            (self.rooms.late_outbox, ahead.OUTBOX),
        ):
            await ahead.load(self._errand, modules)
            late.room()
        await self._desk.keep_index()
        await self._errand(give_back)
        self._keeping = [
            self.tasks.keep(work) for work in (self._desk.keep_store(), self._desk.keep_learning())
        ]
        await ahead.load(self._errand, ahead.ARRIVING)
        self._arrive()

    def _arrive(self) -> None:
        from console.ui.shifts.arriving import ROOM, Arriving

        more = self.rooms.more
        if ROOM in more:
            self._arriving = Arriving(self._desk, self._signals, self.tasks, self.notices, self.window, more)

    def _hear(self) -> None:
        from console.ui.sound.sounding import Sounding

        window = self.window
        sounds = self._sounds = window.sheets.sounds = Sounding(
            self._desk, self._signals, self.tasks, self.notices, self._memory, window.show_list,
            window.open_case,
        )  # fmt: skip
        sounds.muted.connect(window.banner.set_muted)
        window.banner.unmute.connect(lambda: sounds.mute(False))
        window.banner.set_muted(sounds.is_muted)

    async def _clear_up(self) -> None:
        """Rooms write what they still have when they are hidden; then nothing may run on in them."""
        self.window.removeEventFilter(self)
        self.window.close()
        for work in self._keeping:
            work.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS_S):
                if self._keeping:
                    await asyncio.wait(self._keeping)
                await self.tasks.settled()
        self.tasks.stop()
        self._signals.close()
        if self._sounds is not None:
            self._sounds.close()
        self._strip.end()
        self.rooms.late_intake.tell(lambda intake: intake.close_room())
        self.rooms.late_map.tell(lambda pane: pane.close_map())
        self.rooms.more.close()
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
        """Asked twice, it goes also where something still runs, or the disk takes nothing more."""
        work = self.window.errands.running
        if work is not None and work is not self._warned:
            self._warned = work
            self.notices.problem(t("shift.still_runs", what=what_text(work.progress)))
            return
        if work is not None:
            work.stop()
        if self._ending is ending:
            self._end()
            return
        self._ending = ending
        self.tasks.start(self._flush(), self._not_flushed)

    async def _flush(self) -> None:
        if self.rooms.late_intake.made is not None:
            await self.rooms.late_intake.made.flush()
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
        from console.ui.account.sign_in_window import SignInWindow

        async def sign_in(user: str, password: str, station: str) -> SignedIn:
            signed: SignedIn = await self._errand(lambda: self._line.sign_in.sign_in(user, password))
            return signed

        async def renew(user: str, code: str, password: str) -> SignedIn:
            signed: SignedIn = await self._errand(
                lambda: self._line.sign_in.set_password(user, code, password)
            )
            return signed

        window = SignInWindow(
            self._theme, self._place.station, sign_in, renew,
            practice=self._place.practice, user=self._desk.actor.user,
        )  # fmt: skip
        self._sign_in_again = window
        try:
            from console.ui.account.shift import tell_shift

            await tell_shift(window, self._desk)
            signed = await window.ask()
        finally:
            self._sign_in_again = None
            window.deleteLater()
        if signed is not None:
            self._desk.sign_in(signed.identity.actor())
            self._line.try_now()
