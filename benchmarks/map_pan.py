"""The map at 100,000 and 1,000,000 points: a frame while a hand pans, and the first whole one from cold.

A frame is what a person waits for: the pan, the synchronous repaint of the whole widget, and the events
that came in meanwhile (squares of background arriving from their worker). The screen's interval of 16 ms
is the limit.
"""

import os
import sys
import time
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.entry import Entry, entry, percentile
from console.desk.rows import Points
from console.geo.outlines import Outlines, outlines_on
from console.reference import bundled
from console.ui.map.map_view import MapView
from console.ui.theme import Theme

POINTS = 100_000
FRAMES = 300
LIMIT_MS = 16.0
COLD_MS = 1000.0
SIZE = (1280, 900)
DAY = date(2024, 11, 4)
NOW_MS = 1_730_700_000_000
ZOOMS = (8, 10, 12, 14)
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


def _pan(app: QApplication, view: MapView, zoom: int) -> list[float]:
    """Milliseconds of each frame of a pan that swings over the province and back."""
    view.show_all()
    view.zoom_by(zoom * 4 - view.camera.quarters)
    took = []
    for i in range(FRAMES):
        swing = 1 if (i // 75) % 2 == 0 else -1
        began = time.perf_counter()
        view.pan(swing * STEP_PX, swing * STEP_PX / 2)
        view.repaint()
        app.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    return took


def _measure(app: QApplication, outlines: Outlines, count: int) -> tuple[float, list[float]]:
    """Milliseconds to the first frame with all its background, and of each frame of the pans."""
    points = points_in(outlines, count)
    began = time.perf_counter()
    view = MapView(Theme())
    view.resize(*SIZE)
    view.set_outlines(outlines)
    view.set_points(points, NOW_MS)
    view.show()
    view.repaint()
    while not view.background_ready():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    view.repaint()
    cold = (time.perf_counter() - began) * 1000
    frames = [ms for zoom in ZOOMS for ms in _pan(app, view, zoom)]
    view.close_map()
    view.close()
    view.deleteLater()
    app.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    return cold, frames


def run() -> list[Entry]:
    """The figures: frames against the screen's interval, the cold start against one second."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    outlines = outlines_on(bundled(), DAY)
    found: list[Entry] = []
    for count in (POINTS, 10 * POINTS):
        cold, frames = _measure(app, outlines, count)
        for label, q in (("median", 50), ("p95", 95), ("p99", 99)):
            name = f"map frame while panning, {count:,} points, {label}"
            found.append(entry(name, percentile(frames, q), "ms", "limit", LIMIT_MS))
        found.append(
            entry(f"map first whole frame from cold, {count:,} points", cold, "ms", "limit", COLD_MS)
        )
    return found


if __name__ == "__main__":
    for line in run():
        print(line)
