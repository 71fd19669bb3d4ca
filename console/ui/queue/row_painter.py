"""Draws the queue's rows: 46 px with two lines, or 32 px with one. Four facts, four shapes."""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.desk.presence import Present
from console.desk.rows import QueueRow
from console.domain.passages import marks_of
from console.ui.parts.busy_rows import paint_busy_row
from console.ui.parts.chip import due_chip_width, paint_due, status_text
from console.ui.parts.marked_text import LEFT, paint_marked
from console.ui.parts.present_text import initials
from console.ui.parts.status_ring import RING, paint_ring
from console.ui.parts.time_text import Due, due_of
from console.ui.parts.urgency_mark import MARK, paint_urgency
from console.ui.queue.cell_cache import CellCache, Draw
from console.ui.queue.columns import (
    AGENCY,
    ALL,
    BY_NAME,
    CONTENT,
    CONTENT_LEAST,
    DUE,
    NUMBER,
    PLACE,
    STATUS,
    TYPE,
    Layout,
)
from console.ui.queue.frame_budget import FrameBudget
from console.ui.queue.model import QueueModel
from console.ui.theme import Theme
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
SEARCHED = frozenset((NUMBER, CONTENT, STATUS, TYPE, PLACE, AGENCY))
"""Columns in which words of a search may stand."""


class Look(NamedTuple):
    """What is seen of a cell besides its row."""

    selected: bool
    chosen: bool
    first: bool
    hovered: bool
    tinted: bool
    departed: bool
    present: tuple[Present, ...]
    text: Due | str | None
    meant: tuple[str, ...]  # words to be marked


class RowPainter(QStyledItemDelegate):
    """One delegate for all columns; `compact` draws single-line rows."""

    def __init__(self, theme: Theme, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.compact = False
        self.layout = Layout()
        self.hovered = -1  # row under the pointer
        self._cells = CellCache()
        self.budget = FrameBudget()
        theme.changed.connect(self._cells.clear)

    def row_height(self) -> int:
        """Pixels of one row."""
        return self._theme.size("rowCompact" if self.compact else "rowComfortable")

    def widths(self, total: int) -> dict[int, int]:
        """Pixels of each shown column in a table of `total`: the content takes what the others leave."""
        px, compact = self._theme.px, self.compact
        found = {BY_NAME[name]: px(self.layout.width(name, compact)) for name in self.layout.names}
        found[CONTENT] = max(px(CONTENT_LEAST), total - sum(found.values()))
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(100), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        at, column, state = index.row(), index.column(), option.state
        row = self._model.row(at)  # not by roles: a row on its way to the screen asks for thirty of them
        selected, hovered = bool(state & QStyle.StateFlag.State_Selected), at == self.hovered
        if row is not None:
            look = self._look(row, column, rect.width(), selected, hovered)
            key = (row, column, look, self.compact)
            if not self.budget.limited or self._may(painter, rect, at, key):
                self._cells.paint(painter, rect, key, self._drawn(column, row, look))
                return
        first = ALL[column].name == self.layout.names[0]
        self._grey(painter, rect, column, Look(selected, False, first, hovered, False, False, (), None, ()))

    def _may(self, painter: QPainter, rect: QRect, at: int, key: Hashable) -> bool:
        ratio = painter.device().devicePixelRatioF()
        return self._cells.has(rect.size(), ratio, key) or self.budget.allows(at)

    def prepare(self, at: int, widths: Mapping[int, int], ratio: float) -> None:
        """Paint a row that is not seen yet, as it will be: neither selected nor under the pointer."""
        row = self._model.state.row(at)
        if row is None:
            return
        for column, width in widths.items():
            look, size = self._look(row, column, width, False, False), QSize(width, self.row_height())
            key = (row, column, look, self.compact)
            self._cells.picture(size, ratio, key, self._drawn(column, row, look))

    def _drawn(self, column: int, row: QueueRow, look: Look) -> Draw:
        return lambda painter, box: self._cell(painter, box, column, row, look)

    def _look(self, row: QueueRow, column: int, width: int, selected: bool, hovered: bool) -> Look:
        return Look(
            selected=selected,
            chosen=row.id in self._model.chosen,
            first=ALL[column].name == self.layout.names[0],
            hovered=hovered,
            tinted=self._model.tinted(row.id, column),
            departed=row.id in self._model.state.departed,
            present=self._model.present(row.id) if column == CONTENT else (),
            text=self._text(row, column, width),
            meant=self._model.state.meant if column in SEARCHED else (),
        )

    def _grey(self, painter: QPainter, rect: QRect, column: int, look: Look) -> None:
        """A row that is not here yet, of its final height."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paper(painter, rect, column, look)
        if column == CONTENT:
            paint_busy_row(painter, self._theme, QRectF(rect), not self.compact)
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRect, column: int, row: QueueRow, look: Look) -> None:
        self._paper(painter, rect, column, look)
        painter.setOpacity(0.5 if look.departed else 1.0)
        if column == NUMBER:
            self._number(painter, rect, row, look)
        elif column == CONTENT:
            self._content(painter, self._company(painter, rect, look.present), row, look.meant)
        elif column == STATUS:
            self._status(painter, rect, row, look.meant)
        elif isinstance(look.text, Due):
            paint_due(painter, self._theme, self._due_room(rect), look.text)
        elif look.text:
            room = rect.adjusted(0, 0, -self._theme.px(10), -1)
            self._words(painter, room, look.text, self._theme.font("body"), "muted", look.meant)

    def _text(self, row: QueueRow, column: int, width: int) -> Due | str | None:
        """What is written in a cell with a single text; None for those of many parts."""
        if column in (NUMBER, CONTENT, STATUS):
            return None
        if column == DUE:
            return self._due_words(row, width)
        return self._model.words.cell(row, column, self._model.now())

    def _paper(self, painter: QPainter, rect: QRect, column: int, look: Look) -> None:
        marked = "infoSoft" if look.chosen else "hover" if look.hovered else "surface"
        name = "selected" if look.selected else marked
        painter.fillRect(rect, self._theme.color(name))
        if look.tinted and not look.selected and not look.chosen:
            painter.fillRect(rect, self._theme.color("infoSoft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._theme.color("line"))
        if look.first and (look.selected or look.chosen):
            bar = self._theme.tokens["border"]["selectedRowBar"]
            painter.fillRect(rect.left(), rect.top(), bar, rect.height(), self._theme.color("accent"))

    def _words(
        self, painter: QPainter, rect: QRect, text: str, font: QFont, tone: str, meant: Sequence[str] = ()
    ) -> None:
        marks = marks_of(text, meant) if meant else ()
        if marks:
            paint_marked(painter, self._theme, rect, text, marks, font, tone)
            return
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, LEFT, shown)

    def _lines(self, rect: QRect) -> tuple[QRect, QRect]:
        """Upper and lower line of a two-line row."""
        half = (rect.height() - 1) // 2
        upper = QRect(rect.left(), rect.top() + self._theme.px(3), rect.width(), half - self._theme.px(1))
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - self._theme.px(2))
        return upper, lower

    def _square(self, left: int, rect: QRect, side: int) -> QRectF:
        return QRectF(left, rect.top() + (rect.height() - 1 - side) / 2, side, side)

    def _number(self, painter: QPainter, rect: QRect, row: QueueRow, look: Look) -> None:
        px = self._theme.px
        mark = self._square(rect.left() + px(12), rect, px(MARK))
        paint_urgency(painter, self._theme, mark, row.urgency)
        words = rect.adjusted(px(36), 0, -px(20), -1)
        self._words(painter, words, row.number, self._theme.font("body"), "muted", look.meant)
        name, ink = ("ph.check-square", "accent") if look.chosen else self._channel_icon(row)
        icon = self._square(rect.right() - px(17), rect, px(15)).toRect()
        self._theme.icon(name, ink).paint(painter, icon)

    def _channel_icon(self, row: QueueRow) -> tuple[str, str]:
        if row.attention:
            return "sync.rejected", "warnText"
        if row.waiting:
            return "sync.queued", "infoText"
        return f"channel.{row.channel.value}", "muted"

    def _company(self, painter: QPainter, rect: QRect, present: Sequence[Present]) -> QRect:
        """The initials of whoever has it open, at the right; what is left for the words. One who writes there
        is drawn in the strong tone."""
        if not present:
            return rect
        first = next((one for one in present if one.typing), present[0])
        more = f"+{len(present) - 1}" if len(present) > 1 else ""
        text, font, px = initials(first.name) + more, self._theme.font("micro", 600), self._theme.px
        width = max(px(24), QFontMetrics(font).horizontalAdvance(text) + px(12))
        chip = self._square(rect.right() - width - px(8), rect, px(20))
        chip.setWidth(width)
        paper, ink = ("accent", "onAccent") if first.typing else ("accentSoft", "infoText")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(paper))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(self._theme.color(ink))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        return rect.adjusted(0, 0, -width - px(8), 0)

    def _content(self, painter: QPainter, rect: QRect, row: QueueRow, meant: Sequence[str]) -> None:
        room = rect.adjusted(self._theme.px(8), 0, -self._theme.px(10), 0)
        font = self._theme.font("body", 600 if row.unread else 500)
        if self.compact:
            self._words(painter, room.adjusted(0, 0, 0, -1), row.title, font, "text", meant)
            return
        upper, lower = self._lines(room)
        self._words(painter, upper, row.title, font, "text", meant)
        self._words(painter, lower, row.place, self._theme.font("small"), "muted", meant)

    def _status(self, painter: QPainter, rect: QRect, row: QueueRow, meant: Sequence[str]) -> None:
        px, words = self._theme.px, rect.adjusted(self._theme.px(21), 0, -self._theme.px(6), 0)
        side = px(RING)
        font, text = self._theme.font("body"), status_text(row.display_status)
        if self.compact:
            box = self._square(rect.left(), rect, side)
            self._words(painter, words.adjusted(0, 0, 0, -1), text, font, "text")
        else:
            upper, lower = self._lines(words)
            box = QRectF(rect.left(), upper.top() + (upper.height() - side) / 2, side, side)
            self._words(painter, upper, text, font, "text")
            lead, found = (row.lead_name, meant) if row.lead_name else (t("queue.unassigned"), ())
            self._words(painter, lower, lead, self._theme.font("small"), "muted", found)
        paint_ring(painter, self._theme, box, row.display_status)

    def _due_room(self, rect: QRect) -> QRect:
        return rect.adjusted(0, 0, -self._theme.px(6), -1)

    def _due_words(self, row: QueueRow, width: int) -> Due:
        due = due_of(row, self._model.now())
        if row.callback_due and due.kind == "none":  # merged: what it is part of has the result
            return Due("ok", t("case.callback"), t("case.callback"))
        if row.callback_due and due.kind in ("met", "metExtended", "late"):
            longer = due._replace(text=t("queue.thenCallback", due=due.text))
            due = longer if due_chip_width(self._theme, longer) <= width - self._theme.px(6) else due
        return due
