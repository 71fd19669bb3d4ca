"""The part of the tour that looks at the reports of a period, and at what this computer keeps."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.ui.main_window import MainWindow
from console.ui.store.store_sheet import StoreSheet

if TYPE_CHECKING:
    from tests.tour import Walker


async def look_at_the_reports(walker: "Walker", main: MainWindow) -> None:
    """Last month as the centre counts it, then its second pages; the question before it is locked."""
    from console.ui.reports.reports_room import ReportsRoom

    walker.press(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    await walker.until(lambda: isinstance(main.stack.currentWidget(), ReportsRoom), "the reports")
    room = main.stack.currentWidget()
    assert isinstance(room, ReportsRoom)
    await walker.until(lambda: room.pages.count > 0, "the pages")
    await walker.shoot(main, "reports")
    bar = room.pages.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    await walker.shoot(main, "reports-agencies")
    walker.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)


async def look_at_what_is_kept(walker: "Walker", main: MainWindow) -> None:
    """The sheet about this computer's data, as it opens over the queue."""
    main.activateWindow()
    main.sheets.open_store()
    sheet = await walker.window(StoreSheet)
    await walker.until(lambda: sheet.state is not None, "what is kept here")
    await walker.shoot(sheet, "store", {"sheet": sheet.size()})
    sheet.accept()
    main.activateWindow()
    await walker.until(main.isActiveWindow, "the window again")
