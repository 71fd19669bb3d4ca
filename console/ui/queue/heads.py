"""Column heads that stand above what they name: a click puts the rows in order, a caret shows which way."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from console.desk.rows import Sort
from console.ui.queue.columns import ALL, CONTENT, NUMBER
from console.ui.theme import Theme
from console.ui.words import t


class Heads(QHeaderView):
    """`sorted(Sort, reverse)` after a click; `menu_wanted(column, place)` after a right one; `resized` and
    `reordered` after a hand moved an edge or a head."""

    sorted = Signal(object, bool)
    menu_wanted = Signal(int, QPoint)
    resized = Signal(int, int)
    reordered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.sort, self.reverse = Sort.DUE, False
        self.laying = False  # the table itself puts the columns in their places
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sectionClicked.connect(self._on_click)
        self.sectionResized.connect(self._on_resized)
        self.sectionMoved.connect(self._on_moved)

    def _on_click(self, column: int) -> None:
        orders = ALL[column].orders
        if self.sort in orders:
            self.sorted.emit(self.sort, not self.reverse)
        elif orders:
            self.sorted.emit(orders[0], False)

    def _on_resized(self, column: int, old: int, new: int) -> None:
        if not self.laying:
            self.resized.emit(column, new)

    def _on_moved(self, *_: int) -> None:
        if not self.laying:
            self.reordered.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.logicalIndexAt(event.pos()), event.globalPos())

    def names(self) -> tuple[str, ...]:
        """Shown columns as they stand, from left to right."""
        order = (self.logicalIndex(at) for at in range(self.count()))
        return tuple(ALL[column].name for column in order if not self.isSectionHidden(column))

    def set_order(self, sort: Sort, reverse: bool) -> None:
        """Mark the columns that the rows are in order of."""
        self.sort, self.reverse = sort, reverse
        self.viewport().update()

    def order_text(self, column: int) -> str:
        """How the rows are in order of a column, for a screen reader; "" where they are not."""
        if self.sort not in ALL[column].orders:
            return ""
        order = t(f"queue.sort.{self.sort.value}")
        return t("queue.ordered.reverse" if self.reverse else "queue.ordered", order=order)

    def _marked(self, column: int) -> bool:
        """The order is shown at one head only: the leftmost one that can have it."""
        shown = self.names()
        able = [name for name in shown if any(c.name == name and self.sort in c.orders for c in ALL)]
        return bool(able) and ALL[column].name == able[0]

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        px, color = self._theme.px, self._theme.color
        painter.save()
        painter.fillRect(rect, color("canvas"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        font = self._theme.font("small")
        painter.setFont(font)
        painter.setPen(color("muted"))
        marked, side = self._marked(section), px(11)
        room = rect.adjusted(px({NUMBER: 36, CONTENT: 8}.get(section, 0)), 0, -px(4), 0)
        words = room.width() - (side + px(5) if marked else 0)
        metrics, name = QFontMetrics(font), str(self.model().headerData(section, Qt.Orientation.Horizontal))
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, words)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if marked:
            x = room.left() + metrics.horizontalAdvance(text) + px(5)
            box = QRect(x, rect.top() + (rect.height() - side) // 2, side, side)
            icon = "ph.caret-down" if self.reverse else "ph.caret-up"
            self._theme.icon(icon, "muted").paint(painter, box)
        painter.restore()
