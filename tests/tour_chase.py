"""The tour's look at chasing: a reminder is given, caught by the practice centre, and read with its words."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.domain.command import Remind
from console.ui.chase.chase_room import ChaseRoom
from console.ui.main_window import MainWindow
from console.ui.queue.queue_room import QueueRoom

if TYPE_CHECKING:
    from tests.tour import Walker

TEXT = "Đề nghị đơn vị báo kết quả trong hôm nay."


async def look_at_the_post(walker: "Walker", main: MainWindow) -> None:
    """The room with what was caught, an agency's list, what nobody moves."""
    queue = main.workspace.queue
    assert isinstance(queue, QueueRoom)
    rows = (queue.state.row(at) for at in range(queue.model.rowCount()))
    row = next(row for row in rows if row is not None and row.display_status == "in_progress")
    await main._desk.act(row.id, Remind(text=TEXT))  # type: ignore[attr-defined]
    main.show_room("chase")
    found: list[ChaseRoom] = []
    await walker.until(
        lambda: bool(found.extend(main.findChildren(ChaseRoom)) or found), "the room of chasing"
    )
    room = found[0]
    while not room.posts.lines or room.posts.lines[0].tone != "violetText":
        await asyncio.sleep(1)
        room.refresh()
    await walker.until(lambda: bool(room.text.toPlainText()), "its words")
    await walker.shoot(main, "chase")
    room.activated()
    walker.press(Qt.Key.Key_L)
    await walker.until(lambda: bool(room.agencies.lines and room.text.toPlainText()), "a list")
    await walker.shoot(main, "chase-list")
    room.activated()
    walker.press(Qt.Key.Key_L)
    await walker.until(lambda: bool(room.quiet.lines), "what nobody moves")
    await walker.shoot(main, "chase-dormant", {"1920": main.size()})
    main.show_room("queue")
