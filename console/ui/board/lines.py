"""A table of painted lines that live values are put into without moving anything under a hand.

A line is a key and its cells. While somebody is in the table, lines keep their order; new ones come at the
end. Letters are keys of the room, never of an input method.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from console.ui.parts.chip import paint_due
from console.ui.parts.row_table import behave_as_rows
from console.ui.parts.text import tip
from console.ui.parts.time_text import Due
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PAD = 14
NARROW = 560  # pixels at 100 %
LEAD = "\u2002"  # brings the first title over its cells
BAR = 8


@dataclass(frozen=True)
class Cell:
    """`sub`: a second line; `due`: a deadline instead of words; `share`: a bar of so much of the width, with
    a mark at `tick`; `color`: of the bar; `icon`: before the words."""

    text: str = ""
    sub: str = ""
    tone: str = "text"
    strong: bool = False
    due: Due | None = None
    share: float | None = None
    tick: float | None = None
    color: str = "teal"
    icon: str = ""

    @property
    def spoken(self) -> str:
        """In words."""
        return ", ".join(part for part in (self.due.text if self.due else self.text, self.sub) if part)


@dataclass(frozen=True)
class Line:
    """`key` stays the same whatever the cells say."""

    key: str
    cells: tuple[Cell, ...]

    @property
    def spoken(self) -> str:
        """The whole line."""
        return ". ".join(cell.spoken for cell in self.cells if cell.spoken)


@dataclass(frozen=True)
class Column:
    """`width` at 100 %, 0: what is left; `right`: figures. `narrow`: the width where the table is narrow, 0:
    the same, -1: it is left out there."""

    title: str = ""
    width: int = 0
    right: bool = False
    narrow: int = 0


class LinesModel(QAbstractTableModel):
    """Lines by columns."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lines: list[Line] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        cell = line.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.due.exact if cell.due else tip(cell.spoken) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken if index.column() == 0 else cell.spoken
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{LEAD}{self.columns[section].title}" if section == 0 else self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def put(self, lines: Sequence[Line], held: bool) -> None:
        """Show these; `held`: in the order that is shown already."""
        new = {line.key: line for line in lines}
        if held:
            stay = [line.key for line in self.lines if line.key in new]
            known = set(stay)
            lines = [new[key] for key in (*stay, *(key for key in new if key not in known))]
        if [line.key for line in lines] == [line.key for line in self.lines]:
            for row, line in enumerate(lines):
                if line != self.lines[row]:
                    self.lines[row] = line
                    self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()


class LineTable(QTableView):
    """`opened(key)` on Enter or a double click, `moved(key)` as the cursor goes, `entered` with the focus."""

    opened = Signal(str)
    moved = Signal(str)
    entered = Signal()

    def __init__(
        self, theme: Theme, columns: Sequence[Column], name: str, row: int = 40, narrow: int = NARROW
    ) -> None:
        super().__init__()
        self._theme, self._row, self._narrow, self._columns = theme, row, narrow, tuple(columns)
        self.model_ = LinesModel(columns, self)
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(theme, self))
        behave_as_rows(self)
        self.setAccessibleName(name)
        header = self.horizontalHeader()
        header.setVisible(any(column.title for column in columns))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.moved.emit(self.key))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        header, px = self.horizontalHeader(), self._theme.px
        header.setFixedHeight(self._theme.size("tableHeader"))
        header.setFont(self._theme.font("small"))
        self.verticalHeader().setDefaultSectionSize(px(self._row))
        narrow = self.width() < px(self._narrow)
        for at, column in enumerate(self._columns):
            width = column.narrow if narrow and column.narrow else column.width
            header.setSectionHidden(at, width < 0)
            if width > 0:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(at, px(width))
            elif width == 0:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._restyle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @property
    def key(self) -> str:
        """The line under the cursor; "" where there is none."""
        row = self.currentIndex().row()
        return self.model_.lines[row].key if 0 <= row < len(self.model_.lines) else ""

    def put(self, lines: Sequence[Line]) -> None:
        """Show these; the cursor stays on its line."""
        key, row, top = self.key, self.currentIndex().row(), self.verticalScrollBar().value()
        self.model_.put(lines, held=self.hasFocus() or self.underMouse())
        self.choose(key, row)
        self.verticalScrollBar().setValue(top)

    def choose(self, key: str, otherwise: int = 0) -> None:
        """Put the cursor on a line, on that place where there is no such."""
        rows = [line.key for line in self.model_.lines]
        if rows:
            row = rows.index(key) if key in rows else min(max(0, otherwise), len(rows) - 1)
            if self.currentIndex().row() != row:
                self.setCurrentIndex(self.model_.index(row, 0))

    def step(self, by: int) -> None:
        """The cursor so many lines on."""
        row = min(max(0, self.currentIndex().row() + by), len(self.model_.lines) - 1)
        self.setCurrentIndex(self.model_.index(row, 0))

    def _open(self) -> None:
        if self.key:
            self.opened.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self._open()
            case Qt.Key.Key_J if plain:
                self.step(1)
            case Qt.Key.Key_K if plain:
                self.step(-1)
            case Qt.Key.Key_Backspace:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys, they look for nothing."""


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, table: LineTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        color, px, model = self._theme.color, self._theme.px, self._table.model_
        rect: QRect = option.rect
        cell, column = model.lines[index.row()].cells[index.column()], model.columns[index.column()]
        current = self._table.currentIndex().row() == index.row() and self._table.hasFocus()
        painter.save()
        painter.fillRect(rect, color("selected" if current else "surface"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        first, last = index.column() == 0, index.column() == len(model.columns) - 1
        room = rect.adjusted(px(PAD if first else 8), 0, -px(PAD if last and not column.right else 8), -1)
        if cell.due is not None:
            paint_due(painter, self._theme, room, cell.due)
        elif cell.share is not None:
            self._bar(painter, room, cell)
        else:
            self._words(painter, room, cell, column)
        if current and first:
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), color("focus"))
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, cell: Cell, column: Column) -> None:
        theme, px = self._theme, self._theme.px
        if cell.icon:
            side = px(16)
            tone = cell.tone if cell.tone != "text" else "muted"
            at = QRect(room.left(), room.top() + (room.height() - side) // 2, side, side)
            theme.icon(cell.icon, tone).paint(painter, at)
            room = room.adjusted(side + px(8), 0, 0, 0)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        font, small = theme.font("body", 600 if cell.strong else 400), theme.font("small")
        high, low = QFontMetrics(font), QFontMetrics(small)
        whole = high.height() + (low.height() if cell.sub else 0)
        top = room.top() + (room.height() - whole) // 2
        painter.setFont(font)
        painter.setPen(theme.color(cell.tone))
        box = QRect(room.left(), top, room.width(), high.height())
        painter.drawText(box, side, high.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width()))
        if cell.sub:
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            box = QRect(room.left(), top + high.height(), room.width(), low.height())
            painter.drawText(box, side, low.elidedText(cell.sub, Qt.TextElideMode.ElideRight, room.width()))

    def _bar(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        theme, px = self._theme, self._theme.px
        share = min(1.0, max(0.0, cell.share or 0.0))
        box = QRectF(room.left(), room.center().y() - px(BAR) / 2 + 1, room.width(), px(BAR))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("neutralSoft"))
        painter.drawRoundedRect(box, 2, 2)
        painter.setBrush(theme.color(cell.color))
        painter.drawRoundedRect(QRectF(box.left(), box.top(), box.width() * share, box.height()), 2, 2)
        if cell.tick is not None:
            x = box.left() + box.width() * min(1.0, cell.tick)
            painter.fillRect(QRectF(x - 1, box.top() - px(3), 2, box.height() + px(6)), theme.color("text"))
