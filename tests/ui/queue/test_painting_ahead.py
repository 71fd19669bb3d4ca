"""A screen of rows that one turns to was painted before, a row at a time."""

import pytest
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.rows import QueueRow
from console.ui.queue.cell_cache import KEPT
from console.ui.queue.painting_ahead import PaintingAhead
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.row_painter import Look
from tests.ui.conftest import Stage


def order(qtbot: QtBot, *seen: tuple[int, int, int, int]) -> list[int]:
    painted = list[int]()
    parent = QObject()
    ahead = PaintingAhead(painted.append, parent)
    for one in seen:
        ahead.begin(*one)
    qtbot.waitUntil(lambda: not ahead.waits)
    return painted


@pytest.mark.parametrize(
    ("seen", "painted"),
    [
        ([(0, 2, 100, 4)], [3, 4, 5]),
        ([(0, 2, 5, 4)], [3, 4]),
        ([(5, 7, 100, 4)], [8, 9, 10, 4, 3, 2]),
        ([(9, 11, 100, 4), (5, 7, 100, 4)], [4, 3, 2, 8, 9, 10]),
        ([(5, 7, 100, KEPT // 5)], [8, 4]),
        ([(5, 7, 100, KEPT)], []),
    ],
    ids=["below", "to the end", "both", "upward first", "as far as there is room", "not at all"],
)
def test_a_screen_on_either_side_the_way_one_moves_first(
    qtbot: QtBot, seen: list[tuple[int, int, int, int]], painted: list[int]
) -> None:
    assert order(qtbot, *seen) == painted


def test_a_page_further_only_the_rows_that_are_chosen_or_were_are_painted(
    crowded: QueueRoom, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, painted = crowded.table, set[int]()
    draw = table.painter._cell

    def watched(painter: QPainter, rect: QRect, column: int, row: QueueRow, look: Look) -> None:
        painted.add(crowded.state.index_of(row.id) or 0)
        draw(painter, rect, column, row, look)

    monkeypatch.setattr(table.painter, "_cell", watched)
    table.look_ahead()
    stage.until(lambda: not table.ahead.waits)
    assert painted, "rows below what is seen"
    painted.clear()
    left = table.currentIndex().row()
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    table.viewport().repaint()
    now = table.currentIndex().row()
    assert now > left + 5
    assert {row for row in painted if table.sees(row)} <= {left, now}
