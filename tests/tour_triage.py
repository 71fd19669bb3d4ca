"""The tour's way through triage and a call-back; nothing is taken up, nobody is called."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

from console.desk.rows import View
from console.ui.queue.queue_room import QueueRoom

if TYPE_CHECKING:
    from console.ui.main_window import MainWindow
    from tests.tour import Walker

SMALL = {"1366": QSize(1366, 768)}


async def sort_and_call_back(walker: Walker, main: MainWindow) -> None:
    """Both, one after the other."""
    await sort_reports(walker, main)
    await call_back(walker, main)


async def sort_reports(walker: Walker, main: MainWindow) -> None:
    """The first that is probably a duplicate, then its fields."""
    from console.ui.triage.triage_room import TriageRoom

    walker.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    await walker.until(lambda: isinstance(main.stack.currentWidget(), TriageRoom), "the triage room")
    room = main.stack.currentWidget()
    assert isinstance(room, TriageRoom)

    def stands() -> bool:
        state = room.looking.state
        return state is not None and state.ready and state.case.id == room.list.chosen

    for _ in range(room.list.state.total):
        await walker.until(stands, "a proposal")
        if room.looking.state is not None and room.looking.state.duplicate is not None:
            break
        walker.press(Qt.Key.Key_J)
        await asyncio.sleep(0.06)
    await walker.shoot(main, "triage")
    walker.press(Qt.Key.Key_E)
    await walker.shoot(main, "triage-edit", SMALL)
    walker.press(Qt.Key.Key_Escape)
    main.show_room("queue")


async def call_back(walker: Walker, main: MainWindow) -> None:
    """The panel for the first who waits to be called."""
    queue = main.workspace.queue
    assert isinstance(queue, QueueRoom)
    queue.show_view(View.CALLBACK)
    await walker.until(lambda: queue.state.view is View.CALLBACK and bool(queue.state.total), "who waits")
    await asyncio.sleep(0.6)
    queue.activated()
    walker.press(Qt.Key.Key_J)
    walker.press(Qt.Key.Key_G)
    sheets = main.sheets
    await walker.until(
        lambda: bool(sheets.calling_back and sheets.calling_back.panel.isVisible()), "the panel"
    )
    walker.press(Qt.Key.Key_2)
    await walker.shoot(main, "call-back")
    assert sheets.calling_back is not None
    sheets.calling_back.panel.choice.set_value("")
    walker.press(Qt.Key.Key_Escape)
    queue.show_view(View.OPEN)
