"""The map under keys, pointer and data; what it shows is judged by the colour at a place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.geo.mercator import point_to_world
from console.geo.states import ABOUT_HERE, PinState
from console.ui.map.map_view import MapView
from console.ui.map.standing import CALM_S
from console.ui.theme import Theme
from tests.ui.map.conftest import (
    HOUR,
    NOW,
    StillClock,
    apart,
    close_to,
    color_at,
    many,
    picture,
    some,
    spot,
)


def painted(qtbot: QtBot, view: MapView) -> None:
    """Wait until the whole window's background has come from the worker."""
    view.repaint()
    qtbot.waitUntil(lambda: view.background_ready(), timeout=20_000)
    view.repaint()


# -- what is seen -------------------------------------------------------------------------------------


def test_pins_have_the_colour_of_their_state(
    qtbot: QtBot, theme: Theme, make_view: Callable[[Theme], MapView]
) -> None:
    view = make_view(theme)
    view.set_points(apart(), NOW)
    image = picture(view)
    for case, token in (("late", "alarm"), ("soon", "warn"), ("calm", "pin")):
        beside = spot(view, case) + QPoint(-4, 1)
        assert close_to(color_at(image, beside), theme.color(token)), case
    for case, token in (("new", "accent"), ("rest", "pin")):
        middle = spot(view, case)
        radius = 6 if case == "new" else 5
        assert close_to(color_at(image, middle), theme.color("surface")), case
        assert close_to(color_at(image, middle + QPoint(radius, 0)), theme.color(token), 60), case


def test_the_background_is_land_sea_and_neighbours(
    qtbot: QtBot, theme: Theme, make_view: Callable[[Theme], MapView]
) -> None:
    view = make_view(theme)
    painted(qtbot, view)
    image = picture(view)
    assert close_to(color_at(image, QPoint(580, 60)), theme.color("mapSea"))
    assert close_to(color_at(image, QPoint(100, 700)), theme.color("mapOut"))
    window = view.camera.window
    x, y = window.to_screen(*point_to_world(106.2, 17.5))
    land = color_at(image, QPoint(round(x), round(y)))
    assert close_to(land, theme.color("mapLand")) or close_to(land, theme.color("mapLandAlt"))


def test_another_theme_repaints_everything(qtbot: QtBot, make_view: Callable[[Theme], MapView]) -> None:
    theme = Theme("light")
    view = make_view(theme)
    painted(qtbot, view)
    theme.set_mode("dark")
    painted(qtbot, view)
    assert close_to(color_at(picture(view), QPoint(580, 60)), theme.color("mapSea"))


def test_a_bubble_shows_the_share_of_late_ones(view: MapView) -> None:
    view.set_points(some(("a", 106.3, 17.5, -1, 0), ("b", 106.3, 17.5, 9, 0), ("c", 106.3, 17.5, 9, 0)), NOW)
    image, middle = picture(view), spot(view, "a")
    theme = Theme("light")
    assert close_to(color_at(image, middle + QPoint(9, 0)), theme.color("pin"))
    assert close_to(color_at(image, middle + QPoint(6, -15)), theme.color("alarm"), 60)
    assert not close_to(color_at(image, middle + QPoint(-6, -15)), theme.color("alarm"), 60)


def test_the_selected_pin_lies_on_top_of_its_bubble(view: MapView) -> None:
    view.set_points(some(("a", 106.3, 17.5, -1, 0), ("b", 106.3, 17.5, 9, 0)), NOW)
    view.select("a")
    at = spot(view, "a") + QPoint(-4, 1)
    assert close_to(color_at(picture(view), at), Theme("light").color("alarm"))


def test_a_case_without_a_place_of_its_own_is_lighter(view: MapView) -> None:
    view.set_points(some(("here", 106.0, 17.8, -1, 0), ("about", 106.6, 17.2, -1, ABOUT_HERE)), NOW)
    image, alarm = picture(view), Theme("light").color("alarm")
    assert close_to(color_at(image, spot(view, "here") + QPoint(-4, 1)), alarm)
    lighter = color_at(image, spot(view, "about") + QPoint(-4, 1))
    assert lighter.lightness() > alarm.lightness() + 20
    assert lighter.red() > lighter.blue() + 40


def test_a_minute_turns_a_disc_into_a_diamond_and_an_octagon(view: MapView) -> None:
    view.set_points(some(("a", 106.3, 17.5, 2, 0)), NOW)
    at, theme = spot(view, "a") + QPoint(-4, 1), Theme("light")
    seen = [color_at(picture(view), at)]
    for hours in (1, 2):
        view.tick(NOW + hours * HOUR)
        seen.append(color_at(picture(view), at))
    assert [
        close_to(color, theme.color(token))
        for color, token in zip(seen, ("pin", "warn", "alarm"), strict=True)
    ] == [True] * 3


def test_the_description_tells_the_figures(view: MapView) -> None:
    view.set_points(apart(), NOW)
    assert view.accessibleName()
    assert "5 phản ánh đang mở, 1 quá hạn, 1 sắp đến hạn" in view.accessibleDescription()


# -- keys ---------------------------------------------------------------------------------------------


def test_letters_never_go_to_an_input_method(view: MapView) -> None:
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, -1),
        (Qt.Key.Key_Down, 0, 1),
    ],
)
def test_arrows_pan(qtbot: QtBot, view: MapView, key: Qt.Key, dx: int, dy: int) -> None:
    before = view.camera.window
    qtbot.keyClick(view, key)
    after = view.camera.window
    assert ((after.left > before.left) - (after.left < before.left)) == dx
    assert ((after.top > before.top) - (after.top < before.top)) == dy


def test_plus_minus_and_nought(qtbot: QtBot, view: MapView) -> None:
    whole = view.camera.window
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Equal)
    assert view.camera.window.zoom == whole.zoom + 1
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.window.zoom == whole.zoom + 0.5
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.camera.window == whole


def test_zoom_has_an_end(qtbot: QtBot, view: MapView) -> None:
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.window.zoom == 18
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.window.zoom == 6


def test_full_stop_and_comma_go_by_deadline(qtbot: QtBot, view: MapView) -> None:
    view.set_points(apart(), NOW)
    heard: list[str] = []
    view.picked.connect(heard.append)
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Comma):
        qtbot.keyClick(view, key)
    assert heard == ["late", "soon", "new", "soon"]


def test_stepping_brings_a_far_case_into_sight(qtbot: QtBot, view: MapView) -> None:
    view.set_points(apart(), NOW)
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Period)
    place = view.board.place("late")
    assert place is not None
    assert view.camera.window.holds(*place, 40)


def test_enter_opens_the_selected_case(qtbot: QtBot, view: MapView) -> None:
    view.set_points(apart(), NOW)
    heard: list[str] = []
    view.opened.connect(heard.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.select("calm")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert heard == ["calm"]


def test_keys_with_control_belong_to_others(qtbot: QtBot, view: MapView) -> None:
    before = view.camera.window
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert view.camera.window == before


# -- pointer ------------------------------------------------------------------------------------------


def test_a_click_picks_and_a_double_click_opens(qtbot: QtBot, view: MapView) -> None:
    view.set_points(apart(), NOW)
    view.repaint()
    heard: list[tuple[str, str]] = []
    view.picked.connect(lambda case: heard.append(("picked", case)))
    view.opened.connect(lambda case: heard.append(("opened", case)))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot(view, "soon") + QPoint(3, 2))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=spot(view, "soon"))
    assert ("picked", "soon") in heard
    assert heard[-1] == ("opened", "soon")


def test_a_click_on_nothing_picks_nothing(qtbot: QtBot, view: MapView) -> None:
    view.set_points(apart(), NOW)
    view.repaint()
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(560, 60))


def test_a_drag_pans_by_its_length(qtbot: QtBot, view: MapView) -> None:
    before = view.camera.window
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(view, QPoint(340, 320))
    qtbot.mouseMove(view, QPoint(400, 330))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 330))
    after = view.camera.window
    assert (before.left - after.left, before.top - after.top) == (100, 30)


def test_the_wheel_zooms_towards_the_pointer(view: MapView) -> None:
    at = QPointF(150, 200)
    world = view.camera.window.to_world(at.x(), at.y())
    notch = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    zoom = view.camera.window.zoom
    QApplication.sendEvent(view, notch)
    assert view.camera.window.zoom == zoom + 0.5
    assert view.camera.window.to_screen(*world) == pytest.approx((150, 200), abs=1.1)


def test_a_click_on_a_bubble_looks_into_it(qtbot: QtBot, view: MapView) -> None:
    view.set_points(some(("a", 106.30, 17.5, 1, 0), ("b", 106.31, 17.5, 2, 0)), NOW)
    view.repaint()
    zoom = view.camera.window.zoom
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot(view, "a"))
    assert view.camera.window.zoom > zoom
    assert len(view.board.level(view.camera.window.zoom)) == 2


def test_a_bubble_that_cannot_be_parted_gives_one_after_the_other(qtbot: QtBot, view: MapView) -> None:
    view.set_points(some(("b", 106.3, 17.5, 5, 0), ("a", 106.3, 17.5, 1, 0)), NOW)
    heard: list[str] = []
    view.picked.connect(heard.append)
    for _ in range(3):
        view.repaint()
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot(view, "a"))
    assert heard == ["a", "b", "a"]


def test_a_bubble_tells_its_figures(view: MapView) -> None:
    view.set_points(some(("a", 106.3, 17.5, -1, 0), ("b", 106.3, 17.5, 9, 0)), NOW)
    view.repaint()
    at = spot(view, "a")
    assert view.words_at(at.x(), at.y()).startswith("2 phản ánh, 1 quá hạn, 0 sắp đến hạn.")
    assert view.words_at(5, 5) == ""


# -- data never moves what is under the hand -----------------------------------------------------------


def touch(view: MapView, at: QPoint) -> None:
    """The pointer comes in."""
    point = QPointF(at)
    QApplication.sendEvent(view, QEnterEvent(point, point, view.mapToGlobal(point)))


def test_data_never_moves_the_map(view: MapView) -> None:
    view.set_points(apart(), NOW)
    view.zoom_by(6)
    before = view.camera.window
    view.set_points(many(300), NOW)
    view.update_points(some(("far", 105.7, 17.9, -9, 0)), ["n1"], NOW)
    view.select("far")
    assert view.camera.window == before


def test_new_clusters_wait_while_the_pointer_is_at_work(
    qtbot: QtBot, view: MapView, clock: StillClock
) -> None:
    view.set_points(apart(), NOW)
    touch(view, QPoint(300, 300))
    view.set_points(many(50), NOW)
    assert len(view.board) == 5
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: len(view.board) == 50)


def test_a_pointer_that_rests_holds_nothing_back(qtbot: QtBot, view: MapView, clock: StillClock) -> None:
    view.set_points(apart(), NOW)
    touch(view, QPoint(300, 300))
    view.set_points(many(50), NOW)
    clock.now += CALM_S
    qtbot.waitUntil(lambda: len(view.board) == 50)


def test_small_updates_are_seen_at_once_and_sorted_in_later(qtbot: QtBot, view: MapView) -> None:
    view.set_points(apart(), NOW)
    with qtbot.waitSignal(view.shown):
        view.update_points(some(("extra", 106.6, 17.6, -1, 0)), ["rest"], NOW)
        at = spot(view, "extra") + QPoint(-4, 1)
        assert close_to(color_at(picture(view), at), Theme("light").color("alarm"))
        assert view.board.unsorted
    assert not view.board.unsorted
    assert sorted(view.board.names) == ["calm", "extra", "late", "new", "soon"]


def test_an_update_also_reaches_the_points_that_still_wait(
    qtbot: QtBot, view: MapView, clock: StillClock
) -> None:
    view.set_points(apart(), NOW)
    touch(view, QPoint(300, 300))
    view.set_points(many(10), NOW)
    view.update_points(some(("extra", 106.6, 17.6, -1, 0)), ["n3"], NOW)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not view.board.unsorted and len(view.board) == 10)
    assert view.board.look("extra") == (PinState.OVERDUE, False)
    assert view.board.look("n3") is None


def test_the_size_keeps_the_whole_province_until_a_hand_moves_it(view: MapView) -> None:
    box = view.camera.box
    assert box is not None
    view.resize(400, 500)
    window = view.camera.window
    assert window.holds(box[0], box[1])
    assert window.holds(box[2], box[3])
    view.pan(30, 0)
    moved = (view.camera.x, view.camera.y, view.camera.quarters)
    view.resize(600, 700)
    assert (view.camera.x, view.camera.y, view.camera.quarters) == moved


def test_nobody_gets_lost(view: MapView) -> None:
    for _ in range(200):
        view.pan(500, 500)
    box = view.camera.box
    assert box is not None
    assert view.camera.x <= box[2] + (box[2] - box[0]) / 2 + 1e-12
    assert view.camera.y <= box[3] + (box[3] - box[1]) / 2 + 1e-12


def test_a_unit_and_a_circle_can_be_shown(view: MapView) -> None:
    view.show_unit(view.outlines.communes[0].code)
    box = view.outlines.box_of(view.outlines.communes[0].code)
    assert box is not None
    assert view.camera.window.holds(box[0], box[1])
    assert view.camera.window.zoom > 10
    view.show_around(106.6, 17.4, 1000)
    far = view.camera.window.bounds()
    assert far[0] < point_to_world(106.6, 17.4)[0] < far[2]


def test_a_callout_names_the_selected_case_from_near(view: MapView) -> None:
    view.set_points(apart(), NOW)
    view.select("calm")
    view.show_around(106.35, 17.85, 2000)
    without = picture(view)
    view.set_callout("late", "2411-03480-2", "Cột điện nghiêng")
    assert picture(view) == without
    view.set_callout("calm", "2411-03480-2", "Cột điện nghiêng")
    at = spot(view, "calm") + QPoint(30, 9)
    assert close_to(color_at(picture(view), at), Theme("light").color("surface"))
    assert picture(view) != without
