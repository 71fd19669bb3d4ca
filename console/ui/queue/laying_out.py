"""The columns as somebody left them, view by view."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from console.ui.memory import Memory
from console.ui.queue.columns import Layout, columns_of, layout_of
from console.ui.queue.head_menu import HeadMenu
from console.ui.queue.table import QueueTable


class LayingOut(QObject):
    """`sorted(Sort, reverse)` out of the menu."""

    sorted = Signal(object, bool)

    def __init__(self, table: QueueTable, memory: Memory, parent: QObject) -> None:
        super().__init__(parent)
        self._table, self._memory, self._view = table, memory, ""
        table.laid_out.connect(self._keep)
        table.heads.sorted.connect(self.sorted)
        table.heads.menu_wanted.connect(self.open_menu)

    @property
    def layout(self) -> Layout:
        """As it is now."""
        return self._table.painter.layout

    def show(self, view: str, names: Sequence[str] = ()) -> None:
        """Another view: its columns as they were left, else `names`, else the usual ones."""
        self._view = view
        kept = self._memory.text(self._name(), "")
        usual = Layout(columns_of(tuple(names))) if names else Layout()
        self._table.set_layout(layout_of(kept) if kept else usual)

    def menu(self, column: int = -1) -> HeadMenu:
        """For one column, or for all."""
        heads, compact = self._table.heads, self._table.painter.compact
        made = HeadMenu(self.layout, heads.sort, heads.reverse, compact, column, self._table)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.sorted.connect(self.sorted)
        made.laid.connect(self._take)
        return made

    def put(self, names: Sequence[str]) -> None:
        """These columns, in the widths that they have here; none: as they are."""
        shown = columns_of(tuple(names))
        if names and shown != self.layout.names:
            self._take(replace(self.layout, names=shown))

    def open_menu(self, column: int = -1, at: QPoint | None = None) -> None:
        """Below the heads, or where the hand is."""
        heads = self._table.heads
        self.menu(column).popup(at or heads.mapToGlobal(QPoint(8, heads.height())))

    def _take(self, layout: Layout) -> None:
        self._table.set_layout(layout)
        self._keep(layout)

    def _keep(self, layout: Layout) -> None:
        self._memory.keep(self._name(), layout.text())

    def _name(self) -> str:
        return f"queue.columns.{self._view}"
