"""A list of lines of text, chosen by row, with keys as every list has them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from console.ui.parts.row_table import behave_as_rows
from console.ui.parts.text import tip
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Head(NamedTuple):
    """A column. `width` in pixels at 100 %; 0: what is left. `figures`: numbers, at its right edge; `toned`:
    it has the line's tone."""

    text: str
    width: int
    strong: bool = False
    figures: bool = False
    toned: bool = False


class Line(NamedTuple):
    """A row. `tone`: of its toned column; "" for the usual one."""

    id: str
    cells: tuple[str, ...]
    tone: str = ""


class TextModel(QAbstractTableModel):
    """Lines in the order in which they were given."""

    def __init__(self, heads: Sequence[Head]) -> None:
        super().__init__()
        self.heads, self.lines = tuple(heads), list[Line]()

    def begin(self, lines: Sequence[Line]) -> None:
        """A new list."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def go_on(self, lines: Sequence[Line]) -> None:
        """More behind it."""
        if lines:
            at = len(self.lines)
            self.beginInsertRows(NOWHERE, at, at + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line.cells[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(
                f"{head.text}: {cell}" for head, cell in zip(self.heads, line.cells, strict=True) if cell
            )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.heads[section].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.heads[section].figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Cells(QStyledItemDelegate):
    """One line of text each, below its head; a rule below the row."""

    def __init__(self, theme: Theme, model: TextModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme, self._lines = theme, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, color, state = option.rect, self._theme.color, option.state
        head, line = self._lines.heads[index.column()], self._lines.lines[index.row()]
        painter.save()
        painter.fillRect(box, color("selected" if state & QStyle.StateFlag.State_Selected else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("line"))
        painter.setFont(self._theme.font("body", 600 if head.strong else 400))
        painter.setPen(color(line.tone if head.toned and line.tone else "text" if head.strong else "muted"))
        room = box.adjusted(self._theme.px(8), 0, -self._theme.px(8), -1)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if head.figures else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, text)
        painter.restore()


class TextTable(QTableView):
    """`moved(id)` with the cursor; `opened(id)` on Enter or a double click; `letter` on one of `letters`;
    `end_near` when the last rows come into sight."""

    moved = Signal(str)
    opened = Signal(str)
    letter = Signal(str)
    end_near = Signal()

    def __init__(self, theme: Theme, model: TextModel, name: str, letters: str) -> None:
        super().__init__()
        self._theme, self._lines, self._letters = theme, model, letters
        self.setModel(model)
        behave_as_rows(self)
        self.setItemDelegate(_Cells(theme, model, self))
        self.setAccessibleName(name)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.doubleClicked.connect(lambda _index: self._open())
        theme.changed.connect(self.restyle)
        self.restyle()

    @property
    def chosen(self) -> str:
        """The id of the row with the cursor, "" for none."""
        row = self.currentIndex().row()
        return self._lines.lines[row].id if 0 <= row < len(self._lines.lines) else ""

    def choose(self, line: str) -> None:
        """Put the cursor there, or on the first row."""
        ids = [one.id for one in self._lines.lines]
        if ids:
            self.setCurrentIndex(self._lines.index(ids.index(line) if line in ids else 0, 0))

    def restyle(self) -> None:
        """Heights and columns after a change of theme or scale."""
        self.horizontalHeader().setFixedHeight(self._theme.size("tableHeader"))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(30))
        self._fit()

    def _fit(self) -> None:
        widths = [self._theme.px(head.width) for head in self._lines.heads]
        left = max(self._theme.px(96), self.viewport().width() - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width or left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(self.chosen)

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - self.viewport().height():
            self.end_near.emit()

    def _open(self) -> None:
        if self.chosen:
            self.opened.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(-len(self._lines.lines) if key == Qt.Key.Key_Home else len(self._lines.lines))
        elif plain and (letter := _letter(key)) and letter in self._letters:
            self.letter.emit(letter)
        elif key == Qt.Key.Key_Backspace:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        row = min(max(self.currentIndex().row() + by, 0), len(self._lines.lines) - 1)
        self.setCurrentIndex(self._lines.index(row, 0))


def _letter(key: Qt.Key) -> str:
    """A to Z by the physical key, and "/"; "" for any other."""
    return chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or key == Qt.Key.Key_Slash else ""
