"""What works beside the map: it stands back for a frame, and makes nothing for a zoom that is passed by."""

import threading

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.geo.outlines import Outlines
from console.ui.map import courtesy, standing
from console.ui.map.courtesy import painting, stand_back
from console.ui.map.map_view import MapView
from console.ui.map.tile_art import TileKey
from console.ui.map.tiles import TileStore
from tests.ui.map.conftest import NOW, many
from tests.ui.map.test_tiles import ZOOM, ground, key_at


def test_workers_stand_back_while_a_frame_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "MOST_S", 20.0)
    done, at_work = threading.Event(), threading.Event()

    def work() -> None:
        at_work.set()
        stand_back()
        done.set()

    worker = threading.Thread(target=work)
    with painting():
        worker.start()
        assert at_work.wait(20)
        assert not done.wait(0.02)
    worker.join(20)
    assert done.is_set()
    stand_back()  # nothing is painted: nobody waits


def test_squares_are_not_made_for_a_zoom_that_a_hand_leaves_at_once(qtbot: QtBot, outlines: Outlines) -> None:
    store = TileStore()
    store.set_ground(ground(outlines))
    first, passed, last = (key_at(106.4, 17.6, zoom) for zoom in (ZOOM, ZOOM + 2, ZOOM + 4))
    with qtbot.waitSignal(store.arrived):
        store.want([first])  # nothing could stand in for it: made at once
    made: list[TileKey] = []
    store._painted.connect(lambda key, *_: made.append(key), Qt.ConnectionType.DirectConnection)
    qtbot.waitUntil(lambda: store._worker._thread is None)
    store.want([passed])
    assert store._worker._thread is None
    with qtbot.waitSignal(store.arrived):
        store.want([last])
    qtbot.waitUntil(lambda: bool(made))
    assert made == [last]
    store.close()


def test_bubbles_are_not_made_for_it_either(
    qtbot: QtBot, view: MapView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "AT_ONCE", 50)
    view.set_points(many(300), NOW)
    qtbot.waitUntil(lambda: len(view.board) == 300)
    view.repaint()
    qtbot.waitUntil(lambda: view._standing._preparer._thread is None)
    index, begun = view.board.index, view.camera.window.zoom
    passed = [begun + step for step in (1.25, 2.5)]  # nothing prepares these unasked
    for _ in range(3):
        view.zoom_by(5)
        view.repaint()
        assert view._standing._preparer._thread is None
    zoom = view.camera.window.zoom
    assert zoom == begun + 3.75
    qtbot.waitUntil(lambda: index.kept(zoom) is not None)
    assert [index.kept(one) for one in passed] == [None, None]
