"""Squares: painted beside the interface's thread, kept, forgotten, sharp at their borders."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.geo.mercator import point_to_world
from console.geo.outlines import Outlines
from console.geo.surroundings import neighbours
from console.ui.map import tiles
from console.ui.map.tile_art import Ground, Ink, TileKey, paint_tile, polygon_of, thinned
from console.ui.map.tiles import TileStore, TileWorker
from console.ui.theme import Theme
from tests.ui.map.conftest import close_to

ZOOM = 36


def ground(outlines: Outlines, ratio: float = 1.0) -> Ground:
    return Ground(outlines, neighbours(), Ink.of(Theme("light")), ratio)


def key_at(lon: float, lat: float, quarters: int = ZOOM) -> TileKey:
    x, y = point_to_world(lon, lat)
    scale = TileKey(quarters, 0, 0).scale
    return TileKey(quarters, int(x * scale // 512), int(y * scale // 512))


def pixel(image: QImage, key: TileKey, lon: float, lat: float, ratio: float = 1.0) -> QColor:
    x, y = point_to_world(lon, lat)
    px, py = x * key.scale - key.column * 512, y * key.scale - key.row * 512
    return image.pixelColor(int(px * ratio), int(py * ratio))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_square_shows_what_is_there(outlines: Outlines, ratio: float) -> None:
    for lon, lat, tokens in (
        (107.3, 17.8, ("mapSea",)),
        (105.6, 17.1, ("mapOut",)),
        (106.25, 17.5, ("mapLand", "mapLandAlt")),
    ):
        key = key_at(lon, lat)
        image = paint_tile(ground(outlines, ratio), key)
        assert image.width() == round(512 * ratio)
        seen = pixel(image, key, lon, lat, ratio)
        assert any(close_to(seen, Theme("light").color(token)) for token in tokens), (lon, lat)


def test_neighbouring_squares_join(outlines: Outlines) -> None:
    left = key_at(106.4, 17.6)
    right = TileKey(ZOOM, left.column + 1, left.row)
    a, b = (paint_tile(ground(outlines), key) for key in (left, right))
    differing = sum(not close_to(a.pixelColor(511, y), b.pixelColor(0, y), 60) for y in range(512))
    assert differing < 12  # only where a line crosses


def test_a_box_covers_its_square() -> None:
    key = TileKey(ZOOM, 3, 5)
    west, north, east, south = key.box()
    assert ((east - west) * key.scale, (south - north) * key.scale) == pytest.approx((512, 512))
    assert key.box(8)[0] < west


def test_thinning_keeps_both_ends_and_drops_what_one_cannot_see() -> None:
    line = np.array([[0, 0], [0.1, 0.1], [0.2, 0.1], [5, 5], [5.05, 5.05]])
    assert thinned(line).tolist() == [[0, 0], [5, 5], [5.05, 5.05]]


def test_a_polygon_is_copied_whole() -> None:
    points = np.array([[0.5, 1.5], [2.0, 3.0], [4.25, 5.0]])
    assert [(p.x(), p.y()) for p in polygon_of(points).toList()] == [tuple(p) for p in points.tolist()]
    assert polygon_of(np.zeros((0, 2))).isEmpty()


def test_squares_come_from_another_thread(qtbot: QtBot, outlines: Outlines) -> None:
    seen: list[threading.Thread] = []
    done = threading.Event()

    def deliver(key: TileKey, image: QImage, generation: int) -> None:
        seen.append(threading.current_thread())
        if len(seen) == 3:
            done.set()

    worker = TileWorker(deliver)
    worker.want([TileKey(ZOOM, c, 0) for c in range(3)], ground(outlines), 1)
    assert done.wait(20)
    worker.stop()
    assert {t.name for t in seen} == {"map-tiles"}
    assert not any(t.is_alive() for t in seen)


def test_stopping_drops_what_was_wanted(outlines: Outlines) -> None:
    seen: list[TileKey] = []
    first = threading.Event()

    def deliver(key: TileKey, image: QImage, generation: int) -> None:
        seen.append(key)
        first.set()

    worker = TileWorker(deliver)
    worker.want([TileKey(ZOOM, c, 0) for c in range(500)], ground(outlines), 1)
    assert first.wait(20)
    worker.stop()
    assert len(seen) < 500


def test_a_square_is_kept_and_asked_for_once(qtbot: QtBot, outlines: Outlines) -> None:
    store = TileStore()
    store.set_ground(ground(outlines))
    key = key_at(106.4, 17.6)
    assert store.get(key) is None
    with qtbot.waitSignal(store.arrived):
        store.want([key])
    found = store.get(key)
    assert found is not None
    with qtbot.assertNotEmitted(store.arrived, wait=50):
        store.want([key])
    assert store.others(ZOOM + 4) == [(key, found)]
    assert store.others(ZOOM) == []
    store.close()


def test_the_least_used_are_forgotten(
    qtbot: QtBot, outlines: Outlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "KEPT", 3)
    store = TileStore()
    store.set_ground(ground(outlines))
    keys = [TileKey(ZOOM, c, 0) for c in range(5)]
    for key in keys[:3]:
        with qtbot.waitSignal(store.arrived):
            store.want([key])
    assert store.get(keys[0]) is not None
    for key in keys[3:]:
        with qtbot.waitSignal(store.arrived):
            store.want([key])
    assert [store.get(k) is not None for k in keys] == [True, False, False, True, True]
    store.close()


def test_squares_of_another_ground_are_not_shown(qtbot: QtBot, outlines: Outlines) -> None:
    store = TileStore()
    store.set_ground(ground(outlines))
    key = key_at(106.4, 17.6)
    with qtbot.waitSignal(store.arrived):
        store.want([key])
    store.set_ground(ground(outlines, 2.0))
    assert store.get(key) is None
    with qtbot.waitSignal(store.arrived):
        store.want([key])
    found = store.get(key)
    assert found is not None
    assert found.devicePixelRatio() == 2.0
    store.close()


def test_a_square_that_was_under_way_for_another_ground_is_dropped(qtbot: QtBot, outlines: Outlines) -> None:
    store = TileStore()
    store.set_ground(ground(outlines))
    key = key_at(106.4, 17.6)
    under_way = threading.Event()
    store._painted.connect(lambda *_: under_way.set(), Qt.ConnectionType.DirectConnection)
    store.want([key])
    assert under_way.wait(20)
    store.close()
    store.set_ground(ground(outlines, 2.0))
    with qtbot.assertNotEmitted(store.arrived):
        QApplication.processEvents()
    assert store.get(key) is None
