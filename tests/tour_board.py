"""The part of the tour that looks at the board, its table, and the wall."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.ui.board.board_room import BoardRoom
from console.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tests.tour import Walker


async def look_at_the_board(walker: "Walker", main: MainWindow) -> None:
    """As it opens; intake as a table; the wall over the screen."""
    walker.press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    await walker.until(lambda: isinstance(main.stack.currentWidget(), BoardRoom), "the board")
    room = main.stack.currentWidget()
    assert isinstance(room, BoardRoom)
    await walker.until(lambda: room.board is not None, "its figures")
    await walker.shoot(main, "board")
    room.intake.turn()
    await walker.shoot(main, "board-table")
    room.intake.turn()
    room.open_wall()
    wall = room.screen_wall.window
    assert wall is not None
    await walker.until(lambda: bool(wall.figures), "the wall's figures")
    await asyncio.sleep(1.0)
    await walker.shoot(wall, "wall")
    room.open_wall()
    main.activateWindow()
    main.show_room("queue")
