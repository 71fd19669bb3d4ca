"""Draws the outbox's lines: rows of 46 px with two lines of content, heads and empty groups across."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.ui.outbox.lines import AT, CONTENT, HEAD, ITEM, KIND, STATE, Line
from console.ui.outbox.model import LINE
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
HEAD_HEIGHT = 34  # pixels at 100 %
INDENT = 14
UNDER = 14  # more, for what waits behind the row above


class RowPainter(QStyledItemDelegate):
    """One delegate for all columns."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1

    def height(self, line: Line) -> int:
        """Pixels of a row."""
        return self._theme.px(HEAD_HEIGHT) if line.kind == HEAD else self._theme.size("rowComfortable")

    def widths(self, total: int) -> list[int]:
        """Column widths for a table of `total` pixels: the content takes what the others leave."""
        px = self._theme.px
        roomy = total >= px(660)
        fixed = [px(180), px(88), px(140), px(122)] if roomy else [px(160), px(48), px(106), px(104)]
        return [*fixed, max(px(60), total - sum(fixed))]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(100), self.height(index.data(LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.kind == HEAD:
            self._head(painter, rect, line)
        elif not line.choosable:
            self._blank(painter, rect, line)
        else:
            state: QStyle.StateFlag = option.state
            self._paper(painter, rect, index, bool(state & QStyle.StateFlag.State_Selected))
            self._cell(painter, rect, line, index.column())
        painter.restore()

    def _paper(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        color = self._theme.color
        name = "selected" if selected else "hover" if index.row() == self.hovered else "surface"
        painter.fillRect(rect, color(name))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        if selected and index.column() == STATE:
            bar = self._theme.tokens["border"]["selectedRowBar"]
            painter.fillRect(rect.left(), rect.top(), bar, rect.height(), color("accent"))

    def _words(self, painter: QPainter, rect: QRect, text: str, font: QFont, tone: str) -> int:
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, LEFT, shown)
        return metrics.horizontalAdvance(shown)

    def _icon(self, painter: QPainter, left: int, rect: QRect, name: str, tone: str) -> None:
        side = self._theme.px(15)
        box = QRect(left, rect.top() + (rect.height() - 1 - side) // 2, side, side)
        self._theme.icon(name, tone).paint(painter, box)

    def _head(self, painter: QPainter, rect: QRect, line: Line) -> None:
        px, color = self._theme.px, self._theme.color
        painter.fillRect(rect, color("canvas"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        x = rect.left() + px(INDENT)
        self._icon(painter, x, rect, line.icon, "text")
        room = rect.adjusted(px(INDENT + 24), 0, -px(10), -1)
        used = self._words(painter, room, line.cells[0], self._theme.font("body", 600), "text")
        room.setLeft(room.left() + used + px(8))
        room.setLeft(room.left() + self._count(painter, room, line) + px(9))
        self._words(painter, room, line.second, self._theme.font("small"), "muted")

    def _count(self, painter: QPainter, room: QRect, line: Line) -> int:
        px, color = self._theme.px, self._theme.color
        urgent = line.id == "attention" and line.total > 0
        font, text = self._theme.font("small", 600), str(line.total)
        width = max(px(20), QFontMetrics(font).horizontalAdvance(text) + px(12))
        badge = QRectF(room.left(), room.top() + (room.height() - px(20)) / 2, width, px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("alarm" if urgent else "neutralSoft"))
        painter.drawRoundedRect(badge, px(10), px(10))
        painter.setFont(font)
        painter.setPen(color("onAlarm" if urgent else "text"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return width

    def _blank(self, painter: QPainter, rect: QRect, line: Line) -> None:
        painter.fillRect(rect, self._theme.color("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._theme.color("line"))
        room = rect.adjusted(self._theme.px(INDENT + 24), 0, -self._theme.px(10), -1)
        self._words(painter, room, line.cells[0], self._theme.font("body"), "muted")

    def _cell(self, painter: QPainter, rect: QRect, line: Line, column: int) -> None:
        px, font = self._theme.px, self._theme.font
        if column == STATE:
            indent = INDENT + (UNDER if line.under else 0)
            self._icon(painter, rect.left() + px(indent), rect, line.icon, line.tone)
            strong = line.kind == ITEM and line.tone in ("alarmText", "warnText") and not line.under
            room = rect.adjusted(px(indent + 24), 0, -px(6), -1)
            self._words(painter, room, line.cells[column], font("body", 600 if strong else 400), line.tone)
        elif column == CONTENT:
            self._content(painter, rect.adjusted(0, 0, -px(10), 0), line)
        else:
            tone, weight = ("text", 500) if column == KIND else ("muted", 400)
            room = rect.adjusted(0, 0, -px(6 if column != AT else 4), -1)
            self._words(painter, room, line.cells[column], font("body", weight), tone)

    def _content(self, painter: QPainter, rect: QRect, line: Line) -> None:
        font = self._theme.font("body", 500)
        if not line.second:
            self._words(painter, rect.adjusted(0, 0, 0, -1), line.cells[CONTENT], font, "text")
            return
        px, half = self._theme.px, (rect.height() - 1) // 2
        upper = QRect(rect.left(), rect.top() + px(3), rect.width(), half - px(1))
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - px(2))
        self._words(painter, upper, line.cells[CONTENT], font, "text")
        self._words(painter, lower, line.second, self._theme.font("small"), "muted")
