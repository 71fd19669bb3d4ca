"""The heat on the map: by keyboard, over its period, with a legend that says what it shows."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.place import Place, Point
from console.geo.mercator import point_to_world
from console.ui.map.layers.choices import Choices, Ground, Period, bounds, recall
from console.ui.map.layers.heat_layer import HeatLayer
from console.ui.map.map_view import MapView
from console.ui.parts.choice import TickBox
from console.ui.theme import Theme
from tests.desk.people import MONDAY, WARDS
from tests.ui.conftest import Stage
from tests.ui.map.conftest import color_at, picture
from tests.ui.map.layers.conftest import Scene

AT = Point(WARDS[0].lon, WARDS[0].lat)


def here(view: MapView) -> QPoint:
    x, y = view.camera.window.to_screen(*point_to_world(AT.lon, AT.lat))
    return QPoint(round(x), round(y))


def report_calls(scene: Scene, count: int) -> None:
    for _ in range(count):
        scene.stage.log(scene.desk, place=Place(commune=WARDS[0].code, point=AT))


def warm(scene: Scene) -> None:
    """Until what is painted is the heat of what is meant."""
    view = scene.pane.view

    def settled() -> bool:
        view.repaint()
        return (
            scene.keeper.heat.layer.settled(view.camera.window) and scene.keeper.heat.layer.scale is not None
        )

    scene.stage.until(settled)


def test_by_keyboard_the_heat_comes_and_says_what_it_shows(scene: Scene) -> None:
    report_calls(scene, 3)
    view, sheet = scene.pane.view, scene.keeper.sheet
    scene.stage.until(view.background_ready)
    view.setFocus()
    cold = color_at(picture(view), here(view))
    QTest.keyClick(view, Qt.Key.Key_L)
    assert sheet.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    box = QApplication.focusWidget()
    assert isinstance(box, TickBox)
    assert box.accessibleName() == "Mật độ phản ánh đã tiếp nhận"
    QTest.keyClick(box, Qt.Key.Key_Space)
    scene.stage.settle()
    warm(scene)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (sheet.isVisible(), view.hasFocus()) == (False, True)
    hot = color_at(picture(view), here(view))
    assert hot != cold
    assert hot.blueF() > hot.greenF() + 0.05
    told = scene.keeper.legend.accessibleDescription()
    assert told.startswith("Mật độ: 3 phản ánh tiếp nhận 24 giờ qua. Màu mạnh nhất: khoảng 5 phản ánh trong")
    facts = scene.pane.legend_facts()
    assert facts.heat is not None
    assert (facts.heat.reports, facts.heat.top, facts.pins) == (3, 5, True)


def test_a_new_report_joins_and_an_old_day_leaves_it_out(scene: Scene) -> None:
    report_calls(scene, 1)
    scene.choose(heat=True)
    report_calls(scene, 1)
    scene.keeper.heat.news.setInterval(0)
    scene.stage.until(lambda: scene.keeper.heat.layer.reports == 2)
    day = MONDAY.date() - timedelta(days=3)
    scene.choose(period=Period.RANGE, since=day, until=day)
    assert scene.keeper.heat.layer.reports == 0
    legend = scene.keeper.legend
    told = legend.accessibleDescription()
    assert told.startswith(f"Mật độ: 0 phản ánh tiếp nhận từ {day:%d/%m/%Y} đến {day:%d/%m/%Y}. Ranh giới")
    scene.choose(heat=False)
    assert not legend.isVisible()
    assert scene.pane.legend_facts().heat is None


def test_what_was_switched_off_meanwhile_never_comes(scene: Scene) -> None:
    report_calls(scene, 1)
    sheet, plain = scene.keeper.sheet, scene.keeper.choices
    sheet.chosen.emit(plain.changed(heat=True))  # is still being read
    sheet.chosen.emit(plain)
    scene.stage.settle()
    assert scene.pane.legend_facts().heat is None
    assert scene.keeper.heat.layer.reports == 0


def test_choices_are_remembered_by_user(make_scene: Callable[[], Scene], stage: Stage) -> None:
    first = make_scene()
    first.choose(heat=True, period=Period.MONTH, pins=False)
    again = make_scene()
    assert again.keeper.choices == first.keeper.choices
    assert again.keeper.heat.layer.reports == 0
    assert again.pane.legend_facts().heat is not None
    assert recall(stage.memory, "somebody else") == Choices()
    stage.memory.keep("map.layers.spoiled", '{"ground": "no such"}')
    assert recall(stage.memory, "spoiled") == Choices()
    assert Ground.DRAWN is Choices().ground


@pytest.mark.parametrize(
    ("chosen", "hours"),
    [
        (Choices(period=Period.DAY), 24),
        (Choices(period=Period.WEEK), 7 * 24),
        (Choices(period=Period.RANGE), 24),
        (Choices(period=Period.RANGE, since=date(2024, 10, 1), until=date(2024, 10, 31)), 31 * 24),
        (Choices(period=Period.RANGE, since=date(2024, 11, 3), until=date(2024, 11, 1)), 24),
    ],
)
def test_a_period_is_never_empty(chosen: Choices, hours: int) -> None:
    since, until = bounds(chosen, MONDAY)
    over = timedelta(minutes=0 if chosen.period is Period.RANGE else 1)
    assert until - since == timedelta(hours=hours) + over
    assert chosen.period is Period.RANGE or until > MONDAY


def test_panning_shows_the_heat_where_it_belongs(stage: Stage) -> None:
    view = MapView(Theme("dark"))
    view.resize(400, 300)
    layer = HeatLayer(Theme("dark"), lambda: 1.0)
    view.layers.append(layer)
    layer.set_points(np.array([106.6]), np.array([17.5]))
    view.show_around(106.6, 17.5, 2000)

    def brightest() -> int:
        image = picture(view)
        return max(range(0, 400, 4), key=lambda px: color_at(image, QPoint(px, 150)).lightness())

    picture(view)
    stage.until(lambda: layer.settled(view.camera.window))
    assert abs(brightest() - 200) <= 8
    view.pan(60, 0)  # within what is painted: moved at once
    assert abs(brightest() - 140) <= 8
    view.zoom_by(4)  # enlarged at once, painted anew soon
    assert abs(brightest() - 80) <= 12
    stage.until(lambda: layer.settled(view.camera.window))
    assert abs(brightest() - 80) <= 8
    layer.close()
    view.close_map()
