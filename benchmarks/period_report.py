"""A year of the province (100,000 cases) as a report in the room: how long, what the event loop feels of it.

Beside it the same figures out of bare SQL on the same encrypted file: what they read of each case taken out
of its JSON by SQLite into a table in memory, then one statement for each list.
"""

import asyncio
import os
import sys
import time
from datetime import UTC

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.corpus import FOLDER, KEY, NOW, desk_in, store_of
from benchmarks.entry import Entry, entry, percentile
from benchmarks.fill_gaps import LIMIT_MS, Gaps
from console.app import SWITCH_S
from console.desk.desk import Desk
from console.domain.figures.figures import Figures
from console.domain.figures.period import PeriodKind, period_of
from console.models.folder import FILE
from console.models.store import connect
from console.models.times import to_ms
from console.ui.collect_here import CollectHere
from console.ui.memory import Memory
from console.ui.more_rooms import Kit
from console.ui.notices import Notices
from console.ui.reports.reports_room import ReportsRoom, make
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme

CASES = 100_000
TIMES = 5
LONGEST_S = 3.0
YEAR = period_of(PeriodKind.YEAR, NOW.date())

_FACTS = (
    "channel", "status", "type", "place.commune", "entered_at", "happened_at", "lead", "resolved_at",
    "resolve_due", "resolve_original", "reopened", "referred_to", "deadline.due", "deadline.resting_since",
    "callbacks[#-1].satisfied",
)  # fmt: skip
_TAKE = ", ".join(f"json_extract(b.body, '$.{name}') {name.split('.')[-1]}" for name in _FACTS)
IN_TIME = "sum(resolved_at <= resolve_original)"
EXTENDED = "sum(resolved_at > resolve_original AND resolved_at <= resolve_due)"
TOOK = "unixepoch(resolved_at) / 60 - unixepoch(happened_at) / 60"
BARE = (
    f"CREATE TEMP TABLE f AS SELECT {_TAKE} FROM case_row r INDEXED BY ix_recent "
    "JOIN case_body b ON b.pk = r.pk WHERE r.entered_ms >= ?1 AND r.entered_ms < ?2",
    *(f"SELECT {name}, count(*) FROM f GROUP BY 1 ORDER BY 2 DESC"
      for name in ("channel", "type", "commune", "status")),
    "SELECT substr(entered_at, 1, 7), count(*) FROM f GROUP BY 1",
    f"SELECT lead, {IN_TIME}, {EXTENDED}, sum(resolved_at > resolve_due), count(*) FROM f "
    "WHERE resolved_at NOT NULL AND status <> 'merged' GROUP BY 1",
    f"SELECT lead, took FROM (SELECT lead, {TOOK} took, "
    f"row_number() OVER (PARTITION BY lead ORDER BY {TOOK}) n, "
    "count(*) OVER (PARTITION BY lead) many FROM f WHERE resolved_at NOT NULL) WHERE n = (many + 1) / 2",
    "SELECT sum(reopened > 0), count(*) FROM f",
    "SELECT satisfied, count(*) FROM f WHERE resolved_at NOT NULL GROUP BY 1",
    "SELECT count(*) FROM f WHERE resting_since IS NULL AND due <= ?1",
)  # fmt: skip


def bare() -> tuple[float, int, int]:
    """Seconds; how many were received, and how many of them have a result."""
    driver = connect(FOLDER / f"store-{CASES}" / FILE, KEY)
    began = time.perf_counter()
    found = []
    for sql in BARE:
        values: tuple[object, ...] = ()
        if "?2" in sql:
            values = (to_ms(YEAR.start), to_ms(YEAR.end))
        elif "?1" in sql:
            values = (f"{NOW.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",)
        found.append(driver.execute(sql, values).fetchall())
    took = time.perf_counter() - began
    driver.close()
    return took, sum(n for _, n in found[1]), sum(row[4] for row in found[6])


async def _in_the_room(app: QApplication) -> tuple[list[float], list[float], list[float], Figures]:
    """Seconds to the figures, seconds to the pages, gaps in ms."""
    await store_of(CASES)
    desk: Desk = await desk_in(FOLDER / f"store-{CASES}")
    theme, collector, gaps = Theme("light"), CollectHere(), Gaps()
    theme.apply(app)
    collector.start()
    signals, notices = DeskSignals(desk), Notices(theme)
    tasks, window = Tasks(notices), QMainWindow()
    kit = Kit(desk, signals, theme, tasks, notices, Memory(), None, None, None)  # type: ignore[arg-type]
    room: ReportsRoom = make(kit)
    window.setCentralWidget(room)
    window.resize(1844, 960)
    window.show()
    room.state.period, room.state.kind = YEAR, PeriodKind.YEAR
    figures, pages = list[float](), list[float]()
    for turn in range(TIMES + 1):
        if turn == 1:  # the first brings the file into the system's memory, and imports
            gaps.start()
        began = time.perf_counter()
        room.refresh()
        await _until(lambda: room.report is not None)
        figures.append(time.perf_counter() - began)
        await _until(lambda: room.pages.count > 0)
        pages.append(time.perf_counter() - began)
    gaps.stop()
    assert room.report is not None
    made = room.report.figures
    room.close_room()
    await tasks.settled()
    signals.close()
    desk.close()
    collector.stop()
    window.close()
    return figures[1:], pages[1:], gaps.found, made


async def _until(seen: object) -> None:
    while not seen():  # type: ignore[operator]
        await asyncio.sleep(0.002)


def run() -> list[Entry]:
    """The report against its limit and against bare SQL; gaps against a frame."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        figures, pages, gaps, made = loop.run_until_complete(_in_the_room(app))
    theirs = [bare() for _ in range(TIMES)]
    assert theirs[0][1:] == (made.received, made.results.total), (theirs[0], made.received, made.results)
    sql = percentile([took for took, _, _ in theirs], 50)
    return [
        entry("a year's figures in the room", percentile(figures, 50), "s", "limit", LONGEST_S),
        entry("the same with all pages", percentile(pages, 50), "s", "limit", LONGEST_S),
        entry("a year's figures in the room", percentile(figures, 50), "s", "bare SQL", sql),
        *(
            entry(f"gap of the event loop meanwhile, {name}", percentile(gaps, q), "ms", "frame", LIMIT_MS)
            for name, q in (("median", 50), ("p99", 99), ("p99.9", 99.9), ("longest", 100))
        ),
    ]
