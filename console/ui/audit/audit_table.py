"""The list of the audit: entries as rows of text, older ones read as one scrolls."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console.protocol.audit import AuditEntry
from console.ui.audit.audit_words import HEADS, cells
from console.ui.parts.row_table import behave_as_rows
from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDTHS = (140, 270, 52, 230, 116, 160)
"""Pixels at 100 %; the last column takes what is left."""
STRONG = frozenset({HEADS.index("who"), HEADS.index("what"), HEADS.index("case")})
LETTERS = {Qt.Key.Key_C: "C", Qt.Key.Key_E: "E", Qt.Key.Key_Slash: "/"}


class AuditModel(QAbstractTableModel):
    """Entries, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[AuditEntry] = []
        self._cells: list[tuple[str, ...]] = []

    def begin(self, entries: Sequence[AuditEntry]) -> None:
        """A new list."""
        self.beginResetModel()
        self.entries, self._cells = list(entries), [cells(one) for one in entries]
        self.endResetModel()

    def go_on(self, entries: Sequence[AuditEntry]) -> None:
        """Older ones behind it."""
        if not entries:
            return
        at = len(self.entries)
        self.beginInsertRows(NOWHERE, at, at + len(entries) - 1)
        self.entries += entries
        self._cells += [cells(one) for one in entries]
        self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._cells[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(cell for cell in row if cell)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return t(f"audit.head.{HEADS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class Cells(QStyledItemDelegate):
    """One line of text each, beginning where its head begins; a line below the row."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, color, state = option.rect, self._theme.color, option.state
        painter.save()
        painter.fillRect(box, color("selected" if state & QStyle.StateFlag.State_Selected else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("line"))
        painter.setFont(self._theme.font("body"))
        painter.setPen(color("text" if index.column() in STRONG else "muted"))
        room = box.adjusted(self._theme.px(8), 0, -self._theme.px(4), -1)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class AuditTable(QTableView):
    """`opened(case)` on Enter or a double click; `letter` on a room's key; `end_near` when the last rows
    come into sight."""

    opened = Signal(str)
    letter = Signal(str)
    end_near = Signal()

    def __init__(self, theme: Theme, model: AuditModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, model
        self.setModel(model)
        behave_as_rows(self)
        self.setItemDelegate(Cells(theme, self))
        self.setAccessibleName(t("nav.audit"))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.doubleClicked.connect(lambda _index: self._open())
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Heights and columns after a change of theme or scale."""
        self.horizontalHeader().setFixedHeight(self._theme.size("tableHeader"))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(30))
        self._fit()

    def _fit(self) -> None:
        widths = [self._theme.px(width) for width in WIDTHS]
        widths[-1] = max(widths[-1], self.viewport().width() - sum(widths[:-1]))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - self.viewport().height():
            self.end_near.emit()

    def _open(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self._rows.entries) and (case := self._rows.entries[row].case):
            self.opened.emit(case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K) and not event.modifiers():
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(-len(self._rows.entries) if key == Qt.Key.Key_Home else len(self._rows.entries))
        elif key in LETTERS and not event.modifiers():
            self.letter.emit(LETTERS[key])
        elif key == Qt.Key.Key_Backspace:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        row = min(max(self.currentIndex().row() + by, 0), len(self._rows.entries) - 1)
        self.setCurrentIndex(self._rows.index(row, 0))
