"""The whole window on a real desk: rooms, panes, keys, search, connection, both widths."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk.connection import Connection, Net
from console.desk.desk import Desk
from console.domain.case import Role
from console.ui.case.case_pane import CasePane
from console.ui.intake.intake_room import IntakeRoom
from console.ui.main_window import MainWindow
from console.ui.map.map_pane import MapPane
from console.ui.more_rooms import Kit, MoreRoom, MoreRooms
from console.ui.queue.queue_room import QueueRoom
from console.ui.rooms import Rooms
from console.ui.words import t
from tests.desk.people import MONDAY
from tests.ui.conftest import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier


class Outbox(QWidget):
    """Stands where the outbox stands; another room's tests look at the real one."""

    def keys(self) -> list[tuple[str, str]]:
        return [("1", "mine")]

    def activated(self) -> None:
        self.setFocus()


def make(kit: Kit) -> QWidget:
    """This module stands where a further room's module stands."""
    return Outbox()


def one_further_room(stage: Stage) -> MoreRooms:
    async def load(names: Sequence[str]) -> None:
        await asyncio.sleep(0)

    def kit() -> Kit:
        return cast(Kit, None)  # this room needs nothing of it

    return MoreRooms(Role.DISPATCHER, load, kit, [MoreRoom("reports", __name__)])


def window_on(
    stage: Stage, desk: Desk, qtbot: QtBot, width: int, height: int, more: MoreRooms | None = None
) -> MainWindow:
    signals = stage.signals(desk)
    common = (desk, signals, stage.theme, stage.tasks)
    rooms = Rooms(
        queue=QueueRoom(*common, stage.memory),
        map=lambda: MapPane(stage.theme),
        case=lambda: CasePane(*common, stage.notices),
        intake=lambda: IntakeRoom(*common, stage.notices),
        outbox=Outbox,
        more=more,
    )
    window = MainWindow(*common, stage.notices, stage.memory, rooms, version="0.1.0", can_unplug=True)
    qtbot.addWidget(window, before_close_func=_stop)
    window.resize(width, height)
    window.show()
    window.start()
    stage.until(lambda: rooms.queue.state.loaded_at is not None)
    stage.settle()
    return window


def _stop(window: QWidget) -> None:
    assert isinstance(window, MainWindow)
    window._rooms.map.close_map()
    window._rooms.intake.close_room()


@pytest.fixture
def window(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    for _ in range(3):
        stage.log(desk, forward=True)
    made = window_on(stage, desk, qtbot, 1920, 1080)
    yield made
    stage.settle()


def focus_in(stage: Stage, pane: QWidget) -> None:
    stage.until(lambda: pane.focusWidget() is not None and pane.isAncestorOf(pane.window().focusWidget()))


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    target = window.focusWidget() or window
    qtbot.keyClick(target, key, modifier)


def test_three_panes_side_by_side_when_wide(window: MainWindow) -> None:
    queue, map_pane, case = window._rooms.queue, window._rooms.map, window._rooms.case
    assert queue.isVisible()
    assert map_pane.isVisible()
    assert case.isVisible()
    assert abs(queue.width() - 792) <= 2
    assert abs(case.width() - 446) <= 2
    assert window.rail.entries["map"].isHidden()
    assert window.top.height() == 46
    assert window.status.height() == 26


def test_the_right_pane_has_tabs_when_narrow(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    stage.log(desk)
    window = window_on(stage, desk, qtbot, 1366, 768)
    assert window.workspace.compact
    assert window.rail.width() == 64
    assert abs(window._rooms.queue.width() - 760) <= 2
    assert window._rooms.case.isVisible()
    assert not window._rooms.map.isVisible()
    window.show_room("map")
    assert window._rooms.map.isVisible()
    assert window.rail.entries["map"].isChecked()
    window.resize(1920, 1080)
    assert window._rooms.map.isVisible()
    assert window._rooms.case.isVisible()
    window.resize(1366, 768)
    window.show_room("queue")
    assert window._rooms.case.isVisible()
    stage.settle()


def test_the_chosen_row_is_shown_beside_it(window: MainWindow, stage: Stage) -> None:
    queue, case = window._rooms.queue, window._rooms.case
    stage.until(lambda: case.view is not None)
    queue.table.go(2)
    stage.until(lambda: case.view is not None and case.view.case.id == queue.chosen)


def test_panes_in_turn_by_f6(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    rooms = window._rooms
    window.activateWindow()
    stage.until(window.isActiveWindow)
    rooms.queue.activated()
    for pane in (rooms.map, rooms.case, rooms.queue):
        window.panes.step(1)
        focus_in(stage, pane)
    window.panes.step(-1)
    focus_in(stage, rooms.case)


def test_rooms_by_their_keys(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    window.activateWindow()
    press(qtbot, window, Qt.Key.Key_0, CONTROL)
    stage.until(lambda: window.stack.currentWidget() is window._rooms.outbox)
    assert window.status._keys == [("1", "mine")]
    press(qtbot, window, Qt.Key.Key_1, CONTROL)
    stage.until(lambda: window.stack.currentWidget() is window.workspace)
    press(qtbot, window, Qt.Key.Key_N, CONTROL)
    stage.until(lambda: window.stack.currentWidget() is window._rooms.intake)
    assert window.rail.entries["intake"].isChecked()
    stage.settle()


def test_a_letter_in_the_list_begins_the_act_in_the_case(
    window: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    window._rooms.queue.table.go(1)
    qtbot.keyClick(window._rooms.queue.table, Qt.Key.Key_N)
    stage.until(lambda: window._rooms.case.composer is not None)
    assert window._rooms.case.case_id == window._rooms.queue.chosen


def test_opening_a_case_marks_it_read(window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    table = window._rooms.queue.table
    table.go(2)
    case = window._rooms.queue.chosen
    qtbot.keyClick(table, Qt.Key.Key_Return)
    stage.settle()
    row = stage.run(desk.row(case))
    assert row is not None
    assert not row.unread
    focus_in(stage, window._rooms.case)


def test_the_search_box_filters_and_jumps(window: MainWindow, stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    done = stage.log(desk)
    search = window.top.search
    window.search()
    qtbot.keyClicks(search, "nap cong")
    stage.until(lambda: window._rooms.queue.state.filter.words == "nap cong")
    search.setText(done.number.replace("-", ""))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    stage.until(lambda: window._rooms.case.case_id == done.case)
    stage.until(lambda: not window._rooms.queue.state.filter.words)
    wrong = done.number[:-1] + str((int(done.number[-1]) + 1) % 10)
    search.setText(wrong)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert stage.notices.shown is not None
    assert wrong in stage.notices.shown.text
    stage.settle()


def test_offline_is_said_in_chip_banner_rail_and_status_bar(window: MainWindow, qtbot: QtBot) -> None:
    off = Connection(net=Net.OFFLINE, since=MONDAY, data_as_of=MONDAY, waiting=3, attention=1)
    window._show_connection(off)
    window.banner.tell(off, MONDAY)
    assert window.banner.isVisible()
    assert "Mất kết nối" in window.banner.sentence.strong
    assert window.top.chip.text() == t("net.offline")
    assert window.rail.entries["outbox"].count == 4
    assert "4 việc" in window.status.state.text()
    with qtbot.waitSignal(window.retry):
        qtbot.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
    window.banner.tell(Connection(net=Net.ONLINE, since=MONDAY), MONDAY)
    assert not window.banner.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_practice_may_pull_the_plug(window: MainWindow, qtbot: QtBot) -> None:
    window.top.chip.set_connection(Connection(net=Net.ONLINE, since=MONDAY, practice=True))
    menu = window.top.chip.open_menu()
    pull = next(action for action in menu.actions() if action.text() == t("net.pull"))
    with qtbot.waitSignal(window.plug) as told:
        pull.trigger()
    assert told.args == [False]
    menu.close()


def test_the_key_sheet_lists_what_holds_and_settings_hold_at_once(
    window: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    sheet = window.sheets.open_keys()
    assert "Ctrl N phản ánh mới" in sheet.texts
    assert "A Chuyển đơn vị" in sheet.texts
    assert "+ / - phóng to, thu nhỏ" in sheet.texts
    sheet.close()
    settings = window.sheets.open_settings()
    settings.mode._take("dark")
    assert stage.theme.dark
    assert stage.memory.text("theme", "") == "dark"
    with qtbot.waitSignal(window.undo_changed) as told:
        settings.undo._take("0")
    assert told.args == [0]
    settings.scale._take("125")
    assert window.top.height() == round(46 * 1.25)
    settings.close()
    sheet = window.sheets.open_keys()
    assert sheet.height() < window.height()
    sheet.close()
    stage.theme.set_scale(100)
    stage.theme.set_mode("light")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
@pytest.mark.parametrize("scale", [100, 125])
def test_nothing_is_wider_than_the_window(
    stage: Stage, desk: Desk, qtbot: QtBot, width: int, height: int, scale: int
) -> None:
    stage.theme.set_scale(scale)
    stage.log(desk, forward=True)
    window = window_on(stage, desk, qtbot, width, height)
    assert window.width() == width
    assert window.height() == height
    stage.settle()


def test_the_map_shows_open_cases_and_picks_one(window: MainWindow, stage: Stage) -> None:
    stage.until(lambda: len(window._rooms.map.view.board) == 3)
    case = window._rooms.queue.state.row(2)
    assert case is not None
    window._rooms.map.picked.emit(case.id)
    stage.until(lambda: window._rooms.queue.chosen == case.id)
    assert window._rooms.queue.table.current_id() == case.id


def test_very_large_text_in_a_small_window_leaves_one_pane(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    stage.theme.set_scale(150)
    stage.log(desk)
    window = window_on(stage, desk, qtbot, 1366, 768)
    rooms = window._rooms
    assert rooms.queue.isVisible()
    assert not rooms.case.isVisible()
    rooms.queue.table.go(0)
    window.open_case(rooms.queue.chosen)
    assert rooms.case.isVisible()
    assert not rooms.queue.isVisible()
    rooms.case.left.emit()
    assert rooms.queue.isVisible()
    stage.theme.set_scale(100)
    assert rooms.queue.isVisible()
    assert rooms.case.isVisible()
    stage.settle()


@pytest.mark.parametrize("scale", [100, 125])
def test_all_columns_and_tabs_fit_into_the_narrow_queue(
    stage: Stage, desk: Desk, qtbot: QtBot, scale: int
) -> None:
    stage.theme.set_scale(scale)
    stage.log(desk)
    window = window_on(stage, desk, qtbot, 1366, 768)
    table = window._rooms.queue.table
    assert sum(table.columnWidth(at) for at in range(4)) <= table.viewport().width()
    for tab in window._rooms.queue.tabs._tabs.values():
        assert tab.width() >= tab.sizeHint().width()
    stage.settle()


class Windows(QObject):
    """Hears of every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_rooms_are_made_later_and_no_window_of_theirs_flashes_up(
    stage: Stage, desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    stage.log(desk, forward=True)
    window = window_on(stage, desk, qtbot, 1920, 1080)
    rooms, hears = window._rooms, Windows()
    assert [late.made for late in (rooms.late_case, rooms.late_map, rooms.late_intake)] == [None] * 3
    qapp.installEventFilter(hears)
    try:
        _, sizes = rooms.late_outbox.room(), [pane.width() for pane in window.workspace.panes()]
        made = [rooms.queue, rooms.late_map.room(), rooms.late_case.room(), rooms.late_intake.room()]
    finally:
        qapp.removeEventFilter(hears)
    assert hears.shown == []
    assert window.workspace.panes() == made[:3]
    assert [pane.width() for pane in window.workspace.panes()] == sizes
    stage.until(lambda: rooms.case.case_id == rooms.queue.chosen)
    stage.until(lambda: len(rooms.map.view.board) == 1)
    assert window.stack.currentWidget() is window.workspace
    stage.settle()


def test_a_key_pressed_before_the_intake_is_made_opens_it(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    stage.log(desk, forward=True)
    window = window_on(stage, desk, qtbot, 1920, 1080)
    assert window._rooms.late_intake.made is None
    press(qtbot, window, Qt.Key.Key_N, CONTROL)
    stage.until(lambda: window.stack.currentWidget() is window._rooms.late_intake.made)
    stage.until(lambda: window._rooms.intake.form.type.hasFocus())
    stage.settle()


def test_a_further_room_is_made_when_it_is_asked_for(stage: Stage, qtbot: QtBot) -> None:
    """Its entry and its key are there before it is; whoever has gone elsewhere meanwhile is not fetched
    back."""
    window = window_on(stage, stage.desk(), qtbot, 1920, 1080, more=one_further_room(stage))
    rooms = window._rooms
    assert "reports" in window.rail.entries
    assert "handover" not in window.rail.entries
    assert rooms.more.made("reports") is None

    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    window.show_room("queue")
    stage.until(lambda: rooms.more.made("reports") is not None)
    stage.settle()
    assert window.stack.currentWidget() is window.workspace

    QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    assert window.stack.currentWidget() is rooms.more.made("reports")
    assert window.rail.entries["reports"].isChecked()
    listed = window.sheets.open_keys().texts
    assert any(line.startswith("Ctrl 7") for line in listed)
    assert not any(line.startswith("Ctrl 6") for line in listed)
