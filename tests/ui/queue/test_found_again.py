"""After F5 the chosen row is the chosen one, and in sight, wherever it has gone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.changes import Cause, Changes
from console.desk.desk import Desk
from console.desk.rows import Sort
from console.domain.category import Urgency
from console.domain.command import SetUrgency
from console.ui.queue.queue_room import QueueRoom
from tests.ui.conftest import Stage
from tests.ui.queue.conftest import CROWD


def by_urgency(room: QueueRoom, stage: Stage) -> None:
    room.bar.sorted.emit(Sort.URGENCY)
    stage.until(lambda: room.state.sort is Sort.URGENCY)
    stage.settle()


def becomes_last(room: QueueRoom, stage: Stage, desk: Desk, row: int) -> str:
    """The case of a row, which is the last of all from now on."""
    room.table.go(row)
    case = room.table.current_id()
    stage.run(desk.act(case, SetUrgency(urgency=Urgency.LOW, reason="")))
    stage.until(lambda: room.state.moved and not room.following.waits)
    stage.settle()
    return case


@pytest.mark.parametrize("index", [False, True])
def test_the_chosen_row_is_found_pages_away(
    crowded: QueueRoom, stage: Stage, crowd: Desk, index: bool
) -> None:
    if index:
        stage.run(crowd.keep_index())
    by_urgency(crowded, stage)
    case = becomes_last(crowded, stage, crowd, 4)
    crowded.refresh()
    stage.until(lambda: not crowded.state.moved)
    stage.settle()
    assert crowded.table.current_id() == case
    assert crowded.table.currentIndex().row() == CROWD - 1
    assert crowded.table.sees(CROWD - 1)


def test_a_chosen_row_out_of_sight_does_not_scroll_the_pane(
    crowded: QueueRoom, stage: Stage, crowd: Desk
) -> None:
    by_urgency(crowded, stage)
    case = becomes_last(crowded, stage, crowd, 4)
    crowded.table.scroll_row(30, 7)
    top = crowded.table.top_row()
    crowded.refresh()
    stage.until(lambda: not crowded.state.moved)
    stage.settle()
    assert crowded.table.current_id() == case
    assert crowded.table.top_row() == top


def test_a_list_that_nobody_was_in_stays_at_its_top_while_it_fills(
    crowded: QueueRoom, stage: Stage, crowd: Desk
) -> None:
    by_urgency(crowded, stage)
    becomes_last(crowded, stage, crowd, 0)
    crowded.on_changes(Changes(cause=Cause.CENTRE, filled=True))
    stage.until(lambda: not crowded.state.moved)
    stage.settle()
    assert crowded.table.sees(0)
    QTest.keyClick(crowded.table, Qt.Key.Key_J)
    assert crowded.table.currentIndex().row() in (0, 1)
