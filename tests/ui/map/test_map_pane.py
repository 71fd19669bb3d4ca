"""The pane: count, age of the data, follow the list, buttons, table."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk.rows import DistrictRow
from console.reference import bundled
from console.ui.map.legend import Legend
from console.ui.map.map_pane import MapPane
from console.ui.map.sprites import count_text, eighths
from console.ui.map.tool_button import tool_button
from console.ui.parts.buttons import quiet
from console.ui.theme import Theme
from tests.ui.map.conftest import DAY, NOW, apart, close_to, color_at, picture

AT = datetime.fromtimestamp(NOW / 1000, UTC)


@pytest.fixture
def make_pane(qtbot: QtBot) -> Callable[[Theme], MapPane]:
    kept: list[QWidget] = []

    def make(theme: Theme) -> MapPane:
        host = QWidget()
        kept.append(host)
        host.resize(606, 960)
        pane = MapPane(theme, host)
        pane.setGeometry(0, 0, 606, 960)
        qtbot.addWidget(host, before_close_func=lambda _: pane.close_map())
        pane.set_reference(bundled(), DAY)
        with qtbot.waitExposed(host):
            host.show()
        return pane

    return make


@pytest.fixture
def pane(make_pane: Callable[[Theme], MapPane]) -> MapPane:
    return make_pane(Theme("light"))


def button(pane: MapPane, words: str) -> QAbstractButton:
    return next(b for b in pane.findChildren(QAbstractButton) if b.accessibleName().startswith(words))


def test_count_and_age_are_those_of_what_is_seen(pane: MapPane) -> None:
    assert "Đang tải" in pane.as_of.text()
    pane.set_points(apart(), AT)
    assert pane.as_of.text() == "Cập nhật 13:00:00"
    assert any(w.accessibleName() == "Bản đồ trực tiếp 5" for w in pane.findChildren(QWidget))


def test_following_the_list_moves_the_map(qtbot: QtBot, pane: MapPane) -> None:
    pane.set_points(apart(), AT)
    pane.view.show_around(106.8, 17.1, 3000)
    before = pane.view.camera.window
    pane.select("late")
    assert pane.view.camera.window == before
    with qtbot.waitSignal(pane.follow_changed):
        qtbot.mouseClick(button(pane, "Theo danh sách"), Qt.MouseButton.LeftButton)
    assert pane.follows
    place = pane.view.board.place("late")
    assert place is not None
    assert pane.view.camera.window.holds(*place)


def test_what_was_picked_on_the_map_never_moves_it(pane: MapPane) -> None:
    pane.set_points(apart(), AT)
    pane.set_follow(True)
    place = pane.view.board.place("soon")
    assert place is not None
    pane.view.zoom_by(4)
    x, y = pane.view.camera.window.to_screen(*place)
    pane.view.pan(x - 5, y - 300)  # the pin stands at the very edge
    pane.view.repaint()
    before = pane.view.camera.window
    pane.picked.connect(pane.select)
    x, y = before.to_screen(*place)
    pane.view.click(x, y)
    assert pane.view.camera.window == before


def test_the_buttons_do_what_they_say(qtbot: QtBot, pane: MapPane) -> None:
    whole = pane.view.camera.window
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(button(pane, "Phóng to"), left)
    assert pane.view.camera.window.zoom == whole.zoom + 0.5
    qtbot.mouseClick(button(pane, "Thu nhỏ"), left)
    qtbot.mouseClick(button(pane, "Thu nhỏ"), left)
    assert pane.view.camera.window.zoom == whole.zoom - 0.5
    qtbot.mouseClick(button(pane, "Toàn tỉnh"), left)
    assert pane.view.camera.window == whole


def test_every_button_has_a_name_and_room_for_a_finger(pane: MapPane) -> None:
    for found in pane.findChildren(QAbstractButton):
        if found.isVisible():
            assert found.accessibleName()
            assert min(found.width(), found.height()) >= 26


@pytest.mark.parametrize(("width", "words"), [(606, True), (400, False)])
def test_buttons_of_the_header_lose_their_words_before_anything_is_cut(
    pane: MapPane, width: int, words: bool
) -> None:
    layers = quiet(pane.theme, "Lớp", icon="action.layers", parent=pane)
    pane.add_tool(layers)
    for icon in ("action.print", "ph.scribble-loop", "ph.arrow-square-out"):
        pane.add_tool(tool_button(pane.theme, icon, icon, "K", pane))
    pane.set_points(apart(), AT)
    pane.resize(width, 960)
    QApplication.processEvents()
    follow = button(pane, "Theo danh sách")
    assert (follow.width() > 60, layers.width() > 60) == (words, words)
    assert layers.accessibleName() == "Lớp"
    parts = [pane.header.title, *pane.header.findChildren(QAbstractButton)]
    assert all(part.width() >= part.sizeHint().width() for part in parts)


def test_the_legend_takes_as_many_lines_as_it_needs(pane: MapPane) -> None:
    (legend,) = pane.view.findChildren(Legend)
    one = legend.height()
    pane.resize(320, 960)
    QApplication.processEvents()
    assert legend.height() > one
    assert legend.geometry().right() < pane.view.width()
    pane.resize(606, 960)
    QApplication.processEvents()
    assert legend.height() == one


def test_an_area_of_the_table_is_shown(qtbot: QtBot, pane: MapPane) -> None:
    district = pane.view.outlines.districts[0]
    pane.set_districts([DistrictRow(code=district.code, name=district.name, open=3, soon=0, overdue=1)])
    half = pane.table.halves[0]
    half.setCurrentIndex(pane.table.models[0].index(0, 0))
    zoom = pane.view.camera.window.zoom
    qtbot.keyClick(half, Qt.Key.Key_Return)
    assert pane.view.camera.window.zoom > zoom
    box = pane.view.outlines.box_of(district.code)
    assert box is not None
    assert pane.view.camera.window.holds(box[0], box[3])


def test_updates_and_minutes_reach_the_map(qtbot: QtBot, pane: MapPane) -> None:
    pane.set_points(apart(), AT)
    QApplication.sendEvent(pane.view, QEvent(QEvent.Type.Leave))
    with qtbot.waitSignal(pane.view.shown):
        pane.update_points(apart(), ["rest"], AT)
    assert len(pane.view.board) == 5
    pane.tick(datetime.fromtimestamp(NOW / 1000 + 3600 * 1, UTC))
    assert pane.view.board.look("soon") is not None


def test_signals_come_from_the_map(qtbot: QtBot, pane: MapPane) -> None:
    pane.set_points(apart(), AT)
    with qtbot.waitSignal(pane.picked) as heard:
        qtbot.keyClick(pane.view, Qt.Key.Key_Period)
    assert heard.args == ["late"]
    with qtbot.waitSignal(pane.opened) as heard:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert heard.args == ["late"]


def test_without_a_header_the_map_has_its_room(qtbot: QtBot) -> None:
    host = QWidget()
    pane = MapPane(Theme("light"), host, header=False)
    qtbot.addWidget(host, before_close_func=lambda _: pane.close_map())
    assert not button(pane, "Theo danh sách").isVisibleTo(pane)


def test_what_lies_over_the_map_is_a_plate(make_pane: Callable[[Theme], MapPane], theme: Theme) -> None:
    pane = make_pane(theme)
    chip = pane.as_of
    image = picture(chip)
    assert close_to(color_at(image, QPoint(4, chip.height() // 2)), theme.color("surface"))


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 9, 0), (1, 1000, 1), (5, 10, 4), (999, 1000, 7), (9, 9, 8), (0, 0, 0)]
)
def test_shares_in_eighths_never_hide_the_few(part: int, whole: int, expected: int) -> None:
    assert eighths(part, whole) == expected


@pytest.mark.parametrize(
    ("count", "text"),
    [(7, "7"), (999, "999"), (1000, "1,0k"), (1249, "1,2k"), (9949, "9,9k"), (9950, "10k"), (34_400, "34k")],
)
def test_counts_fit_into_a_bubble(count: int, text: str) -> None:
    assert count_text(count) == text
