"""Nothing moves that one is about to hit: reports come in without pause while Enter is pressed."""

import asyncio
import random

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from console.desk.desk import Desk
from console.domain.category import Urgency
from console.domain.command import SetUrgency
from console.ui.queue.columns import NUMBER
from console.ui.queue.model import ROW
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.row_painter import Index, RowPainter
from tests.desk.people import report
from tests.ui.conftest import Stage
from tests.ui.queue.conftest import CROWD

PRESSES = 200
MOVES = (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Watched(RowPainter):
    """Remembers which case was last painted as the highlighted one."""

    seen = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state: QStyle.StateFlag = option.state
        row = index.data(ROW)
        if state & QStyle.StateFlag.State_Selected and index.column() == NUMBER:
            self.seen = row.id if row is not None else ""


class Storm:
    """One report after another, all more urgent than what is in the list; each tenth time an old case becomes
    more urgent too, and would move."""

    def __init__(self, desk: Desk, old: list[str]) -> None:
        self._desk, self._old = desk, old
        self.stored = 0
        self.over = False
        self._more = asyncio.Event()

    async def rage(self) -> None:
        while not self.over:
            draft = await self._desk.open_draft()
            body = report(draft, urgency=Urgency.CRITICAL, title=f"Nước dâng {self.stored}")
            await self._desk.log_report(draft, body, None)
            if self.stored % 10 == 0:
                case = self._old[self.stored // 10 % len(self._old)]
                await self._desk.act(case, SetUrgency(urgency=Urgency.HIGH, reason=""))
            self.stored += 1
            self._more.set()

    async def one_more(self) -> None:
        """Wait until another report is stored: as many come in as keys are pressed."""
        self._more.clear()
        await self._more.wait()


def watch(room: QueueRoom, stage: Stage) -> Watched:
    painter = Watched(stage.theme, room.model, room.table)
    room.table.painter = painter
    room.table.setItemDelegate(painter)
    room.table.restyle()
    return painter


async def press(room: QueueRoom, painter: Watched, storm: Storm) -> list[tuple[str, str]]:
    """What was seen highlighted, and what Enter opened, each time."""
    chance, opened, found = random.Random(5), list[str](), list[tuple[str, str]]()
    room.opened.connect(opened.append)
    for at in range(PRESSES):
        QTest.keyClick(room.table, chance.choice(MOVES))
        if at % 40 == 39:
            room.refresh()
        room.table.viewport().repaint()
        seen = painter.seen
        await storm.one_more()
        QTest.keyClick(room.table, Qt.Key.Key_Return)
        found.append((seen, opened[-1]))
    storm.over = True
    return found


def test_each_opened_case_was_the_highlighted_one(crowded: QueueRoom, crowd: Desk, stage: Stage) -> None:
    painter = watch(crowded, stage)
    crowded.table.go(20)
    storm = Storm(crowd, [row.id for row in map(crowded.state.row, range(40)) if row is not None])

    async def both() -> list[tuple[str, str]]:
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            group.create_task(storm.rage())
            pressing = group.create_task(press(crowded, painter, storm))
        return pressing.result()

    found = stage.run(both())
    stage.settle()
    assert len(found) == PRESSES
    assert [pair for pair in found if pair[0] != pair[1]] == []
    assert len({opened for _, opened in found}) > 20
    assert storm.stored >= PRESSES
    crowded.refresh()
    stage.until(lambda: crowded.state.total == CROWD + storm.stored)
    assert crowded.table.current_id() == found[-1][1]
