"""One start of the real program (`console.app`), measured from outside.

Prints three moments (perf_counter, shared by processes): the sign-in window painted; somebody let in; the
whole window painted with the queue's first rows. What is not the program's is replaced: the settings and the
key are given, the centre is away, and the person types nothing but waits as long as typing takes at least:
until the program has nothing more to read ahead.
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from console import ahead, app
from console.log import log_to
from console.options import Options
from console.place import Place
from console.settings import Settings
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.sync.sign_in import SignedIn

KEY = bytes(range(32))  # as benchmarks.corpus has it
AWAY = "http://127.0.0.1:9"
STATION = "03"
SETTLED_S = 3.0  # after the last room was made and the last case read in: what comes behind them
LEARNT_S = 2.5  # until what learning has freed goes back


class Painted(QObject):
    """When a window of this class was first painted."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.at = asyncio.get_running_loop().create_future()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest and type(watched).__name__ == self._kind:
            watched.removeEventFilter(self)
            asyncio.get_running_loop().call_soon(self._tell)
        return False

    def _tell(self) -> None:
        if not self.at.done():
            self.at.set_result(time.perf_counter())


class Measured(app.Program):
    """The program as it is, but for what comes from outside."""

    def __init__(self, folder: Path, options: Options, qt: QApplication, theme: Theme, settled: bool) -> None:
        super().__init__(options, qt, theme)
        self._folder, self._qt, self._settled = folder, qt, settled
        self._moments: list[float] = []

    async def _find_place(self) -> Place:
        return Place(url=AWAY, station=STATION, folder=self._folder, practice=False, settings=Settings())

    async def _key(self, place: Place) -> bytes:
        return KEY

    async def _sign_in(self, place: Place, opening: Any, meeting: Any) -> "SignedIn | None":
        if self._moments:
            return None
        painted = Painted("SignInWindow")
        self._qt.installEventFilter(painted)
        asking = self._loop.create_task(super()._sign_in(place, opening, meeting))
        self._moments.append(await painted.at)
        self._qt.removeEventFilter(painted)
        await meeting
        while not all(name in sys.modules for name in ahead.ROOMS):
            await asyncio.sleep(0.005)
        await self._errand(lambda: None)
        from console.domain.case import Role
        from console.protocol.wire import Identity
        from console.sync.sign_in import SignedIn

        asking.cancel()
        self._moments.append(time.perf_counter())
        who = Identity(user="op03", name="Bàn 03", role=Role.DISPATCHER, station=STATION)
        return SignedIn(identity=who)

    async def _work_a_shift(self, *given: Any) -> bool:
        looking = self._loop.create_task(self._look())
        try:
            return await super()._work_a_shift(*given)
        finally:
            await looking

    async def _look(self) -> None:
        while self._shift is None:
            await asyncio.sleep(0)
        shift, painted = self._shift, asyncio.Event()
        shift.painted.connect(painted.set)
        shift.window.resize(1920, 1080)  # the offscreen screen is smaller
        await painted.wait()
        assert shift.rooms.queue.model.rowCount() > 0
        self._moments.append(time.perf_counter())
        if self._settled:
            await shift._desk.keep_index()
            while shift.rooms.late_outbox.made is None:
                await asyncio.sleep(0.05)
            await shift._desk._held.learning.up_to_date.wait()
            await asyncio.sleep(SETTLED_S + LEARNT_S)
            self._moments.append(resident_mb())
        print(*self._moments, flush=True)
        os._exit(0)


def resident_mb() -> float:
    """VmRSS of this process: what of it is in memory, the libraries that it shares with others included."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(folder: Path, settled: bool) -> None:
    """Until the queue is painted; `settled`: until all is made and read in, with the resident MB then."""
    log_to(folder / "log", "console-start")
    sys.setswitchinterval(app.SWITCH_S)
    qt = QApplication([])
    theme = Theme("light")
    theme.apply(qt)
    with qasync.QEventLoop(qt) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(Measured(folder, Options(), qt, theme, settled).run())
