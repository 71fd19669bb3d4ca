"""Several cases chosen by keys and clicks, by id: across pages, orders and F5."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from console.desk.desk import Desk
from console.desk.rows import Sort
from console.ui.queue.model import ROW
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.state import KEPT_PAGES, PAGE
from console.ui.words import t
from tests.ui.conftest import Stage
from tests.ui.queue.conftest import CROWD

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(room: QueueRoom, *keys: Qt.Key, mods: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(room.table, key, mods)


def ids(room: QueueRoom, *rows: int) -> set[str]:
    found = [room.state.row(row) for row in rows]
    return {row.id for row in found if row is not None}


def test_single_rows_and_stretches_by_keys(crowded: QueueRoom) -> None:
    press(crowded, Qt.Key.Key_Home)
    press(crowded, Qt.Key.Key_Space, mods=CTRL)
    press(crowded, Qt.Key.Key_J, Qt.Key.Key_J)
    press(crowded, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, mods=SHIFT)
    assert set(crowded.selection) == ids(crowded, 0, 2, 3, 4, 5)
    press(crowded, Qt.Key.Key_Up, Qt.Key.Key_Up, mods=SHIFT)
    assert set(crowded.selection) == ids(crowded, 0, 2, 3)
    press(crowded, Qt.Key.Key_Space, mods=CTRL)
    assert set(crowded.selection) == ids(crowded, 0, 2)
    assert crowded.select_bar.isVisible()
    assert crowded.select_bar.words.text() == t("queue.many", n=2)
    press(crowded, Qt.Key.Key_Escape)
    assert crowded.selection == ()
    assert not crowded.select_bar.isVisible()


def test_a_stretch_over_rows_that_are_not_here_is_read_for_their_ids(
    crowded: QueueRoom, stage: Stage
) -> None:
    press(crowded, Qt.Key.Key_Home, Qt.Key.Key_J)
    press(crowded, Qt.Key.Key_End, mods=SHIFT)
    stage.until(lambda: len(crowded.selection) == CROWD - 1)
    press(crowded, Qt.Key.Key_Home, mods=SHIFT)
    assert set(crowded.selection) == ids(crowded, 0, 1)


def test_what_is_chosen_outlasts_f5_and_another_order(crowded: QueueRoom, stage: Stage) -> None:
    press(crowded, Qt.Key.Key_A, mods=CTRL)
    stage.until(lambda: len(crowded.selection) == CROWD)
    press(crowded, Qt.Key.Key_Home)
    press(crowded, Qt.Key.Key_Space, mods=CTRL)
    kept = crowded.selection
    crowded.refresh()
    stage.settle()
    crowded.bar.sorted.emit(Sort.NEWEST)
    stage.until(lambda: crowded.state.sort is Sort.NEWEST and crowded.state.total == CROWD)
    assert crowded.selection == kept
    assert len(kept) == CROWD - 1


@pytest.mark.parametrize(
    ("clicks", "rows"),
    [
        ([(2, CTRL), (4, CTRL)], {2, 4}),
        ([(2, NONE), (5, SHIFT)], {2, 3, 4, 5}),
        ([(1, CTRL), (4, CTRL), (3, SHIFT)], {1, 3, 4}),
        ([(1, CTRL), (1, CTRL)], set()),
    ],
)
def test_clicks(
    crowded: QueueRoom, stage: Stage, clicks: list[tuple[int, Qt.KeyboardModifier]], rows: set[int]
) -> None:
    stage.until(lambda: crowded.table._settled.elapsed() > 300)
    for row, mods in clicks:
        at = crowded.table.visualRect(crowded.model.index(row, 0)).center()
        QTest.mouseClick(crowded.table.viewport(), Qt.MouseButton.LeftButton, mods, at)
    assert set(crowded.selection) == ids(crowded, *rows)


def test_the_list_scrolled_far_shows_rows_that_are_read_then(crowded: QueueRoom, stage: Stage) -> None:
    bar = crowded.table.verticalScrollBar()
    for place in range(0, bar.maximum(), 400):
        bar.setValue(place)
    bar.setValue(bar.maximum())
    last = crowded.model.index(CROWD - 1, 0)
    crowded.table.viewport().repaint()
    stage.until(lambda: last.data(ROW) is not None)
    assert crowded.table.rowAt(crowded.table.viewport().height() - 2) == CROWD - 1
    assert len(crowded.state._pages) <= KEPT_PAGES


def test_pages_are_of_one_answer_while_reports_come_in(crowded: QueueRoom, stage: Stage, crowd: Desk) -> None:
    stage.run(crowd._held.index.ready())
    crowded.bar.sorted.emit(Sort.NEWEST)
    stage.until(lambda: crowded.state.sort is Sort.NEWEST and crowded.state.answer)
    first = [crowded.state.row(at) for at in range(PAGE)]
    for _ in range(3):
        stage.log(crowd)
    crowded.table.scroll_row(2 * PAGE, 0)
    crowded.table.viewport().repaint()
    stage.until(lambda: crowded.state.row(2 * PAGE) is not None)
    press(crowded, Qt.Key.Key_A, mods=CTRL)
    stage.until(lambda: len(crowded.selection) == CROWD)
    assert [row.id for row in first if row] == list(crowded.selection[:PAGE])
    assert crowded.state.total == CROWD


def test_a_head_puts_the_rows_in_order_and_then_the_other_way_round(crowded: QueueRoom, stage: Stage) -> None:
    heads = crowded.table.heads
    number = QPoint(heads.sectionViewportPosition(0) + 20, heads.height() // 2)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, NONE, number)
    stage.until(lambda: crowded.state.sort is Sort.NUMBER and heads.sort is Sort.NUMBER)
    up = [row.number for row in map(crowded.state.row, range(10)) if row]
    assert up == sorted(up)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, NONE, number)
    stage.until(lambda: heads.reverse)
    down = [row.number for row in map(crowded.state.row, range(10)) if row]
    assert down == sorted(down, reverse=True)
    assert down[0] > up[-1]
    aloud = crowded.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert str(aloud).endswith(t("queue.ordered.reverse", order=t("queue.sort.number")))


def test_columns_are_hidden_shown_and_sized_by_keys_and_remembered_by_view(
    crowded: QueueRoom, stage: Stage
) -> None:
    def choose(*path: str) -> None:
        menu = crowded.layouts.menu()
        actions = menu.actions()
        for name in path[:-1]:
            below = next(a for a in actions if a.text() == name).menu()
            assert isinstance(below, QMenu)
            actions = below.actions()
        next(action for action in actions if action.text() == path[-1]).trigger()
        menu.deleteLater()

    choose(t("queue.columns"), t("queue.col.entered"))
    choose(t("col.deadline"), t("queue.columns.hide"))
    choose(t("queue.col.entered"), t("queue.columns.left"))
    choose(t("queue.col.entered"), t("queue.columns.wider"))
    assert crowded.table.heads.names() == ("number", "content", "entered", "status")
    assert crowded.table.columnWidth(8) == 128
    assert stage.memory.text("queue.columns.open", "") == "number content entered:128 status"
    crowded.layouts.show("mine")
    assert crowded.table.heads.names() == ("number", "content", "status", "due")
    crowded.layouts.show("open")
    assert crowded.table.heads.names() == ("number", "content", "entered", "status")
    choose(t("queue.columns.reset"))
    assert crowded.table.heads.names() == ("number", "content", "status", "due")


def test_a_hand_moves_and_sizes_columns(crowded: QueueRoom, stage: Stage) -> None:
    heads = crowded.table.heads
    heads.resizeSection(2, 210)
    heads.moveSection(3, 2)
    assert stage.memory.text("queue.columns.open", "") == "number content due status:210"
    assert sum(crowded.table.columnWidth(at) for at in range(4)) == crowded.table.viewport().width()


def test_a_list_scrolled_by_moving_its_pixels_looks_as_if_painted_whole(
    crowded: QueueRoom, stage: Stage, qapp: QApplication
) -> None:
    bar = crowded.table.verticalScrollBar()
    press(crowded, Qt.Key.Key_Home, Qt.Key.Key_J, Qt.Key.Key_J)
    press(crowded, Qt.Key.Key_Space, mods=CTRL)
    for place in (30, 400, 391, 0, bar.maximum()):
        bar.setValue(place)
        qapp.processEvents()
        stage.settle()
        qapp.processEvents()
        stage.until(lambda: crowded.table.painter.budget.whole)
        seen = crowded.screen().grabWindow(crowded.winId()).toImage()
        whole = crowded.grab().toImage()
        assert seen.convertedTo(whole.format()) == whole, place
