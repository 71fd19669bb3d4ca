"""The walk's look at acts of a case: the three readers, and what waits for a supervisor."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.desk.rows import View
from console.ui.case.case_pane import CasePane
from console.ui.main_window import MainWindow
from console.ui.queue.queue_room import QueueRoom

if TYPE_CHECKING:
    from tests.tour import Walker

READERS = {"agency": Qt.Key.Key_R, "citizen": Qt.Key.Key_T}


async def write_to_each(walker: "Walker", main: MainWindow) -> None:
    """Of the case that is open: composers differ by who reads them; nothing is sent."""
    pane = main.workspace.case
    assert isinstance(pane, CasePane)
    for name, key in READERS.items():
        pane.activated()
        walker.press(key)
        await walker.until(lambda: pane.composer is not None, f"the composer for the {name}")
        await walker.shoot(main, f"case-to-{name}")
        pane.acting.put_away()  # another width has taken the focus from it


async def see_what_waits(walker: "Walker", main: MainWindow) -> None:
    """The view of what waits for a supervisor."""
    queue = main.workspace.queue
    assert isinstance(queue, QueueRoom)
    queue.show_view(View.APPROVAL)
    await walker.until(lambda: queue.state.view is View.APPROVAL and queue.state.loaded_at, "what waits")
    await asyncio.sleep(1.0)
    await walker.shoot(main, "approval")
    queue.show_view(View.OPEN)
