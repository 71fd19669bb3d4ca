"""The queue's table: keys, pointer and accessibility. What keys mean for a case is the room's."""

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from console.desk.rows import Sort
from console.ui.parts.row_table import behave_as_rows
from console.ui.queue.model import ROW, QueueModel
from console.ui.queue.row_painter import RowPainter
from console.ui.queue.state import CONTENT, DUE, NUMBER
from console.ui.theme import Theme

SETTLE_MS = 300  # after rows changed places, clicks are not meant for what lies there now


class Heads(QHeaderView):
    """Column heads that stand above what they name; a caret marks the order."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.ordered = -1  # the column the rows are in order of
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        px, color = self._theme.px, self._theme.color
        painter.save()
        painter.fillRect(rect, color("canvas"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        font = self._theme.font("small")
        painter.setFont(font)
        painter.setPen(color("muted"))
        room = rect.adjusted(px({NUMBER: 36, CONTENT: 8}.get(section, 0)), 0, 0, 0)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if section == self.ordered:
            x, side = room.left() + QFontMetrics(font).horizontalAdvance(text) + px(5), px(11)
            box = QRect(x, rect.top() + (rect.height() - side) // 2, side, side)
            self._theme.icon("ph.caret-up", "muted").paint(painter, box)
        painter.restore()


class QueueTable(QTableView):
    """Emits what the operator wants: `moved(id)`, `opened(id)`, `previewed(id)`, `letter(id, key)`."""

    moved = Signal(str)
    opened = Signal(str)
    previewed = Signal(str)
    letter = Signal(str, str)
    menu = Signal(str)
    used = Signal()

    def __init__(self, theme: Theme, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.painter = RowPainter(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        behave_as_rows(self)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.heads = Heads(theme, self)
        self.setHorizontalHeader(self.heads)
        self._settled = QElapsedTimer()
        model.modelReset.connect(self._settled.start)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Row height, header and columns after a change of theme, scale or density."""
        self.verticalHeader().setDefaultSectionSize(self.painter.row_height())
        self.horizontalHeader().setFixedHeight(self._theme.size("tableHeader"))
        self._fit()
        self.viewport().update()

    def set_order(self, sort: Sort) -> None:
        """Mark the column that the rows are in order of."""
        self.heads.ordered = {Sort.DUE: DUE, Sort.NUMBER: NUMBER}.get(sort, -1)
        self.heads.viewport().update()

    def set_compact(self, compact: bool) -> None:
        """Single-line rows."""
        if compact != self.painter.compact:
            self.painter.compact = compact
            self.restyle()

    def _fit(self) -> None:
        for column, width in enumerate(self.painter.widths(self.viewport().width())):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def id_at(self, index: QModelIndex) -> str:
        """The case of a row; "" while its page is not here."""
        row = index.data(ROW)
        return "" if row is None else str(row.id)

    def current_id(self) -> str:
        """The case of the current row."""
        return self.id_at(self.currentIndex())

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        case = self.id_at(current)
        if case:
            self.moved.emit(case)

    def _hover(self, row: int) -> None:
        if row != self.painter.hovered:
            self.painter.hovered = row
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def go(self, row: int) -> None:
        """Make a row the current one and show it."""
        last = self.model().rowCount() - 1
        if last < 0:
            return
        index = self.model().index(min(max(row, 0), last), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _page(self) -> int:
        return max(1, self.viewport().height() // self.painter.row_height() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.used.emit()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() == Qt.Key.Key_Period:
                self.menu.emit(self.current_id())
                return
            event.ignore()
            return
        if not self._walk(event.key()) and not self._mean(event):
            event.ignore()

    def _walk(self, key: int) -> bool:
        row, last = self.currentIndex().row(), self.model().rowCount() - 1
        places = {
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_J: row + 1,
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_K: row - 1,
            Qt.Key.Key_PageDown: row + self._page(),
            Qt.Key.Key_PageUp: row - self._page(),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if Qt.Key(key) not in places:
            return False
        self.go(places[Qt.Key(key)])
        return True

    def _mean(self, event: QKeyEvent) -> bool:
        case, key = self.current_id(), event.key()
        if not case or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(case)
        elif key == Qt.Key.Key_Space:
            self.previewed.emit(case)
        elif Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            self.letter.emit(case, chr(key))
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.used.emit()
        if self._settled.isValid() and self._settled.elapsed() < SETTLE_MS:
            event.accept()
            return
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        case = self.id_at(self.indexAt(event.position().toPoint()))
        if case:
            self.opened.emit(case)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() or not self.currentIndex().isValid():
            return
        box = self.visualRect(self.currentIndex())
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.drawRect(1, box.top() + 1, self.viewport().width() - 2, box.height() - 3)
        painter.end()

    def top_row(self) -> tuple[str, int]:
        """The case of the first visible row, and how many pixels of it are scrolled away."""
        index = self.indexAt(QPoint(2, 0))
        return self.id_at(index), -self.visualRect(index).top() if index.isValid() else 0

    def scroll_row(self, row: int, cut: int) -> None:
        """Put a row at the top, `cut` pixels of it scrolled away."""
        self.verticalScrollBar().setValue(row * self.painter.row_height() + cut)
