"""The queue on a real desk: news waits for F5, the chosen row stays chosen, keys mean what they say."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.desk.rows import Filter, Sort, View
from console.domain.command import Assign, Close, Resolve
from console.ui.queue.idle import Idle
from console.ui.queue.queue_room import QueueRoom
from console.ui.words import t
from tests.desk.people import LEAD
from tests.ui.conftest import Stage


@pytest.fixture
def room(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[QueueRoom]:
    for _ in range(3):
        stage.log(desk, forward=True)
        stage.wall.pass_(minutes=1)
    made = QueueRoom(desk, stage.signals(desk), stage.theme, stage.tasks, stage.memory)
    qtbot.addWidget(made)
    made.resize(792, 600)
    made.show()
    made.start()
    stage.until(lambda: made.state.total == 3)
    stage.settle()
    yield made
    stage.settle()


def settle(stage: Stage, room: QueueRoom) -> None:
    stage.until(lambda: not room.following.waits)
    stage.settle()


def test_what_is_there_is_shown_with_counts(room: QueueRoom) -> None:
    assert room.model.rowCount() == 3
    tabs = {name: tab.count for name, tab in room.tabs._tabs.items()}
    assert tabs["open"] == 3
    assert tabs["mine"] == 3
    assert tabs["overdue"] == 0
    assert room.slot.text == t("queue.noNews")


def test_a_new_report_waits_in_the_slot_and_comes_in_by_f5(room: QueueRoom, stage: Stage, desk: Desk) -> None:
    room.table.go(1)
    chosen = room.chosen
    done = stage.log(desk, forward=True)
    stage.until(lambda: room.state.news == {done.case})
    settle(stage, room)
    assert room.model.rowCount() == 3
    assert room.slot.text == t("queue.new", n=1)
    assert room.slot.live
    room.refresh()
    stage.until(lambda: room.model.rowCount() == 4)
    settle(stage, room)
    assert room.chosen == chosen
    assert room.table.current_id() == chosen
    assert not room.slot.live


def test_a_closed_report_stays_greyed_in_its_place(room: QueueRoom, stage: Stage, desk: Desk) -> None:
    room.table.go(0)
    case = room.chosen
    stage.run(desk.act(case, Resolve(result="Đã thay nắp cống mới")))
    stage.run(desk.act(case, Close(public_answer="Đã thay nắp cống", publish=True)))
    stage.until(lambda: case in room.state.departed)
    assert room.model.rowCount() == 3
    assert room.table.current_id() == case
    settle(stage, room)
    assert room.slot.text == t("queue.moved")
    room.refresh()
    stage.until(lambda: room.model.rowCount() == 2)


def test_a_first_report_in_an_empty_list_needs_no_key(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    made = QueueRoom(desk, stage.signals(desk), stage.theme, stage.tasks, stage.memory)
    qtbot.addWidget(made)
    made.show()
    made.start()
    stage.until(lambda: made.state.loaded_at is not None)
    assert made.blank.text() == t("queue.empty")
    stage.log(desk)
    stage.until(lambda: made.model.rowCount() == 1)
    stage.settle()


def test_keys_walk_open_and_begin_acts(room: QueueRoom, qtbot: QtBot) -> None:
    table = room.table
    qtbot.keyClick(table, Qt.Key.Key_Home)
    first = room.chosen
    qtbot.keyClick(table, Qt.Key.Key_J)
    assert room.chosen != first
    qtbot.keyClick(table, Qt.Key.Key_K)
    assert room.chosen == first
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 2
    with qtbot.waitSignal(room.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [room.chosen]
    with qtbot.waitSignal(room.letter) as letter:
        qtbot.keyClick(table, Qt.Key.Key_A)
    assert letter.args == [room.chosen, "A"]
    with qtbot.waitSignal(room.previewed):
        qtbot.keyClick(table, Qt.Key.Key_Space)
    with qtbot.waitSignal(room.menu):
        qtbot.keyClick(table, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(room.letter):
        qtbot.keyClick(table, Qt.Key.Key_Backspace)
        qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)


def test_letters_never_go_to_an_input_method(room: QueueRoom) -> None:
    assert not room.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_views_and_orders_are_read_from_the_desk(room: QueueRoom, stage: Stage) -> None:
    room.show_view(View.OVERDUE)
    stage.until(lambda: room.state.view is View.OVERDUE and room.model.rowCount() == 0)
    assert room.blank.text() == t("queue.empty")
    room.show_view(View.MINE)
    stage.until(lambda: room.model.rowCount() == 3)
    room.bar.sorted.emit(Sort.NEWEST)
    stage.until(lambda: room.state.sort is Sort.NEWEST and room.table.heads.sort is Sort.NEWEST)
    assert stage.memory.text("queue.sort", "") == "newest"


def test_words_filter_and_clear(room: QueueRoom, stage: Stage) -> None:
    room.set_words("khong co chu nay")
    stage.until(lambda: room.model.rowCount() == 0 and room.state.filtered)
    assert room.blank.text() == t("queue.empty.filtered")
    room.set_words("nap cong")
    stage.until(lambda: room.model.rowCount() == 3)
    room.bar.clear()
    stage.until(lambda: not room.state.filtered)


def test_after_rows_changed_places_a_click_is_not_meant_for_them(
    room: QueueRoom, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    room.table.go(0)
    room.refresh()
    stage.settle()
    point = room.table.visualRect(room.model.index(2, 0)).center()
    room.table._settled.restart()
    qtbot.mouseClick(room.table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert room.table.currentIndex().row() == 0
    qtbot.waitUntil(lambda: room.table._settled.elapsed() > 300)
    qtbot.mouseClick(room.table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert room.table.currentIndex().row() == 2


def test_the_pane_left_alone_takes_in_what_waits(
    room: QueueRoom, stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    elsewhere.move(0, 700)
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.mouseMove(room)  # a pointer that an earlier test left there would not leave the pane
    qtbot.mouseMove(elsewhere)
    elsewhere.setFocus()
    qtbot.waitUntil(elsewhere.hasFocus)
    stage.log(desk)
    stage.until(lambda: room.state.held)
    settle(stage, room)
    idle = Idle(room, seconds=0.01)
    stage.until(lambda: idle.alone)
    idle.left.connect(room.refresh)
    stage.until(lambda: room.model.rowCount() == 4)
    idle._timer.stop()


def test_a_lost_store_is_said_in_the_pane_and_the_copy_stays(
    room: QueueRoom, stage: Stage, desk: Desk
) -> None:
    desk.close()
    room.refresh()
    stage.until(lambda: room.failed)
    assert room.model.rowCount() == 3
    assert "Ctrl+R" in room.slot.text
    assert room.slot.tone == "warnText"


def test_rows_are_single_lines_in_a_narrow_window(room: QueueRoom, stage: Stage) -> None:
    assert room.table.rowHeight(0) == 46
    room.set_compact(True)
    assert room.table.rowHeight(0) == 32
    assert room.bar.category.isHidden()
    assert sum(room.table.columnWidth(at) for at in range(4)) <= room.table.viewport().width()


def test_a_colleague_taking_a_case_changes_its_text_in_place(
    room: QueueRoom, stage: Stage, desk: Desk
) -> None:
    room.table.go(2)
    case, before = room.chosen, room.model.rowCount()
    stage.run(desk.act(case, Assign(lead=LEAD, expects=LEAD, instruction="Rào chắn ngay")))
    settle(stage, room)
    assert room.model.rowCount() == before
    assert room.table.currentIndex().row() == 2


def test_news_that_the_filter_leaves_out_are_no_news(room: QueueRoom, stage: Stage, desk: Desk) -> None:
    first = first_title(room)
    room.bar.set_filter(Filter(words=first))
    stage.until(lambda: room.state.filter.words == first)
    settle(stage, room)
    stage.log(desk, forward=True, title="Chó thả rông đuổi xe", description="Chó cắn người đi đường")
    settle(stage, room)
    assert room.state.news == set()
    done = stage.log(desk, forward=True)
    stage.until(lambda: room.state.news == {done.case})


def first_title(room: QueueRoom) -> str:
    """The title of the first row."""
    row = room.model.row(0)
    assert row is not None
    return row.title
