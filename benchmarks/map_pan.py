"""The map at many points: a frame while a hand pans and zooms, the first whole one from cold, a new point.

A frame is what a person waits for: from the moment when the screen is due, 60 times a second, to the end of
the pan or zoom, the repaint of the whole widget, and the events that came in meanwhile (squares of
background and levels of bubbles from their workers). Zoom steps go to levels that nobody has computed yet.
While the hand moves, changes of cases come in as the feed brings them, twice a second.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.entry import Entry, entry, percentile
from console.app import SWITCH_S
from console.desk.rows import Points
from console.geo.outlines import Outlines, outlines_on
from console.reference import bundled
from console.ui.map.map_view import MapView
from console.ui.theme import Theme

POINTS = (100_000, 1_000_000)
FRAMES = 150
LIMIT_MS = {100_000: 8.0, 1_000_000: 16.0}  # other counts: that of the next larger one
COLD_MS = 1000.0
SCREEN_S = 1 / 60
SEEN_MS = 500.0
FEED_EVERY = 30  # frames
NEW_AT_ONCE = 20
SIZE = (1280, 900)
DAY = date(2024, 11, 4)
NOW_MS = 1_730_700_000_000
ZOOMS = (8, 10, 12, 14, 16, 13)
STEP_PX = 12


def points_in(outlines: Outlines, count: int, seed: int = 1) -> Points:
    """Cases around the middles of the communes, in every state of deadline."""
    rng = np.random.default_rng(seed)
    at = rng.integers(0, len(outlines.communes), count)
    x = np.array([u.x for u in outlines.communes])[at] + rng.normal(0, 2.5e-5, count)
    y = np.array([u.y for u in outlines.communes])[at] + rng.normal(0, 2.5e-5, count)
    lat = np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi)))
    due = NOW_MS + rng.integers(-6 * 3_600_000, 72 * 3_600_000, count)
    flags = rng.choice(np.array([0, 0, 0, 0, 1, 2, 4], dtype=np.int8), count)
    near = due - rng.integers(1, 12, count) * 3_600_000
    return Points([f"case-{i}" for i in range(count)], x * 360 - 180, lat, due, near, flags)


class Hand:
    """Moves the map as a hand does and keeps what each frame took, in ms."""

    def __init__(self, app: QApplication, view: MapView, outlines: Outlines) -> None:
        self._app, self._view, self._outlines = app, view, outlines
        self.pans: list[float] = []
        self.zooms: list[float] = []
        self._fed = 0
        self._due = time.perf_counter()

    def _frame(self, kept: list[float], move: Callable[[], object]) -> None:
        self._await_screen()
        move()
        self._view.repaint()
        self._app.processEvents()
        kept.append((time.perf_counter() - self._due) * 1000)

    def _await_screen(self) -> None:
        """Until the screen's next frame is due; what holds the interface thread up until later counts."""
        self._due += SCREEN_S
        left = self._due - time.perf_counter()
        if left > 0:
            loop = QEventLoop()
            timer = QTimer(loop, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
            timer.timeout.connect(loop.quit)
            timer.start(round(left * 1000))
            loop.exec()
        else:
            self._due -= left  # the last frame was late, and that was counted

    def go(self, zoom: int) -> None:
        """Zoom there, two quarters a frame as a key does, then swing over the province and back."""
        view = self._view
        while view.camera.quarters != zoom * 4:
            step = max(-2, min(2, zoom * 4 - view.camera.quarters))
            self._frame(self.zooms, lambda step=step: view.zoom_by(step))  # type: ignore[misc]
        for i in range(FRAMES):
            swing = 1 if (i // 75) % 2 == 0 else -1
            if i % FEED_EVERY == 0:
                self._feed()
            self._frame(self.pans, lambda swing=swing: view.pan(swing * STEP_PX, swing * STEP_PX / 2))  # type: ignore[misc]

    def _feed(self) -> None:
        self._fed += 1
        self._view.update_points(fresh(self._outlines, NEW_AT_ONCE, self._fed), (), NOW_MS)


def fresh(outlines: Outlines, count: int, seed: int) -> Points:
    """New cases."""
    made = points_in(outlines, count, seed + 1000)
    made.ids = [f"new-{seed}-{i}" for i in range(count)]
    return made


def _until(app: QApplication, seen: Callable[[], bool]) -> None:
    while not seen():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _cold(app: QApplication, view: MapView, points: Points) -> float:
    """Milliseconds to the first frame with all its background and all its cases."""
    began = time.perf_counter()
    view.set_points(points, NOW_MS)
    view.show()
    view.repaint()
    _until(app, lambda: view.background_ready() and len(view.board) == len(points))
    view.repaint()
    return (time.perf_counter() - began) * 1000


def _new_point(app: QApplication, view: MapView, outlines: Outlines) -> tuple[float, float]:
    """Milliseconds until a new case is painted, and the longest frame until it is sorted in."""
    one = fresh(outlines, 1, 5000)
    frames: list[float] = []
    began = time.perf_counter()
    view.update_points(one, (), NOW_MS)
    view.repaint()
    seen = (time.perf_counter() - began) * 1000
    while view.board.unsorted:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        at = time.perf_counter()
        view.repaint()
        app.processEvents()
        frames.append((time.perf_counter() - at) * 1000)
    return seen, max(frames, default=0.0)


def measure(points: int) -> list[Entry]:
    """Frames against their limit, the cold start against one second, a new case against half a one."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(SWITCH_S)
    outlines = outlines_on(bundled(), DAY)
    view = MapView(Theme())
    view.resize(*SIZE)
    view.set_outlines(outlines)
    cold = _cold(app, view, points_in(outlines, points))
    hand = Hand(app, view, outlines)
    for zoom in ZOOMS:
        hand.go(zoom)
    seen, stutter = _new_point(app, view, outlines)
    view.close_map()
    view.close()
    view.deleteLater()
    app.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    limit = next((LIMIT_MS[count] for count in sorted(LIMIT_MS) if points <= count), LIMIT_MS[POINTS[-1]])
    frames = [
        entry(
            f"map frame while {what}, {points:,} points, {label}", percentile(took, q), "ms", "limit", limit
        )
        for what, took in (
            ("panning", hand.pans),
            ("zooming", hand.zooms),
            ("moving", hand.pans + hand.zooms),
        )
        for label, q in (("median", 50), ("p95", 95), ("p99", 99))
    ]
    return [
        *frames,
        entry(f"map first whole frame from cold, {points:,} points", cold, "ms", "limit", COLD_MS),
        entry(f"map shows a new case, {points:,} points", seen, "ms", "limit", SEEN_MS),
        entry(
            f"map longest frame while a new case is sorted in, {points:,} points",
            stutter,
            "ms",
            "limit",
            limit,
        ),
    ]


def run() -> list[Entry]:
    """The figures at both counts."""
    return [line for points in POINTS for line in measure(points)]


if __name__ == "__main__":
    for line in run():
        print(line)
