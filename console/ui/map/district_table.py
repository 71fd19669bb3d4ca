"""The table under the map: the same figures as words and numbers, for keyboard and screen reader.

Districts, or the communes of one of them; with the class of each where the map shades them.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
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
from console.ui.map.district_model import BACK, LEVEL, DistrictModel, Index, Level
from console.ui.theme import Theme
from console.ui.words import t

_ROWS_SEEN = 4
_PAD, _GAP = 14, 6
_WIDE, _BRIEF = (42, 62, 74, 62), (36, 35, 44)  # pixels of the figures' columns
_EDGES = 4


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
        first, last = index.column() == 0, index.column() == index.model().columnCount() - 1
        beside = 0 if first else _PAD if last else _GAP  # figures keep their distance from names
        inner = rect.adjusted(_PAD if first else 0, 0, -beside, -1)
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
        columns = self._table.model().columnCount()
        right = rect.right() - (_PAD if column == columns - 1 else 0)
        painter.drawLine(QPoint(left, rect.bottom()), QPoint(right, rect.bottom()))


class _Half(QTableView):
    """One of the two halves. Letters never go to an input method; Left and Right pass on at the edge."""

    entered_area = Signal(str)
    left_at = Signal(int, int)  # row, direction
    back = Signal()

    def __init__(self, theme: Theme, model: DistrictModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.inside = False  # Esc leads back
        self._brief = False
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
        model.modelReset.connect(self._columns)
        self.doubleClicked.connect(self._enter)

    def _columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, self.model().columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self._widths()

    def _widths(self) -> None:
        widths = (_BRIEF if self._brief else _WIDE)[: self.model().columnCount() - 1]
        for column, width in enumerate(widths, 1):
            self.horizontalHeader().resizeSection(column, self._theme.px(width))

    def set_brief(self, brief: bool) -> None:
        """Shorter heads of the figures, and narrower columns."""
        model = self.model()
        if brief != self._brief and isinstance(model, DistrictModel):
            self._brief = brief
            model.set_brief(brief)
            self._widths()

    def dress(self) -> None:
        """Sizes and colours of the theme."""
        theme, header = self._theme, self.horizontalHeader()
        self._widths()
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
        elif key == Qt.Key.Key_Escape and self.inside:
            self.back.emit()
        elif key == Qt.Key.Key_Right and at.column() == self.model().columnCount() - 1:
            self.left_at.emit(at.row(), 1)
        elif key == Qt.Key.Key_Left and at.column() == 0:
            self.left_at.emit(at.row(), -1)
        elif event.text() and not event.text().isspace():
            event.ignore()  # no type-ahead: single letters belong to the room
        else:
            super().keyPressEvent(event)


class DistrictTable(QWidget):
    """Both halves side by side. `area_chosen`: Enter or a double click on a row, with the unit's code;
    `left_inside`: from the communes of a district back to all districts."""

    area_chosen = Signal(str)
    left_inside = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._districts: tuple[DistrictRow, ...] = ()
        self._inside = False
        self.models = (DistrictModel(theme, self), DistrictModel(theme, self))
        self.halves = tuple(_Half(theme, model, self) for model in self.models)
        self._line = line = QWidget(self)
        line.setFixedWidth(1)
        line.setProperty("edge", "left")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 6)
        layout.setSpacing(0)
        for part in (self.halves[0], line, self.halves[1]):
            layout.addWidget(part, 0 if part is line else 1)
        for number, half in enumerate(self.halves):
            half.setAccessibleName(t("map.districts.half", half=number + 1))
            half.entered_area.connect(self._enter)
            half.back.connect(self.show_districts)
            half.left_at.connect(self._cross)
        self.setAccessibleName(t("map.districts"))
        theme.changed.connect(self._dress)
        self._dress()

    def set_rows(self, rows: Sequence[DistrictRow]) -> None:
        """Take the figures of all areas; the first half stands at the left."""
        self._districts = tuple(rows)
        if not self._inside:
            self._show_halves()

    @property
    def districts(self) -> tuple[DistrictRow, ...]:
        """The figures of all areas, as taken last."""
        return self._districts

    def show_inside(
        self, rows: Sequence[DistrictRow], within: DistrictRow | None, levels: Mapping[str, Level] | None
    ) -> None:
        """Show communes instead, in one list: those of the district `within`, whose own row leads back."""
        self._set_inside(True)
        head = [msgspec.structs.replace(within, code=BACK, name=f"‹ {within.name}")] if within else []
        self.models[0].set_rows([*head, *rows], levels)
        self.models[1].set_rows([])
        self._fit()

    def show_districts(self) -> None:
        """Back to all districts."""
        if not self._inside:
            return
        self._set_inside(False)
        self._show_halves()
        self.left_inside.emit()

    def _set_inside(self, inside: bool) -> None:
        self._inside = inside
        for half in self.halves:
            half.inside = inside
        for part in (self._line, self.halves[1]):
            part.setVisible(not inside)

    def _enter(self, code: str) -> None:
        if code == BACK:
            self.show_districts()
        else:
            self.area_chosen.emit(code)

    def _fit(self) -> None:
        """Where the longest name has no room, the heads of the figures are shorter, in both halves alike."""
        width = self.width() if self._inside else (self.width() - 1) // 2
        metrics = QFontMetrics(self._theme.font("body"))
        names = (row.name for model in self.models for row in model.rows)
        longest = max(map(metrics.horizontalAdvance, names), default=0) + _PAD + _GAP
        figures = sum(map(self._theme.px, _WIDE[: LEVEL - 1])) + _EDGES
        for half in self.halves:
            half.set_brief(not self._inside and longest + figures > width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_halves(self) -> None:
        middle = math.ceil(len(self._districts) / 2)
        self.models[0].set_rows(self._districts[:middle])
        self.models[1].set_rows(self._districts[middle:])
        self._fit()

    def _dress(self) -> None:
        for half in self.halves:
            half.dress()
        self._fit()
        self.setFixedHeight(self._theme.px(28) + _ROWS_SEEN * self._theme.px(25) + 10)

    def _cross(self, row: int, direction: int) -> None:
        target = self.halves[1 if direction > 0 else 0]
        model = target.model()
        if target is not self.sender() and model.rowCount():
            column = 0 if direction > 0 else model.columnCount() - 1
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            target.setCurrentIndex(model.index(min(row, model.rowCount() - 1), column))
