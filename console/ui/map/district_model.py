"""The figures of the table under the map, as its views ask for them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from console.desk.rows import DistrictRow
from console.ui.theme import Theme
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("area", "open", "soon", "over")
BRIEF = ("soon", "over")
_ROLE = Qt.ItemDataRole
LEVEL = len(COLUMNS)  # one more column while communes are shaded
BACK = ""  # code of the row that leads back to the districts


class Level(msgspec.Struct, frozen=True):
    """Where a commune stands in the shading: as written, and as spoken."""

    text: str
    spoken: str


class DistrictModel(QAbstractTableModel):
    """Rows of areas. A change of figures keeps the rows; other areas reset them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[DistrictRow, ...] = ()
        self._levels: Mapping[str, Level] | None = None
        self._brief = False

    def set_brief(self, brief: bool) -> None:
        """Shorter heads, where the names of areas need the room."""
        if brief != self._brief:
            self._brief = brief
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def set_rows(self, rows: Sequence[DistrictRow], levels: Mapping[str, Level] | None = None) -> None:
        """Take these figures; `levels` by code, None: no such column."""
        fresh = tuple(rows)
        same_columns = (levels is None) == (self._levels is None)
        if not same_columns or [r.code for r in fresh] != [r.code for r in self._rows]:
            self.beginResetModel()
            self._rows, self._levels = fresh, levels
            self.endResetModel()
            return
        before, self._rows = self._rows, fresh
        was, self._levels = self._levels or {}, levels
        for i, (old, new) in enumerate(zip(before, fresh, strict=True)):
            if old != new or was.get(new.code) != (levels or {}).get(new.code):
                self.dataChanged.emit(self.index(i, 0), self.index(i, self.columnCount() - 1))

    @property
    def rows(self) -> tuple[DistrictRow, ...]:
        """All of them."""
        return self._rows

    def repaint_all(self) -> None:
        """Colours or fonts changed."""
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> DistrictRow:
        """The figures of one row."""
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS) + (self._levels is not None)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole and self._brief and COLUMNS[section] in BRIEF:
            return t(f"map.col.{COLUMNS[section]}.brief")
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            return t("map.col.level") if section == LEVEL else t(f"map.col.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if column == LEVEL:
            return self._level(row, role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name if column == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if column == 0 else str(_figure(row, column) or t("map.none"))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color(_tone(row, column))
        if role == Qt.ItemDataRole.FontRole:
            loud = column >= 2 and _figure(row, column) > 0
            return self._theme.font("bodyStrong" if loud else "body")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row, column)
        return None

    def _level(self, row: DistrictRow, role: int) -> Any:
        level = (self._levels or {}).get(row.code)
        if role == Qt.ItemDataRole.DisplayRole:
            return level.text if level else t("map.none")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(LEVEL)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color("text" if level else "subtle")
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font("body")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return t("map.level.spoken", area=row.name, level=level.spoken if level else t("map.level.none"))
        return None


def _figure(row: DistrictRow, column: int) -> int:
    return (0, row.open, row.soon, row.overdue)[column]


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _tone(row: DistrictRow, column: int) -> str:
    if column < 2:
        return "text"
    if not _figure(row, column):
        return "subtle"
    return "warnText" if column == 2 else "alarmText"


def _spoken(row: DistrictRow, column: int) -> str:
    if column == 0:
        return t("map.back.spoken", area=row.name.removeprefix("‹ ")) if row.code == BACK else row.name
    return t("map.cell", area=row.name, column=t(f"map.col.{COLUMNS[column]}"), n=_figure(row, column))
