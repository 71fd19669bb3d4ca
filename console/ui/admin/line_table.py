"""The items of a list as a table: code, name, from when to when, and whether it is in force."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from console.ui.admin.lines import DRAFT, LATER, NOW, Line
from console.ui.admin.words import span_text
from console.ui.parts.row_table import behave_as_rows
from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
CODE, NAME, SPAN, STATE = range(4)
HEADS = ("admin.head.code", "admin.head.name", "admin.head.span", "admin.head.state")
TONES = {NOW: "goodText", LATER: "infoText", DRAFT: "violetText"}


class LineModel(QAbstractTableModel):
    """Filled anew after each reading; the same rows stay where they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Rows that are the same ones change in place."""
        same = [line.key for line in lines] == [line.key for line in self.lines]
        if same:
            self.lines = list(lines)
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, STATE))
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Where an item stands; -1: nowhere."""
        return next((row for row, line in enumerate(self.lines) if line.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return t(HEADS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(line, index.column()))
        return None

    @staticmethod
    def _text(line: Line, column: int) -> str:
        if column == CODE:
            return line.code
        if column == NAME:
            return line.name
        if column == SPAN:
            return span_text(line.begins, line.ends)
        return t("admin.state.editing") if line.edited and line.state != DRAFT else line.said


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        theme, rect = self._theme, QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        column = index.column()
        tone = "text" if column == NAME else "muted"
        if column == STATE:
            tone = "violetText" if line.edited else TONES.get(line.state, "muted")
        font = theme.font("small" if column in (SPAN, STATE) else "body", 600 if line.edited else 400)
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        room = rect.adjusted(theme.px(10), 0, -theme.px(4), 0)
        text = QFontMetrics(font).elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class LineTable(QTableView):
    """`moved(key)` as the cursor moves, `opened(key)` on Enter."""

    moved = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, model: LineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.setModel(model)
        self.setItemDelegate(_Painter(theme, self))
        behave_as_rows(self)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.selectionModel().currentRowChanged.connect(lambda now, _was: self._on_current(now))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index)))
        model.modelReset.connect(self._fit)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Heights and columns after a change of theme or scale."""
        self.horizontalHeader().setFixedHeight(self._theme.size("tableHeader"))
        self.verticalHeader().setDefaultSectionSize(self._theme.size("rowCompact"))
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        px, whole = self._theme.px, self.viewport().width()
        dated = any(line.begins for line in self._model.lines)
        narrow = whole < px(560) or not dated
        code, span, state = px(110 if whole < px(560) else 150), px(0 if narrow else 190), px(104)
        self.setColumnHidden(SPAN, narrow)
        for column, width in (
            (CODE, code),
            (NAME, whole - code - span - state),
            (SPAN, span),
            (STATE, state),
        ):
            self.setColumnWidth(column, max(px(40), width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _key(self, index: Index) -> str:
        line = index.data(LINE)
        return line.key if line is not None else ""

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.moved.emit(self._key(index))

    def go(self, row: int) -> None:
        """Make a row the current one and show it."""
        index = self._model.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self._key(self.currentIndex()))
            return
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(key)) if not event.modifiers() else None
        if step is not None:
            row = self.currentIndex().row() + step
            if 0 <= row < self._model.rowCount():
                self.go(row)
            return
        super().keyPressEvent(event)
