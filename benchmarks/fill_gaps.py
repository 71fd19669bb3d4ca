"""Gaps of the interface's event loop while a first fill runs at full speed, with the queue on screen."""

import asyncio
import os
import shutil
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.centre import centre, filled, seat
from benchmarks.corpus import FOLDER
from benchmarks.entry import Entry, entry, percentile
from console.app import SWITCH_S
from console.ui.collect_here import CollectHere
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.queue.queue_room import QueueRoom
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme

CASES = 20_000
LIMIT_MS = 16.0


class Gaps:
    """A timer that fires whenever the loop is free; what lies between two firings is a gap."""

    def __init__(self) -> None:
        self.found = list[float]()
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fired)

    def _fired(self) -> None:
        now = time.perf_counter()
        self.found.append((now - self._last) * 1000)
        self._last = now
        time.sleep(0.0005)  # an interface that waits for its next event, not one that burns its core

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()


async def _fill(url: str, app: QApplication) -> tuple[list[float], float]:
    folder = FOLDER / "fill-gaps"
    shutil.rmtree(folder, ignore_errors=True)
    theme, collector, gaps = Theme("light"), CollectHere(), Gaps()
    theme.apply(app)
    collector.start()
    place = await seat(url, folder, "01", "op01")
    signals = DeskSignals(place.desk)
    notices = Notices(theme)
    tasks = Tasks(notices)
    room = QueueRoom(place.desk, signals, theme, tasks, Memory())
    room.resize(792, 900)
    room.show()
    room.start()
    gaps.start()
    began = time.perf_counter()
    try:
        await filled(place.desk)
    finally:
        took = time.perf_counter() - began
        gaps.stop()
        signals.close()
        tasks.stop()
        room.close()
        await place.close()
        collector.stop()
    return gaps.found, CASES / took


def run() -> list[Entry]:
    """Median, p99 and p99.9 against a frame of 16 ms; the rate of the fill beside them."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)  # the room closes before its desk: the loop must go on
    with centre(CASES) as url, qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        gaps, rate = loop.run_until_complete(_fill(url, app))
    found = [
        entry(f"gap of the event loop in a first fill, {label}", percentile(gaps, q), "ms", "frame", LIMIT_MS)
        for label, q in (("median", 50), ("p99", 99), ("p99.9", 99.9))
    ]
    return [
        *found,
        entry("cases per second of a first fill, inverse", 1000 / rate, "ms/case", "10,000/s", 0.1),
    ]
