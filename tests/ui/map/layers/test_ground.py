"""Pictures under the boundaries: out of a file or from an office's server, or told and the map left as is."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.desk.errors import DeskError
from console.geo.mercator import TILE_PX, Window, point_to_world
from console.ui.map.layers.choices import Ground
from console.ui.map.layers.ground_part import _File
from console.ui.map.layers.raster_layer import MOST_AT_ONCE, RasterLayer
from console.ui.theme import Theme
from tests.geo.test_mbtiles import picture as tile_picture
from tests.geo.test_mbtiles import written
from tests.sync.test_map_tiles import Office, office  # noqa: F401 - a fixture
from tests.ui.conftest import Stage
from tests.ui.map.conftest import close_to, color_at, picture
from tests.ui.map.layers.conftest import Scene

GREEN = (10, 120, 30)  # of the tests' tiles
ZOOM = 8


def province_tiles(tmp_path: Path) -> Path:
    """Every tile of zoom 8 around the province, rows from the south as the file has them."""
    x, y = (int(v * 256) for v in point_to_world(106.3, 17.5))
    tiles = [
        (ZOOM, column, 255 - row, tile_picture())
        for column in range(x - 3, x + 4)
        for row in range(y - 3, y + 4)
    ]
    return written(tmp_path, tiles, attribution="© Sở TN&MT")


def seen(scene: Scene) -> None:
    """Until every picture in sight is on the screen."""
    view = scene.pane.view

    def settled() -> bool:
        view.repaint()
        return view.background_ready() and scene.keeper.ground.layer.settled(view.camera.window)

    scene.stage.until(settled)


def test_a_file_lies_under_the_boundaries(scene: Scene, tmp_path: Path) -> None:
    view = scene.pane.view
    scene.choose(pins=False)
    scene.keeper.ground.try_ground(Ground.FILE, str(province_tiles(tmp_path)))
    scene.stage.settle()
    seen(scene)
    image = picture(view)
    at = view.camera.window.to_screen(*point_to_world(106.9, 17.9))  # the sea, without a name or a border
    assert color_at(image, QPoint(round(at[0]), round(at[1]))).getRgb()[:3] == pytest.approx(GREEN, abs=3)
    border = [color_at(image, QPoint(px, 360)) for px in range(606)]
    assert any(not close_to(color, border[-1], 30) for color in border)
    facts = scene.pane.legend_facts()
    assert (facts.ground, facts.ground_by) == ("nền.mbtiles", "© Sở TN&MT")
    assert "Ảnh nền: nền.mbtiles. © Sở TN&MT" in scene.keeper.legend.accessibleDescription()
    assert scene.keeper.choices.ground is Ground.FILE
    scene.choose(ground=Ground.DRAWN)
    seen(scene)
    assert not close_to(
        color_at(picture(view), QPoint(round(at[0]), round(at[1]))),
        color_at(image, QPoint(round(at[0]), round(at[1]))),
    )


def test_a_broken_file_is_told_and_the_ground_stays(scene: Scene, tmp_path: Path) -> None:
    scene.keeper.toggle()
    scene.keeper.ground.try_ground(Ground.FILE, str(written(tmp_path, [(3, 4, 2, b"\x1f\x8bpbf")])))
    scene.stage.settle()
    told = scene.keeper.sheet.trouble.accessibleName()
    assert told.startswith("Không hiện được tệp nền.mbtiles: đây là MBTiles vector (pbf).")
    assert (scene.keeper.choices.ground, scene.pane.legend_facts().ground) == (Ground.DRAWN, "")


def test_a_tile_that_is_damaged_is_told_when_it_is_met(scene: Scene, tmp_path: Path) -> None:
    file = province_tiles(tmp_path)
    scene.keeper.toggle()
    scene.keeper.ground.try_ground(Ground.FILE, str(file))
    file.write_bytes(b"\xff" * file.stat().st_size)
    scene.stage.until(lambda: scene.pane.view.repaint() or bool(scene.keeper.sheet.trouble.accessibleName()))
    assert "tệp hỏng hoặc không phải SQLite" in scene.keeper.sheet.trouble.accessibleName()


def test_an_address_is_typed_shown_and_survives_the_server(
    make_scene: Callable[[], Scene],
    stage: Stage,
    office: Office,  # noqa: F811
) -> None:
    office.body = tile_picture()
    scene = make_scene()
    scene.keeper.toggle()
    (field,) = scene.keeper.sheet.findChildren(QLineEdit, options=Qt.FindChildOption.FindChildrenRecursively)[
        -1:
    ]
    field.setText("https://nowhere/tiles")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.settle()
    assert scene.keeper.sheet.trouble.accessibleName().startswith(
        "Địa chỉ chưa đúng. Cần dạng https://…/{z}/"
    )
    field.setText(office.address)
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.settle()
    seen(scene)
    assert scene.keeper.choices.address == office.address
    assert scene.pane.legend_facts().ground == office.address
    office.shutdown()
    office.server_close()
    office.headers = {}
    again = make_scene()  # the next shift, without a network
    seen(again)
    at = QPoint(300, 4)
    assert color_at(picture(again.pane.view), at).getRgb()[:3] == pytest.approx(GREEN, abs=3)


def test_a_server_that_is_away_is_told_in_words(scene: Scene) -> None:
    scene.keeper.toggle()
    scene.keeper.ground.try_ground(Ground.ADDRESS, "http://127.0.0.1:9/{z}/{x}/{y}.png")
    trouble = scene.keeper.sheet.trouble
    scene.stage.until(lambda: scene.pane.view.repaint() or bool(trouble.accessibleName()))
    assert trouble.accessibleName().startswith("Không kết nối được máy chủ ảnh bản đồ.")


@given(
    st.floats(0.7, 0.9), st.floats(0.4, 0.6), st.floats(5, 18), st.integers(1, 2000), st.integers(1, 1200),
    st.sampled_from([256, 512]),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_the_squares_of_a_window_cover_it_whole(
    x: float, y: float, zoom: float, width: int, height: int, tile_px: int
) -> None:
    class Source:
        minzoom, maxzoom, hands, bounds, trouble = 0, 22, 1, None, ""

        def __init__(self) -> None:
            self.tile_px = tile_px

        def tile(self, zoom: int, column: int, row: int) -> bytes | None:
            return None

        def close(self) -> None:
            """Nothing is open."""

    layer = RasterLayer(Theme())
    layer.set_source(Source())
    window = Window(x, y, zoom, width, height)
    squares = layer._squares(window)
    assert squares
    assert len(squares) <= MOST_AT_ONCE
    across = 1 << squares[0].zoom
    held = {(s.column, s.row) for s in squares}
    west, north, east, south = window.bounds()
    for px, py in ((west, north), (east, south), ((west + east) / 2, (north + south) / 2)):
        assert (math.floor(px * across), math.floor(py * across)) in held
    side = TILE_PX * 2**zoom / across
    assert tile_px / 1.5 < side < tile_px * 1.5
    layer.close()


def test_nothing_is_asked_for_beyond_the_files_bounds(stage: Stage, tmp_path: Path) -> None:
    layer = RasterLayer(Theme())
    file = written(tmp_path, [(6, 50, 35, tile_picture())], bounds="106.4,17.2,106.8,17.7", maxzoom="14")
    layer.set_source(_File(file))
    inside = layer._squares(Window(*point_to_world(106.6, 17.45), 9.0, 800, 600))
    west, north = point_to_world(106.4, 17.7)
    east, south = point_to_world(106.8, 17.2)
    across = 1 << inside[0].zoom
    assert {s.column for s in inside} == set(range(math.floor(west * across), math.floor(east * across) + 1))
    assert {s.row for s in inside} == set(range(math.floor(north * across), math.floor(south * across) + 1))
    assert layer._squares(Window(*point_to_world(105.6, 17.45), 12.0, 800, 600)) == []
    layer.set_source(None)


def test_a_file_of_its_own_thread_is_closed_when_another_is_shown(stage: Stage, tmp_path: Path) -> None:
    held = _File(province_tiles(tmp_path))
    layer = RasterLayer(Theme())
    layer.set_source(held)
    layer.set_source(None)
    layer.close()
    with pytest.raises(DeskError):
        held.tile(ZOOM, 0, 0)
