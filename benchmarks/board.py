"""What the supervisor's board costs with many cases: counted on the database thread, shown in the interface.

    python -m benchmarks.board [--cases 100000]

The same figures are asked of bare SQL on the same file, without indexes of their own, for comparison.
"""

import argparse
import asyncio
import os
import statistics
import time
from datetime import timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks.corpus import NOW, desk_in, store_of
from console.desk.board import counting
from console.desk.desk import Desk
from console.domain.zone import local_day
from console.ui.board.board_room import BoardRoom
from console.ui.memory import Memory
from console.ui.more_rooms import Kit
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from tests.support.qt_loop import KeyedLoop

TIMES = 15
SQL = (
    "SELECT count(*), sum(due_sort <= ?1), sum(near_sort <= ?1 AND due_sort > ?1), "
    "sum(display_status = 'pending_approval') FROM case_row NOT INDEXED WHERE open = 1",
    "SELECT lead, sum(outcome IN ('met', 'metExtended')), count(*) FROM case_row NOT INDEXED "
    "WHERE resolved_ms >= ?2 AND outcome <> '' GROUP BY lead",
    "SELECT channel, (entered_ms - ?3) / 3600000, count(*) FROM case_row NOT INDEXED "
    "WHERE entered_ms >= ?3 GROUP BY 1, 2",
    "SELECT (?3 - entered_ms) % 86400000 / 3600000, count(*) FROM case_row NOT INDEXED "
    "WHERE entered_ms < ?3 AND entered_ms >= ?3 - 28 * 86400000 GROUP BY 1",
    "SELECT handler, count(*) FROM case_row NOT INDEXED WHERE open = 1 GROUP BY handler",
)


class _Window:
    """Nothing around the room."""

    def open_case(self, case: str) -> None: ...
    def set_count(self, name: str, count: int, calls: bool = False) -> None: ...


def _said(name: str, taken: list[float]) -> None:
    taken.sort()
    print(f"  {name}: median {statistics.median(taken):.1f} ms, worst {taken[-1]:.1f} ms")


async def _measure(desk: Desk, kit: Any) -> None:
    held = desk.sync_port._held
    await desk.keep_index()
    finder = await held.index.ready()
    room = BoardRoom(kit)
    room.resize(1844, 965)
    await desk.board()
    counted, shown, first = list[float](), list[float](), list[float]()
    for n in range(TIMES):
        began = time.perf_counter()
        board = await held.call(lambda: counting.Counted(held, finder).board())
        counted.append((time.perf_counter() - began) * 1000)
        days = await desk.desk_days()
        for step in room.steps(board, days):
            began = time.perf_counter()
            step()
            (shown if n else first).append((time.perf_counter() - began) * 1000)
    _said("counted on the database thread", counted)
    _said("shown in the interface, one part, the first time", first)
    _said("the same again, each half minute", shown)
    day = local_day(NOW)
    bound = (held.now_ms(), counting.midnight_of(day - timedelta(days=6)), counting.midnight_of(day))
    bare = list[float]()
    for _ in range(5):
        began = time.perf_counter()
        await held.call(
            lambda: [
                held.store.read(sql, bound[: max([n for n in (1, 2, 3) if f"?{n}" in sql], default=0)])
                for sql in SQL
            ]
        )
        bare.append((time.perf_counter() - began) * 1000)
    _said("the same of bare SQL", bare)
    print(f"  {board.open.n} open, {board.judged.n} results of 7 days, {board.today.n} today")


def main() -> None:
    """Measure."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--cases", type=int, default=100_000)
    cases = read.parse_args().cases
    app = QApplication([])
    loop = KeyedLoop(app)
    asyncio.set_event_loop(loop)

    async def run() -> None:
        desk = await desk_in(await store_of(cases))
        theme = Theme()
        theme.apply(app)
        notices = Notices(theme)
        tasks, signals = Tasks(notices, loop), DeskSignals(desk)
        kit: Any = Kit(desk, signals, theme, tasks, notices, Memory(), None, None, _Window())  # type: ignore[arg-type]
        print(f"{cases:,} cases")
        await _measure(desk, kit)
        signals.close()
        desk.close()

    loop.run_until_complete(run())


if __name__ == "__main__":
    main()
