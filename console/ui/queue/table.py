"""The queue's table: keys, pointer and accessibility. What keys mean for a case is the room's."""

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from console.desk.rows import Sort
from console.ui.parts.row_table import behave_as_rows
from console.ui.queue.columns import ALL, BY_NAME, Layout
from console.ui.queue.heads import Heads
from console.ui.queue.model import ROW, QueueModel
from console.ui.queue.painting_ahead import PaintingAhead
from console.ui.queue.row_painter import RowPainter
from console.ui.theme import Theme

_ASKED = {
    (Qt.Key.Key_C, False): "copy",
    (Qt.Key.Key_E, False): "export",
    (Qt.Key.Key_P, False): "print",
    (Qt.Key.Key_O, True): "columns",
}
"""Keys with Ctrl (and Shift) that are about the whole list."""
AHEAD_MS = 500  # before rows beside a new list's first ones are thought of: those come first
SETTLE_MS = 300  # after rows changed places, clicks are not meant for what lies there now


class QueueTable(QTableView):
    """Emits what the operator wants: `moved(id)`, `opened(id)`, `previewed(id)`, `letter(id, key)`.

    `toggled(row)`, `reached(anchor, row, new)`, `all_wanted`, `none_wanted`: choosing several; `asked(name)`:
    a key with Ctrl that is about the list. `laid_out` after columns were moved or sized by hand.
    """

    moved = Signal(str)
    opened = Signal(str)
    previewed = Signal(str)
    letter = Signal(str, str)
    menu = Signal(str)
    used = Signal()
    toggled = Signal(int)
    reached = Signal(int, int, bool)
    all_wanted = Signal()
    none_wanted = Signal()
    asked = Signal(str)
    laid_out = Signal(object)

    def __init__(self, theme: Theme, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._queue = theme, model
        self._anchor = -1  # the row that a stretch of chosen rows begins at
        self._reaching = False
        self.painter = RowPainter(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        behave_as_rows(self)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.heads = Heads(theme, self)
        self.setHorizontalHeader(self.heads)
        self.viewport().setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # it scrolls by moving its pixels
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.heads.resized.connect(self._on_resized)
        self.heads.reordered.connect(self._on_reordered)
        model.ordered = self.heads.order_text
        model.chosen.changed.connect(self.viewport().update)
        self.ahead = PaintingAhead(self._prepare, self)
        model.dataChanged.connect(self.look_ahead)
        self._settled = QElapsedTimer()
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Row height, header and columns after a change of theme, scale or density."""
        self.verticalHeader().setDefaultSectionSize(self.painter.row_height())
        self.horizontalHeader().setFixedHeight(self._theme.size("tableHeader"))
        self._fit()
        self.viewport().update()

    def set_order(self, sort: Sort, reverse: bool = False) -> None:
        """Mark the column that the rows are in order of."""
        self.heads.set_order(sort, reverse)

    def set_layout(self, layout: Layout) -> None:
        """Other columns, in another order, of other widths."""
        self.painter.layout = layout
        self.restyle()

    def _on_resized(self, column: int, width: int) -> None:
        layout = self.painter.layout.with_width(ALL[column].name, round(width * 100 / self._theme.scale))
        self._keep(layout)

    def _on_reordered(self) -> None:
        self._keep(Layout(self.heads.names(), self.painter.layout.widths))

    def _keep(self, layout: Layout) -> None:
        self.set_layout(layout)
        self.laid_out.emit(layout)

    def set_compact(self, compact: bool) -> None:
        """Single-line rows."""
        if compact != self.painter.compact:
            self.painter.compact = compact
            self.restyle()

    def _fit(self) -> None:
        widths, heads = self.painter.widths(self.viewport().width()), self.heads
        heads.laying = True
        for column in range(len(ALL)):
            heads.setSectionHidden(column, column not in widths)
        for place, name in enumerate(self.painter.layout.names):
            heads.moveSection(heads.visualIndex(BY_NAME[name]), place)
            heads.resizeSection(BY_NAME[name], widths[BY_NAME[name]])
        heads.laying = False

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

    def _on_reset(self) -> None:
        self._settled.start()
        QTimer.singleShot(AHEAD_MS, self, self.look_ahead)
        self._anchored(-1)

    def _anchored(self, row: int) -> None:
        self._anchor, self._reaching = row, False

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._queue.state.pin(current.row())
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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if abs(dy) > self.viewport().height():
            self.painter.budget.jumped()
        super().scrollContentsBy(dx, dy)
        self.look_ahead()

    def look_ahead(self) -> None:
        """Ask for what comes next in either direction, and paint what is here of it."""
        tall = self.painter.row_height()
        first = self.verticalScrollBar().value() // tall
        last = first + self.viewport().height() // tall
        self._queue.look_ahead(first, last)
        self.ahead.begin(first, last, self._queue.rowCount(), len(self.painter.layout.names))

    def _prepare(self, row: int) -> None:
        if row < self._queue.rowCount():
            widths = {BY_NAME[name]: self.columnWidth(BY_NAME[name]) for name in self.painter.layout.names}
            self.painter.prepare(row, widths, self.viewport().devicePixelRatioF())

    def _page(self) -> int:
        return max(1, self.viewport().height() // self.painter.row_height() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.used.emit()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self._with_ctrl(event):
                event.ignore()
        elif event.key() == Qt.Key.Key_Escape and len(self._queue.chosen):
            self.none_wanted.emit()
        elif not self._walk(event) and not self._mean(event):
            event.ignore()

    def _with_ctrl(self, event: QKeyEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Period:
            self.menu.emit(self.current_id())
        elif key == Qt.Key.Key_Space and not shift:
            self._anchored(self.currentIndex().row())
            self.toggled.emit(self._anchor)
        elif key == Qt.Key.Key_A and not shift:
            self.all_wanted.emit()
        elif (key, shift) in _ASKED:
            self.asked.emit(_ASKED[key, shift])
        else:
            return False
        return True

    def _walk(self, event: QKeyEvent) -> bool:
        row, last = self.currentIndex().row(), self.model().rowCount() - 1
        if row < 0:  # the chosen case is not among the rows on hand: on from what is seen
            row = max(-1, self.indexAt(QPoint(2, 0)).row() - 1)
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
        key = Qt.Key(event.key())
        if key not in places or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        self._to(places[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True

    def _to(self, row: int, reach: bool) -> None:
        """The row becomes the current one; `reach`: all rows from the anchor to it are chosen."""
        before = max(0, self.currentIndex().row())
        self.go(row)
        if reach:
            self._anchor = before if self._anchor < 0 else self._anchor
            new, self._reaching = not self._reaching, True
            self.reached.emit(self._anchor, self.currentIndex().row(), new)
        else:
            self._anchored(-1)

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
        row = self.indexAt(event.position().toPoint()).row()
        held = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        if row >= 0 and held and event.button() == Qt.MouseButton.LeftButton:
            self._choose(row, bool(held & Qt.KeyboardModifier.ShiftModifier))
        else:
            self._anchored(-1)
            super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _choose(self, row: int, reach: bool) -> None:
        self._to(row, reach)
        if not reach:
            self._anchored(row)
            self.toggled.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        case = self.id_at(self.indexAt(event.position().toPoint()))
        if case:
            self.opened.emit(case)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._fill_below(event.rect())
        self.painter.budget.begin()
        super().paintEvent(event)
        left_out = self.painter.budget.end()
        if left_out >= 0:
            QTimer.singleShot(0, self, lambda: self._paint_from(left_out))
        if not self.hasFocus() or not self.currentIndex().isValid():
            return
        box = self.visualRect(self.currentIndex())
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.drawRect(1, box.top() + 1, self.viewport().width() - 2, box.height() - 3)
        painter.end()

    def _paint_from(self, row: int) -> None:
        """The next frame goes on there."""
        top = max(0, self.rowViewportPosition(row))
        self.viewport().update(0, top, self.viewport().width(), self.viewport().height() - top)

    def _fill_below(self, rect: QRect) -> None:
        """What no row covers."""
        end = self.model().rowCount() * self.painter.row_height() - self.verticalScrollBar().value()
        if end <= rect.bottom():
            painter = QPainter(self.viewport())
            room = rect.adjusted(0, max(0, end - rect.top()), 0, 0)
            painter.fillRect(room, self._theme.color("surface"))
            painter.end()

    def top_row(self) -> tuple[str, int]:
        """The case of the first visible row, and how many pixels of it are scrolled away."""
        index = self.indexAt(QPoint(2, 0))
        return self.id_at(index), -self.visualRect(index).top() if index.isValid() else 0

    def sees(self, row: int) -> bool:
        """Whether some of this row is in the pane."""
        return self.visualRect(self.model().index(row, 0)).intersects(self.viewport().rect())

    def scroll_row(self, row: int, cut: int) -> None:
        """Put a row at the top, `cut` pixels of it scrolled away."""
        self.verticalScrollBar().setValue(row * self.painter.row_height() + cut)
