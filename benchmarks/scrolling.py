"""Scrolling the queue of a big store, painted in a real (offscreen) window, page by page from the desk.

A frame is what a person sees late: from the tick that was due to the rows on the screen, so that pages which
come in between two ticks count as well where they hold the next frame up. `scrolling` moves by a row sixty
times a second, through rows that nobody has looked at; `paging` by a whole pane ten times a second;
`dragging` takes the bar to another place of the whole list sixty times a second.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.corpus import desk_in, store_of
from benchmarks.entry import Entry, entry, percentile
from console.desk.rows import View
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.queue.model import ROW
from console.ui.queue.queue_room import QueueRoom
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme

CASES = 1_000_000
LIMIT_MS = 16.0
HERTZ = 60.0
SIZE = (792, 980)  # the queue's pane in a window of 1920 x 1080
FRAMES = 1200
PAGES = 100
DRAGS = 300
SEEN_MS = 100.0  # a place that somebody has gone to is filled after this


class Painted(QObject):
    """Counts paintings of the rows."""

    def __init__(self, room: QueueRoom) -> None:
        super().__init__(room)
        self.count = 0
        room.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


async def _frames(count: int, hertz: float, move: Callable[[int], object], room: QueueRoom) -> list[float]:
    """Milliseconds from each tick to its painted frame."""
    took, due, painted = list[float](), time.perf_counter(), Painted(room)
    for at in range(count):
        due = max(due + 1 / hertz, time.perf_counter())
        await asyncio.sleep(due - time.perf_counter())
        due = min(due, time.perf_counter())  # Qt's timers may come early
        painted.count = 0
        move(at)
        while not painted.count:
            await asyncio.sleep(0)
        took.append((time.perf_counter() - due) * 1000)
    return took


async def _filled(room: QueueRoom) -> float:
    """Milliseconds until all rows in sight are there."""
    began, table = time.perf_counter(), room.table
    while True:
        table.viewport().repaint()
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        if all(room.model.index(row, 0).data(ROW) is not None for row in range(first, last + 1)):
            return (time.perf_counter() - began) * 1000
        await asyncio.sleep(0.001)


async def _measured(room: QueueRoom, cases: int) -> list[Entry]:
    bar, tall = room.table.verticalScrollBar(), room.table.painter.row_height()
    pane, jumps = room.table.viewport().height(), list[float]()
    rows = await _frames(FRAMES, HERTZ, lambda at: bar.setValue((at + 1) * tall), room)
    pages = await _frames(PAGES, 10.0, lambda at: bar.setValue(bar.value() + pane), room)
    drags = await _frames(
        DRAGS, HERTZ, lambda at: bar.setValue(bar.maximum() * ((at + 1) * 37 % DRAGS) // DRAGS), room
    )
    for at in range(40):
        bar.setValue(bar.maximum() // 40 * (at * 17 % 40) + at * tall)
        jumps.append(await _filled(room))
    found = []
    for name, took in (("scrolling, a row a frame", rows), ("paging", pages), ("dragging the bar", drags)):
        for label, q in (("median", 50), ("p99", 99)):
            what = f"queue frame, {name}, {cases:,} cases, {label}"
            found.append(entry(what, percentile(took, q), "ms", "limit", LIMIT_MS))
    what = f"queue, rows there after a jump, {cases:,} cases, p95"
    return [*found, entry(what, percentile(jumps, 95), "ms", "limit", SEEN_MS)]


async def _all(app: QApplication, cases: int, folder: Path | None) -> list[Entry]:
    theme, desk = Theme(), await desk_in(await store_of(cases, folder))
    theme.apply(app)
    tasks, signals = Tasks(Notices(theme)), DeskSignals(desk)
    room = QueueRoom(desk, signals, theme, tasks, Memory())
    try:
        room.resize(*SIZE)
        room.show()
        room.show_view(View.ALL)
        await tasks.settled()
        await _filled(room)
        return await _measured(room, room.state.total)
    finally:
        tasks.stop()
        signals.close()
        room.close()
        desk.close()


def measure(cases: int = CASES, folder: Path | None = None) -> list[Entry]:
    """The figures at so many cases; `folder`: the store's own, None for the usual place."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(app) as loop:
        found: list[Entry] = loop.run_until_complete(_all(app, cases, folder))
    return found


def run() -> list[Entry]:
    """At a million cases."""
    return measure()


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if sys.argv[1:] else CASES):
        print(line)
