"""Dragging the bar to rows that nobody has seen: each frame takes few of them, and all are there soon."""

import pytest

from console.ui.queue import frame_budget
from console.ui.queue.frame_budget import BUDGET_S, DRAGGED_S, FrameBudget
from console.ui.queue.queue_room import QueueRoom
from tests.ui.conftest import Stage


class Clock:
    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


def test_a_frame_after_a_jump_takes_rows_while_it_has_time_and_one_at_least() -> None:
    clock = Clock()
    budget = FrameBudget(clock)
    budget.begin()
    assert not budget.limited, "nobody jumped"
    budget.jumped()
    budget.begin()
    assert [budget.allows(row) for row in (7, 7, 8)] == [True, True, True]
    clock.now += BUDGET_S
    assert [budget.allows(row) for row in (8, 9, 10, 9)] == [True, False, False, False]
    assert budget.end() == 9
    budget.begin()
    clock.now += BUDGET_S
    assert [budget.allows(row) for row in (9, 10)] == [True, False], "it goes on, however slow"
    budget.end()
    clock.now += DRAGGED_S
    budget.begin()
    assert not budget.limited
    assert budget.end() == -1


def test_rows_that_are_dragged_to_are_painted_a_few_a_frame(
    stage: Stage, crowded: QueueRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_budget, "BUDGET_S", 0.0)
    monkeypatch.setattr(frame_budget, "DRAGGED_S", 60.0)
    table, bar = crowded.table, crowded.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.until(lambda: crowded.state.row(129) is not None)
    bar.setValue(0)
    stage.until(lambda: not table.ahead.waits)
    cells = table.painter._cells._cells
    cells.clear()
    columns = len(table.painter.layout.names)
    seen = table.viewport().height() // table.painter.row_height()
    bar.setValue(bar.maximum())
    table.viewport().repaint()
    assert len(cells) == columns, "one row, the others are grey"
    table.viewport().repaint()
    assert len(cells) == 2 * columns
    table.ahead.begin(0, -1, 0, columns)  # nothing paints them but the frames
    stage.until(lambda: len(cells) >= seen * columns)


def test_a_page_down_paints_whole(stage: Stage, crowded: QueueRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_budget, "BUDGET_S", 0.0)
    table, bar = crowded.table, crowded.table.verticalScrollBar()
    table.ahead.begin(0, -1, 0, 1)
    bar.setValue(table.viewport().height())
    table.painter._cells.clear()
    table.viewport().repaint()
    columns, tall = len(table.painter.layout.names), table.painter.row_height()
    assert len(table.painter._cells._cells) >= table.viewport().height() // tall * columns
