"""The table under the map: the same figures as words and numbers, for keyboard and screen reader."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console.desk.rows import DistrictRow
from console.ui.theme import Theme
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("area", "open", "soon", "over")
_ROWS_SEEN = 4
_PAD, _GAP = 14, 6


class DistrictModel(QAbstractTableModel):
    """Rows of areas. A change of figures keeps the rows; other areas reset them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[DistrictRow, ...] = ()

    def set_rows(self, rows: Sequence[DistrictRow]) -> None:
        """Take these figures."""
        fresh = tuple(rows)
        if [r.code for r in fresh] != [r.code for r in self._rows]:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        before, self._rows = self._rows, fresh
        for i, (old, new) in enumerate(zip(before, fresh, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(i, 0), self.index(i, len(COLUMNS) - 1))

    def repaint_all(self) -> None:
        """Colours or fonts changed."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> DistrictRow:
        """The figures of one row."""
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return t(f"map.col.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
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
        return row.name
    return t("map.cell", area=row.name, column=t(f"map.col.{COLUMNS[column]}"), n=_figure(row, column))


class _Cells(QStyledItemDelegate):
    """Paints a cell: words, a line beneath, the selected row's ground and ring."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        color = self._theme.color
        rect: QRect = option.rect
        current = self._table.currentIndex()
        mine = self._table.hasFocus() and current.row() == index.row()
        painter.fillRect(rect, color("selected" if mine else "surface"))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        first, last = index.column() == 0, index.column() == len(COLUMNS) - 1
        inner = rect.adjusted(_PAD if first else 0, 0, -_PAD if last else -_GAP, -1)
        words = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)
        if index.row() < index.model().rowCount() - 1:
            self._line(painter, rect, index.column())
        if mine and current.column() == index.column():
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _line(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.setPen(self._theme.color("line"))
        left = rect.left() + (_PAD if column == 0 else 0)
        right = rect.right() - (_PAD if column == len(COLUMNS) - 1 else 0)
        painter.drawLine(QPoint(left, rect.bottom()), QPoint(right, rect.bottom()))


class _Half(QTableView):
    """One of the two halves. Letters never go to an input method; Left and Right pass on at the edge."""

    entered_area = Signal(str)
    left_at = Signal(int, int)  # row, direction

    def __init__(self, theme: Theme, model: DistrictModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(model)
        self.setItemDelegate(_Cells(theme, self))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self._columns()
        self.doubleClicked.connect(self._enter)

    def _columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(COLUMNS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)

    def dress(self) -> None:
        """Sizes and colours of the theme."""
        theme, header = self._theme, self.horizontalHeader()
        for column, width in ((1, 44), (2, 68), (3, 80)):
            header.resizeSection(column, theme.px(width))
        header.setFixedHeight(theme.px(28))
        header.setFont(theme.font("small"))
        header.setStyleSheet(
            f"QHeaderView::section {{ background: {theme.hex('surface')}; color: {theme.hex('muted')};"
            f" border: none; border-bottom: 1px solid {theme.hex('line')}; padding: 0 {_GAP}px; }}"
            f"QHeaderView::section:first {{ padding-left: {_PAD}px; }}"
            f"QHeaderView::section:last {{ padding-right: {_PAD}px; }}"
        )
        self.verticalHeader().setDefaultSectionSize(theme.px(25))
        model = self.model()
        if isinstance(model, DistrictModel):
            model.repaint_all()

    def _enter(self, index: QModelIndex) -> None:
        model = self.model()
        if index.isValid() and isinstance(model, DistrictModel):
            self.entered_area.emit(model.row(index.row()).code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(at)
        elif key == Qt.Key.Key_Right and at.column() == len(COLUMNS) - 1:
            self.left_at.emit(at.row(), 1)
        elif key == Qt.Key.Key_Left and at.column() == 0:
            self.left_at.emit(at.row(), -1)
        elif event.text() and not event.text().isspace():
            event.ignore()  # no type-ahead: single letters belong to the room
        else:
            super().keyPressEvent(event)


class DistrictTable(QWidget):
    """Both halves side by side. `area_chosen`: Enter or a double click on a row, with the unit's code."""

    area_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.models = (DistrictModel(theme, self), DistrictModel(theme, self))
        self.halves = tuple(_Half(theme, model, self) for model in self.models)
        line = QWidget(self)
        line.setFixedWidth(1)
        line.setProperty("edge", "left")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 6)
        layout.setSpacing(0)
        for part in (self.halves[0], line, self.halves[1]):
            layout.addWidget(part, 0 if part is line else 1)
        for number, half in enumerate(self.halves):
            half.setAccessibleName(t("map.districts.half", half=number + 1))
            half.entered_area.connect(self.area_chosen)
            half.left_at.connect(self._cross)
        self.setAccessibleName(t("map.districts"))
        theme.changed.connect(self._dress)
        self._dress()

    def set_rows(self, rows: Sequence[DistrictRow]) -> None:
        """Take the figures of all areas; the first half stands at the left."""
        middle = math.ceil(len(rows) / 2)
        self.models[0].set_rows(rows[:middle])
        self.models[1].set_rows(rows[middle:])

    def _dress(self) -> None:
        for half in self.halves:
            half.dress()
        self.setFixedHeight(self._theme.px(28) + _ROWS_SEEN * self._theme.px(25) + 10)

    def _cross(self, row: int, direction: int) -> None:
        target = self.halves[1 if direction > 0 else 0]
        model = target.model()
        if target is not self.sender() and model.rowCount():
            column = 0 if direction > 0 else len(COLUMNS) - 1
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            target.setCurrentIndex(model.index(min(row, model.rowCount() - 1), column))
