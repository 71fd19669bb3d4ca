"""The outbox's list: keys, pointer and accessibility. Heads and empty groups are stepped over."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from console.ui.outbox.lines import COLUMNS, STATE, Line
from console.ui.outbox.model import LINE, OutboxModel
from console.ui.outbox.row_painter import INDENT, RowPainter
from console.ui.parts.row_table import behave_as_rows
from console.ui.theme import Theme


class Heads(QHeaderView):
    """Column heads that stand above what they name."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        color = self._theme.color
        painter.save()
        painter.fillRect(rect, color("canvas"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        painter.setFont(self._theme.font("small"))
        painter.setPen(color("muted"))
        room = rect.adjusted(self._theme.px(INDENT) if section == STATE else 0, 0, 0, 0)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class OutboxTable(QTableView):
    """`moved(id)` as the cursor moves, `opened(id)` on Enter, `removed(id)` on Delete, `digit(n)` on 1, 2."""

    moved = Signal(str)
    opened = Signal(str)
    removed = Signal(str)
    digit = Signal(int)

    def __init__(self, theme: Theme, model: OutboxModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._lines = theme, model
        self.painter = RowPainter(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        behave_as_rows(self)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.setHorizontalHeader(Heads(theme, self))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Heights and columns after a change of theme or scale."""
        self.horizontalHeader().setFixedHeight(self._theme.size("tableHeader"))
        self.verticalHeader().setDefaultSectionSize(self._theme.size("rowComfortable"))
        self._shape()
        self._fit()
        self.viewport().update()

    def show_lines(self, lines: Sequence[Line]) -> bool:
        """Fill the list; True when rows changed places."""
        moved = self._lines.set_lines(lines)
        if moved:
            self._shape()
        return moved

    def _shape(self) -> None:
        """Heads go across all columns."""
        self.clearSpans()
        for row, line in enumerate(self._lines.lines):
            self.setRowHeight(row, self.painter.height(line))
            if not line.choosable:
                self.setSpan(row, 0, 1, COLUMNS)

    def _fit(self) -> None:
        for column, width in enumerate(self.painter.widths(self.viewport().width())):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def id_at(self, index: QModelIndex) -> str:
        """The command or draft of a row; "" for a head."""
        line = index.data(LINE)
        return line.id if line is not None and line.choosable else ""

    def current_id(self) -> str:
        """The command or draft of the current row."""
        return self.id_at(self.currentIndex())

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        if chosen := self.id_at(current):
            self.moved.emit(chosen)

    def _hover(self, row: int) -> None:
        if row != self.painter.hovered:
            self.painter.hovered = row
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def go(self, row: int) -> None:
        """Make a row the current one and show it; with the head above it where it is the first."""
        index = self._lines.index(row, 0)
        self.setCurrentIndex(index)
        above = self._lines.index(row - 1, 0)
        if above.isValid() and not above.data(LINE).choosable:
            self.scrollTo(above)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """To the next row that can be chosen, forwards or back."""
        row, last = self.currentIndex().row() + by, len(self._lines.lines)
        while 0 <= row < last and not self._lines.lines[row].choosable:
            row += 1 if by > 0 else -1
        if 0 <= row < last:
            self.go(row)

    def _edge(self, first: bool) -> None:
        rows = [at for at, line in enumerate(self._lines.lines) if line.choosable]
        if rows:
            self.go(rows[0 if first else -1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not (self._walk(key) or self._mean(key)):
            event.ignore()

    def _walk(self, key: Qt.Key) -> bool:
        page = max(1, self.viewport().height() // self._theme.size("rowComfortable") - 1)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_J: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_K: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._edge(key == Qt.Key.Key_Home)
        elif key in steps:
            self._leap(steps[key])
        else:
            return False
        return True

    def _leap(self, by: int) -> None:
        row = self.currentIndex().row() + by
        if 0 <= row < len(self._lines.lines):
            self.step(by)
        elif abs(by) > 1:
            self._edge(by < 0)

    def _mean(self, key: Qt.Key) -> bool:
        chosen = self.current_id()
        if not chosen:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(chosen)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(chosen)
        elif key in (Qt.Key.Key_1, Qt.Key.Key_2):
            self.digit.emit(1 if key == Qt.Key.Key_1 else 2)
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() or not self.current_id():
            return
        box = self.visualRect(self.currentIndex())
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.drawRect(1, box.top() + 1, self.viewport().width() - 2, box.height() - 3)
        painter.end()
