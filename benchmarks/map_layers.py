"""The map's layers while a hand pans: heat of a million reports, shaded communes, pictures from a file.

A frame is the pan, the synchronous repaint of the whole widget, and the events that came in meanwhile. The
heat is computed anew beside the interface whenever the hand leaves what was painted. Each layer is measured
against the screen's interval and beside the same pans without any layer.
"""

import io
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QApplication

from benchmarks.entry import Entry, entry, percentile
from benchmarks.map_pan import DAY, LIMIT_MS, NOW_MS, SIZE, STEP_PX, points_in
from console.geo.heat import Floats, heat
from console.geo.mbtiles import Mbtiles
from console.geo.mercator import Window, point_to_world, to_world
from console.geo.outlines import Outlines, outlines_on
from console.geo.shading import shade
from console.reference import bundled
from console.ui.map.layers.heat_layer import HeatLayer
from console.ui.map.layers.raster_layer import RasterLayer
from console.ui.map.map_view import MapView
from console.ui.theme import Theme

REPORTS = 1_000_000
OPEN = 20_000  # pins above the layers
FRAMES = 150
ZOOMS = (8, 10, 12)
LIMIT = LIMIT_MS[1_000_000]


class _File(Mbtiles):
    """As the map opens it."""

    hands = 1
    trouble = ""


def pictures(folder: Path) -> Path:
    """A raster file of the province from zoom 8 to 13, noise that compresses as badly as a photograph."""
    held = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    Image.fromarray(noise).save(held, "JPEG", quality=70)
    file = folder / "ground.mbtiles"
    base = sqlite3.connect(file)
    base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    base.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
    base.execute("CREATE UNIQUE INDEX at ON tiles (zoom_level, tile_column, tile_row)")
    west, north = point_to_world(105.3, 18.3)
    east, south = point_to_world(107.3, 16.6)
    for zoom in range(8, 14):
        side = 1 << zoom
        rows = [
            (zoom, column, side - 1 - row, held.getvalue())
            for column in range(int(west * side), int(east * side) + 1)
            for row in range(int(north * side), int(south * side) + 1)
        ]
        base.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    base.commit()
    base.close()
    return file


def _pan(app: QApplication, view: MapView, ready: Callable[[], bool]) -> list[float]:
    """Milliseconds of each frame of swings over the province, at several zooms, begun when all is painted."""
    took = []
    for zoom in ZOOMS:
        view.show_all()
        view.zoom_by(zoom * 4 - view.camera.quarters)
        view.repaint()
        while not (view.background_ready() and ready()):
            app.processEvents()
            view.repaint()
        for i in range(FRAMES):
            swing = 1 if (i // 75) % 2 == 0 else -1
            began = time.perf_counter()
            view.pan(swing * STEP_PX, swing * STEP_PX / 2)
            view.repaint()
            app.processEvents()
            took.append((time.perf_counter() - began) * 1000)
    return took


def _view(app: QApplication, outlines: Outlines) -> MapView:
    view = MapView(Theme())
    view.resize(*SIZE)
    view.set_outlines(outlines)
    view.set_points(points_in(outlines, OPEN), NOW_MS)
    view.show()
    while len(view.board) < OPEN:
        app.processEvents()
    return view


def run() -> list[Entry]:
    """Frames with each layer against the screen's interval, and against the same pans without."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    outlines = outlines_on(bundled(), DAY)
    reports = points_in(outlines, REPORTS, seed=7)
    view = _view(app, outlines)
    found: list[Entry] = []
    bare = percentile(_pan(app, view, lambda: True), 95)

    def measured(name: str, ready: Callable[[], bool]) -> None:
        frames = _pan(app, view, ready)
        for label, q in (("median", 50), ("p95", 95)):
            found.append(
                entry(f"map frame with {name}, {label}", percentile(frames, q), "ms", "limit", LIMIT)
            )
        found.append(
            entry(f"map frame with {name}, p95", percentile(frames, 95), "ms", "no layer, p95", bare)
        )

    warm = HeatLayer(Theme(), view.devicePixelRatioF)
    view.layers.append(warm)
    warm.set_points(reports.lon, reports.lat)
    measured(f"heat of {REPORTS:,} reports", lambda: warm.settled(view.camera.window))
    warm.clear()
    figures = {unit.code: float(i % 40) for i, unit in enumerate(outlines.communes)}
    view.set_shading(shade(figures).of, {code: f"{figure:.0f}" for code, figure in figures.items()})
    measured("shaded communes", lambda: True)
    view.set_shading({}, {})
    with tempfile.TemporaryDirectory() as folder:
        ground = RasterLayer(Theme())
        ground.set_source(_File(pictures(Path(folder))))
        view.set_basement(ground.paint)
        measured("pictures from a file", lambda: ground.settled(view.camera.window))
        ground.close()
    warm.close()
    view.close_map()
    view.close()
    return [*found, *_alone(reports.lon, reports.lat)]


def _alone(lon: Floats, lat: Floats) -> list[Entry]:
    """What the heat costs beside the interface: it shall be there before one looks for it."""
    x, y = to_world(lon, lat)
    took = []
    for zoom in ZOOMS * 3:
        began = time.perf_counter()
        heat(x, y, Window(*point_to_world(106.4, 17.5), float(zoom), SIZE[0] * 3 // 2, SIZE[1] * 3 // 2))
        took.append((time.perf_counter() - began) * 1000)
    return [entry(f"heat of {REPORTS:,} reports, computed", percentile(took, 50), "ms", "limit", 250.0)]


if __name__ == "__main__":
    for line in run():
        print(line)
