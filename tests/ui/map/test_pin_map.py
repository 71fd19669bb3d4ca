"""Placing the pin by arrows, click and drag; duplicates with their letters."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.geo.mercator import EARTH_M, point_to_world
from console.geo.outlines import Outlines
from console.geo.states import PinState
from console.ui.map.pin_map import PinMap
from console.ui.theme import Theme
from tests.ui.map.conftest import NOW, apart, close_to, color_at, picture

LON, LAT = 106.62, 17.468


@pytest.fixture
def make_map(qtbot: QtBot, outlines: Outlines) -> Callable[[], PinMap]:
    kept: list[QWidget] = []

    def make() -> PinMap:
        host = QWidget()
        kept.append(host)
        host.resize(700, 500)
        view = PinMap(Theme("light"), host)
        view.setGeometry(0, 0, 700, 500)
        qtbot.addWidget(host, before_close_func=lambda _: view.close_map())
        view.set_outlines(outlines)
        with qtbot.waitExposed(host):
            host.show()
        return view

    return make


@pytest.fixture
def view(make_map: Callable[[], PinMap]) -> PinMap:
    return make_map()


def metres(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """East and south from a to b on the ground, near LAT."""
    (ax, ay), (bx, by) = point_to_world(*a), point_to_world(*b)
    ground = EARTH_M * 0.95388  # cosine of LAT
    return (bx - ax) * ground, (by - ay) * ground


def tip(view: PinMap) -> QPoint:
    assert view.tool.at is not None
    x, y = view.camera.window.to_screen(*view.tool.at)
    return QPoint(round(x), round(y))


@pytest.mark.parametrize(
    ("key", "shift", "east", "south"),
    [
        (Qt.Key.Key_Right, False, 5, 0),
        (Qt.Key.Key_Left, False, -5, 0),
        (Qt.Key.Key_Up, False, 0, -5),
        (Qt.Key.Key_Down, True, 0, 25),
    ],
)
def test_arrows_move_the_pin_on_the_ground(
    qtbot: QtBot, view: PinMap, key: Qt.Key, shift: bool, east: float, south: float
) -> None:
    view.set_pin(LON, LAT)
    before = view.camera.window
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(view.point_chosen) as heard:
        qtbot.keyClick(view, key, modifier)
    assert heard.args is not None
    lon, lat = heard.args
    assert metres((LON, LAT), (lon, lat)) == pytest.approx((east, south), abs=0.02)
    assert view.camera.window == before


def test_the_pin_never_leaves_the_sight(qtbot: QtBot, view: PinMap) -> None:
    view.set_pin(LON, LAT)
    for _ in range(12):
        view.zoom_by(2)
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.tool.at is not None
    assert view.camera.window.holds(*view.tool.at)


def test_without_a_pin_arrows_pan(qtbot: QtBot, view: PinMap) -> None:
    before = view.camera.window
    with qtbot.assertNotEmitted(view.point_chosen):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.window.left > before.left


def test_a_click_puts_the_pin_where_it_hit(qtbot: QtBot, view: PinMap) -> None:
    view.set_pin(LON, LAT)
    with qtbot.waitSignal(view.point_chosen) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 300))
    assert heard.args is not None
    x, y = view.camera.window.to_screen(*point_to_world(*heard.args))
    assert (x, y) == pytest.approx((200, 300), abs=0.01)


def test_a_drag_moves_the_pin_and_not_the_map(qtbot: QtBot, view: PinMap) -> None:
    view.set_pin(LON, LAT)
    before, start = view.camera.window, tip(view)
    head = start + QPoint(0, -26)
    heard: list[tuple[float, float]] = []
    view.point_chosen.connect(lambda lon, lat: heard.append((lon, lat)))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=head)
    qtbot.mouseMove(view, head + QPoint(30, 10))
    qtbot.mouseMove(view, head + QPoint(60, 40))
    assert heard == []
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=head + QPoint(60, 40))
    assert len(heard) == 1
    assert tip(view) - start == QPoint(60, 40)
    assert view.camera.window == before


def test_enter_settles_the_pin(qtbot: QtBot, view: PinMap) -> None:
    view.set_pin(LON, LAT)
    with qtbot.waitSignal(view.pin_settled):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_set_pin_looks_close_enough_for_streets(view: PinMap) -> None:
    view.set_pin(LON, LAT)
    assert view.camera.window.zoom >= 14
    assert view.camera.window.holds(*point_to_world(LON, LAT), 40)
    view.set_pin(None)
    assert view.tool.degrees() is None


def test_set_pin_from_typing_need_not_move_the_map(view: PinMap) -> None:
    before = view.camera.window
    view.set_pin(LON, LAT, look=False)
    assert view.camera.window == before


def test_the_pin_and_its_circle_are_painted(view: PinMap) -> None:
    view.set_pin(LON, LAT)
    theme = Theme("light")
    at = tip(view)
    assert close_to(color_at(picture(view), at + QPoint(-9, -26)), theme.color("accent"))
    bare = color_at(picture(view), at + QPoint(60, 40))
    view.set_radius(500)
    inside = color_at(picture(view), at + QPoint(60, 40))
    assert inside.blue() - inside.red() > bare.blue() - bare.red()


def test_duplicates_carry_their_state(view: PinMap) -> None:
    view.set_pin(LON, LAT)
    view.set_suspects([("A", LON + 0.002, LAT, PinState.OVERDUE)])
    x, y = view.camera.window.to_screen(*point_to_world(LON + 0.002, LAT))
    image, theme = picture(view), Theme("light")
    at = QPoint(round(x), round(y))
    assert close_to(color_at(image, at + QPoint(-4, 1)), theme.color("alarm"))
    assert close_to(color_at(image, at + QPoint(12, 6)), theme.color("surface"))
    view.set_suspects([])
    assert picture(view) != image


def test_out_of_pin_mode_it_is_a_map_like_any_other(qtbot: QtBot, view: PinMap) -> None:
    assert "Đặt ghim" in view.accessibleDescription()
    view.set_points(apart(), NOW)
    view.set_pin_mode(False)
    assert "Đặt ghim" not in view.accessibleDescription()
    view.repaint()
    place = view.board.place("soon")
    assert place is not None
    x, y = view.camera.window.to_screen(*place)
    with qtbot.assertNotEmitted(view.point_chosen), qtbot.waitSignal(view.picked) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert heard.args == ["soon"]
    with qtbot.waitSignal(view.opened):
        qtbot.keyClick(view, Qt.Key.Key_Enter)
