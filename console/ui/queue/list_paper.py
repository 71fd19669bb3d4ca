"""The list on paper: what it is, of when, page by page, with its heads on each."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from console.desk.rows import QueueRow
from console.ui.queue.lines import Lines
from console.ui.theme import Theme
from console.ui.words import t

WIDTHS = {
    "number": 13,
    "urgency": 9,
    "channel": 10,
    "title": 30,
    "place": 26,
    "status": 15,
    "agency": 16,
    "due": 14,
    "left": 13,
    "type": 18,
    "entered": 14,
    "handler": 7,
    "closed": 14,
}
"""Shares of the page's width."""
POINTS = 7.5
TITLE_POINTS = 13
ROW = 2.1  # heights of a letter's line that a row takes
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Sheet(NamedTuple):
    """What stands at the head of each page: the view, what of it, and of when."""

    title: str
    what: str
    as_of: str


class ListPaper:
    """Landscape; paints a page at a time, so that nobody waits for all of them. Always in the light colours:
    paper is white."""

    def __init__(self, printer: QPrinter, sheet: Sheet, lines: Lines) -> None:
        self._printer, self._sheet, self._lines = printer, sheet, lines
        self._theme = Theme("light")
        self._painter = QPainter()
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        self._page = QRectF()

    def _font(self, points: float, bold: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(self._theme.tokens["type"]["family"])
        font.setPointSizeF(points)
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def paint(self, rows: Sequence[QueueRow]) -> Iterator[int]:
        """Each page, with how many rows are on paper after it; an empty list is one page too."""
        self._painter.begin(self._printer)
        self._page = QRectF(self._painter.viewport())
        self._painter.setFont(self._font(POINTS))
        tall = self._painter.fontMetrics().height() * ROW
        head = self._head_height()
        fits = max(1, int((self._page.height() - head - 2 * tall) // tall))
        pages = max(1, -(-len(rows) // fits))
        try:
            for page in range(pages):
                if page:
                    self._printer.newPage()
                part = rows[page * fits : (page + 1) * fits]
                self._one(part, head, tall, t("list.page", n=page + 1, all=pages))
                yield min(len(rows), (page + 1) * fits)
        finally:
            self._painter.end()

    def abort(self) -> None:
        """No more of it, and where it is a printer, none at all."""
        self._printer.abort()

    def _head_height(self) -> float:
        return QFontMetricsF(self._font(TITLE_POINTS), self._printer).height() * 2.4

    def _one(self, rows: Sequence[QueueRow], head: float, tall: float, page: str) -> None:
        self._head(head, page)
        painter, top = self._painter, head
        painter.setFont(self._font(POINTS, bold=True))
        self._line(self._lines.heads, top, tall)
        painter.setFont(self._font(POINTS))
        for row in rows:
            top += tall
            self._line(self._lines.of(row), top, tall)

    def _head(self, height: float, page: str) -> None:
        painter, width = self._painter, self._page.width()
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._font(TITLE_POINTS, bold=True))
        title = self._fitted(self._sheet.title, width * 0.7)
        painter.drawText(QRectF(0, 0, width * 0.7, height / 2), LEFT, title)
        painter.setFont(self._font(POINTS + 0.5))
        painter.drawText(QRectF(width * 0.6, 0, width * 0.4, height / 2), RIGHT, page)
        lower = QRectF(0, height / 2, width, height * 0.4)
        painter.drawText(lower, RIGHT, self._sheet.as_of)
        room = lower.adjusted(0, 0, -width * 0.25, 0)
        painter.drawText(room, LEFT, self._fitted(self._sheet.what, room.width()))

    def _line(self, texts: Sequence[str], top: float, tall: float) -> None:
        painter, pad = self._painter, tall * 0.15
        painter.setPen(self._theme.color("lineStrong"))
        painter.drawLine(0, round(top + tall), round(self._page.width()), round(top + tall))
        painter.setPen(self._theme.color("text"))
        total = sum(WIDTHS[part] for part in self._lines.parts)
        left = 0.0
        for part, text in zip(self._lines.parts, texts, strict=True):
            width = self._page.width() * WIDTHS[part] / total
            room = QRectF(left, top, width - pad, tall)
            painter.drawText(room, LEFT, self._fitted(text, room.width()))
            left += width

    def _fitted(self, text: str, width: float) -> str:
        metrics = QFontMetricsF(self._painter.font(), self._printer)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
