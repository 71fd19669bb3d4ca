"""The outbox's lines as a Qt table. Lines that keep their places change in place."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.ui.outbox.lines import AT, COLUMNS, CONTENT, KIND, NUMBER, STATE, Line
from console.ui.parts.text import tip
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_HEADS = {
    STATE: "outbox.col.state",
    AT: "outbox.col.at",
    KIND: "outbox.col.kind",
    NUMBER: "col.number",
    CONTENT: "outbox.col.content",
}


class OutboxModel(QAbstractTableModel):
    """`set_lines` is all that changes it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled
        choosable = self.lines[index.row()].choosable
        return enabled | Qt.ItemFlag.ItemIsSelectable if choosable else enabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and column == STATE:
            return line.sentence()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole and line.choosable:
            return tip("\n".join(part for part in (line.cells[column], self._second(line, column)) if part))
        return None

    def _second(self, line: Line, column: int) -> str:
        return line.second if column == CONTENT else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return t(_HEADS[section])
        return None

    def set_lines(self, lines: Sequence[Line]) -> bool:
        """Show these; True when rows changed places, so that the choice has to be made anew."""
        new, old = tuple(lines), self.lines
        if [(x.kind, x.id) for x in new] == [(x.kind, x.id) for x in old]:
            self.lines = new
            for row, (one, other) in enumerate(zip(old, new, strict=True)):
                if one != other:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))
            return False
        self.beginResetModel()
        self.lines = new
        self.endResetModel()
        return True

    def row_of(self, line_id: str) -> int | None:
        """Where a command or draft stands."""
        return next((at for at, x in enumerate(self.lines) if x.choosable and x.id == line_id), None)

    def first(self) -> int | None:
        """The first row that can be chosen."""
        return next((at for at, line in enumerate(self.lines) if line.choosable), None)
