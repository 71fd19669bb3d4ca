"""What can be done with the columns, as a menu: orders, places, widths, which are shown."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.rows import Sort
from console.ui.queue.columns import ALL, ALWAYS, BY_NAME, Column, Layout
from console.ui.words import t

STEP = 20  # pixels that a column grows or shrinks by at once


class HeadMenu(QMenu):
    """`column`: the one it is opened on; -1: all of them. `sorted(Sort, reverse)`, `laid(Layout)`."""

    sorted = Signal(object, bool)
    laid = Signal(object)

    def __init__(
        self, layout: Layout, sort: Sort, reverse: bool, compact: bool, column: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._layout, self._sort, self._reverse, self._compact = layout, sort, reverse, compact
        if column >= 0:
            self._orders(self, ALL[column].orders)
            self.addSeparator()
            self._places(self, ALL[column])
        else:
            self._orders(self, tuple(Sort))
            self.addSeparator()
            for name in layout.names:
                self._places(self.addMenu(_plain(t(ALL[BY_NAME[name]].head))), ALL[BY_NAME[name]])
        self.addSeparator()
        self._which(self.addMenu(t("queue.columns")))
        self._act(self, t("queue.columns.reset"), Layout())

    def _orders(self, menu: QMenu, orders: tuple[Sort, ...]) -> None:
        for sort in orders:
            action = self._tick(menu, t(f"queue.sort.{sort.value}"), sort is self._sort)
            action.triggered.connect(lambda _=False, sort=sort: self.sorted.emit(sort, False))
        if self._sort in orders:
            action = self._tick(menu, t("queue.reverse"), self._reverse)
            action.triggered.connect(lambda on: self.sorted.emit(self._sort, on))

    def _places(self, menu: QMenu, column: Column) -> None:
        name, layout = column.name, self._layout
        if name not in layout.names:
            return
        self._act(menu, t("queue.columns.left"), layout.moved(name, -1))
        self._act(menu, t("queue.columns.right"), layout.moved(name, 1))
        width = layout.width(name, self._compact)
        self._act(menu, t("queue.columns.wider"), layout.with_width(name, width + STEP))
        self._act(menu, t("queue.columns.narrower"), layout.with_width(name, width - STEP))
        self._act(menu, t("queue.columns.hide"), layout.shown(name, False))

    def _which(self, menu: QMenu) -> None:
        for column in ALL:
            shown = column.name in self._layout.names
            action = self._tick(menu, t(column.head), shown)
            action.setEnabled(column.name not in ALWAYS)
            layout = self._layout.shown(column.name, not shown)
            action.triggered.connect(lambda _=False, layout=layout: self.laid.emit(layout))

    def _tick(self, menu: QMenu, text: str, on: bool) -> QAction:
        action = menu.addAction(_plain(text))
        action.setCheckable(True)
        action.setChecked(on)
        return action

    def _act(self, menu: QMenu, text: str, layout: Layout) -> None:
        """Something that leads to another layout; disabled where it would be the same."""
        action = menu.addAction(text)
        action.setEnabled(layout != self._layout)
        action.triggered.connect(lambda: self.laid.emit(layout))


def _plain(text: str) -> str:
    return text.replace("&", "&&")
