"""The part of the tour that filters the queue and saves a view."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.desk.rows import View
from console.ui.main_window import MainWindow
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.view_sheet import ViewSheet

if TYPE_CHECKING:
    from tests.tour import Walker


async def filter_and_save(walker: "Walker", main: MainWindow, out: Path) -> None:
    """The typed line with its suggestions, what it cannot read, chips, a view saved of them, marked words."""
    queue = main.workspace.queue
    assert isinstance(queue, QueueRoom)
    queue.bar.open_line()
    walker.type("han:qua")
    await walker.shoot(main, "filter-suggestions")
    walker.press(Qt.Key.Key_Return)
    walker.type("dv:cap nuoc, dien lucc")
    queue.bar.line.close_list()
    await walker.shoot(main, "filter-trouble")
    queue.bar.set_filter(queue.bar.line.line_filter())
    queue.viewing.open_menu()
    await asyncio.sleep(0.6)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    queue.viewing._open_sheet(queue.viewing.now(""))
    sheet = await walker.window(ViewSheet)
    sheet.name.insert("Cấp nước và điện, quá hạn")
    await walker.shoot(sheet, "view-sheet", {"sheet": sheet.size()})
    sheet.shared.setChecked(True)
    sheet.go.click()
    await walker.until(lambda: queue.viewing.active is not None, "the saved view")
    queue.bar.line.clear()
    queue.bar.line.done.emit()
    await walker.shoot(main, "view-saved")
    menu = queue.viewing.open_menu()
    await asyncio.sleep(0.6)
    menu.grab().save(str(out / "view-menu-light.png"))
    menu.close()
    queue.show_view(View.OPEN)
    main.activateWindow()
    await walker.until(main.isActiveWindow, "the window again")
    queue.bar.open_line()
    walker.type("duong -tt:in_progress -kenh:app")
    queue.bar.line.close_list()
    await walker.until(lambda: queue.state.meant == ("duong",), "rows with the word")
    await walker.shoot(main, "filter-marked")
    queue.bar.clear()
    queue.bar.open_line()
    walker.type("tl:bi thuong")
    await walker.shoot(main, "filter-questions")
    queue.bar.line.close_list()
    queue.bar.clear()
    queue.bar.line.done.emit()
    queue.activated()
