"""The walk through the room of the shifts: the sheet as it stands, signed sheets, the roster."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tests.tour import Walker

SETTLE_S = 0.8
CTRL = Qt.KeyboardModifier.ControlModifier


async def look_at_the_shift(walker: "Walker", main: MainWindow) -> None:
    """Ctrl+6, a note, then page by page; nothing is signed."""
    from console.ui.shifts.shift_room import PAGES, ShiftRoom

    walker.press(Qt.Key.Key_6, CTRL)
    await walker.until(lambda: isinstance(main.stack.currentWidget(), ShiftRoom), "the room of the shifts")
    room = main.stack.currentWidget()
    assert isinstance(room, ShiftRoom)
    await walker.until(lambda: room.now.notes.isEnabled(), "the sheet")
    room.now.notes.setFocus()
    walker.type("Cầu Dài đang sửa đến 22:00, tránh chuyển xe cứu hộ qua đó.")
    for page in PAGES:
        await asyncio.sleep(SETTLE_S)
        await walker.shoot(main, f"shift-{page}")
        walker.press(Qt.Key.Key_Tab, CTRL)
    main.show_room("queue")
