"""The walk through administration: an administrator takes the desk, changes a type, looks at people."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.desk.connection import Net
from console.options import PRACTICE_PASSWORD
from console.ui.account.sign_in_window import SignInWindow
from console.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tests.tour import Walker

SETTLE_S = 0.8
ADMIN = "adm01"


async def look_at_administration(walker: "Walker", main: MainWindow) -> MainWindow:
    """Signed out and in again as the administrator; nothing is published. The window that is open then."""
    from console.ui.admin.admin_room import AdminRoom

    main.sign_out.emit()
    window = await walker.window(SignInWindow)
    window.user.setText(ADMIN)
    window.password.setFocus()
    walker.type(PRACTICE_PASSWORD)
    walker.press(Qt.Key.Key_Return)
    main = await walker.window(MainWindow)
    main.showNormal()
    main.activateWindow()
    await walker.until(lambda: main._desk.connection.net is Net.ONLINE, "the centre")
    main.show_room("admin")
    await walker.until(lambda: isinstance(main.stack.currentWidget(), AdminRoom), "the room")
    room = main.stack.currentWidget()
    assert isinstance(room, AdminRoom)
    await walker.until(lambda: room.model.lines, "the types")
    room.table.go(next(at for at, line in enumerate(room.model.lines) if line.code == "drainage.manhole"))
    await walker.until(lambda: room.editing.line is not None, "the form")
    room.into_form()
    room.pane.form.go_to("name")
    walker.press(Qt.Key.Key_End)
    walker.type(", mất nắp")
    await walker.until(room.pane.does.text, "what it would do")
    await asyncio.sleep(SETTLE_S)
    await walker.shoot(main, "admin-types")
    room.acting.discard()
    room.index.choose("users")
    await walker.until(lambda: any(line.code == "sup01" for line in room.model.lines), "people")
    room.table.go(next(at for at, line in enumerate(room.model.lines) if line.code == "sup01"))
    await walker.until(lambda: room.editing.line is not None, "the form")
    await walker.shoot(main, "admin-people")
    return main
