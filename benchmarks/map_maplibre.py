"""The map's frames beside MapLibre GL's: the same cases and communes, the same window and moves.

python -m benchmarks map_maplibre     needs node, npm and Debian's Chromium; the first run installs
                                      maplibre-gl under build/bench/

Not part of a plain `make bench`. Neither side has a GPU: Chromium draws by SwiftShader. A frame of MapLibre
is what its `redraw()` takes until the picture can be read back; ours is that of `map_pan`, with the events
that come in meanwhile. MapLibre draws no numbers, names or arcs, and no case changes while it moves.
"""

import json
import os
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.entry import Entry, entry, percentile
from benchmarks.map_pan import DAY, FRAMES, SIZE, STEP_PX, ZOOMS, measure, points_in
from benchmarks.npm import installed
from console.desk.rows import Points
from console.geo.clusters import MERGE_PX
from console.geo.mercator import to_degrees, zoom_to_fit
from console.geo.outlines import Outlines, outlines_on
from console.reference import bundled

CASES = 100_000
SOURCE = Path(__file__).parent / "maplibre"
PATIENCE_S = 1800
BROWSERS = ("chromium", "chromium-browser")
QUIET = (
    "--headless=new", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--hide-scrollbars",
)  # fmt: skip


def _browser() -> str | None:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        print("  Chromium is not on this machine: nothing to compare with")
    return found


def _communes(outlines: Outlines) -> dict[str, Any]:
    """Each polygon as a feature: its outer ring, and the holes in it."""
    polygons: dict[int, list[list[tuple[float, float]]]] = {}
    for ring, polygon in enumerate(outlines.polygon.tolist()):
        xy = outlines.xy[outlines.start[ring] : outlines.start[ring + 1]]
        polygons.setdefault(polygon, []).append([to_degrees(x, y) for x, y in xy.tolist()])
    return _collection({"type": "Polygon", "coordinates": rings} for rings in polygons.values())


def _cases(points: Points) -> dict[str, Any]:
    made = _collection(
        {"type": "Point", "coordinates": [lon, lat]}
        for lon, lat in zip(np.asarray(points.lon).tolist(), np.asarray(points.lat).tolist(), strict=True)
    )
    for place, feature in enumerate(made["features"]):
        feature["properties"] = {"state": place % 4}
    return made


def _collection(shapes: Any) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes],
    }


def _written(place: Path, outlines: Outlines) -> None:
    """What the page reads: the same land, cases and moves."""
    box = outlines.box
    assert box is not None
    words = {
        "middle": to_degrees((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
        "from": round(zoom_to_fit(box, *SIZE) * 4) / 4,
        "zooms": ZOOMS, "frames": FRAMES, "step": STEP_PX, "merge": MERGE_PX,
    }  # fmt: skip
    files = {
        "words": words, "communes": _communes(outlines), "cases": _cases(points_in(outlines, CASES)),
    }  # fmt: skip
    for name, what in files.items():
        (place / f"{name}.json").write_text(json.dumps(what), encoding="utf-8")


class _Page(SimpleHTTPRequestHandler):
    """Serves a folder; what is posted is the answer."""

    found: dict[str, Any]
    there: threading.Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.found.update(json.loads(body))
        self.send_response(204)
        self.end_headers()
        self.there.set()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing of each request."""


def _theirs(browser: str, place: Path) -> dict[str, Any]:
    """What the page says after its moves."""
    answer = type("Answering", (_Page,), {"found": {}, "there": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(answer, directory=str(place)))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    with TemporaryDirectory(prefix="ioc-chromium-") as profile:
        command = [
            browser, *QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else []),
            f"--window-size={SIZE[0]},{SIZE[1]}", f"--user-data-dir={profile}",
            f"http://127.0.0.1:{server.server_port}/page.html",
        ]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            there = answer.there.wait(PATIENCE_S)
        finally:
            process.terminate()
            process.wait()
            server.shutdown()
            serving.join()
            server.server_close()
    assert there, "the page never answered"
    assert "error" not in answer.found, answer.found
    assert answer.found["size"] == list(SIZE), answer.found["size"]
    return dict(answer.found)


def run() -> list[Entry]:
    """Median and p95 of all frames: a ratio of 0.05 is twenty times as fast."""
    browser, place = _browser(), installed(SOURCE)
    if browser is None or place is None:
        return []
    outlines = outlines_on(bundled(), DAY)
    _written(place, outlines)
    theirs = _theirs(browser, place)
    print(f"  MapLibre GL {theirs['version']}, {theirs['size']}, {theirs['renderer']}", flush=True)
    ours = {line["name"]: line["value"] for line in measure(CASES)}
    found = []
    for what, took in (
        ("panning", theirs["pans"]),
        ("zooming", theirs["zooms"]),
        ("moving", theirs["pans"] + theirs["zooms"]),
    ):
        for label, q in (("median", 50), ("p95", 95)):
            name = f"map frame while {what}, {CASES:,} points, {label}"
            found.append(entry(name, ours[name], "ms", "MapLibre GL", percentile(took, q)))
    return found
