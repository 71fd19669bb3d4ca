"""One event of the timeline: time, dot on a line, words, and what was written in quotes."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.ui.case.event_text import Line
from console.ui.parts.text import flow, label
from console.ui.parts.time_text import clock_text, exact_text
from console.ui.theme import Theme
from console.ui.words import t

TIME_WIDTH = 42
DOT_COLUMN = 30


class Item(NamedTuple):
    """What a row shows. `day`: the head above it, "" for none; `last`: the line ends at its dot; `facts`: how
    its messages fare."""

    id: str
    line: Line
    waiting: bool
    last: bool
    day: str
    facts: str = ""


class _Dot(QWidget):
    """The dot on its line; the line ends at the last event."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone, self._last = "lineStrong", False
        self.setFixedWidth(theme.px(DOT_COLUMN))

    def look(self, tone: str, last: bool) -> None:
        self._tone, self._last = tone, last
        self.setFixedWidth(self._theme.px(DOT_COLUMN))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y, radius = self.width() / 2, self._theme.px(9) + 0.5, self._theme.px(4)
        painter.setPen(QPen(self._theme.color("line"), 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, y if self._last else self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone))
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        painter.end()


class EventRow(QWidget):
    """Filled again and again: making one costs several times what filling it costs."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.item: Item | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._day: QLabel | None = None
        row = QHBoxLayout()
        row.setSpacing(0)
        self._time: QLabel = label(type="small", tone="muted")
        self._time.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._time)
        self._dot = _Dot(theme, self)
        row.addWidget(self._dot)
        self._words = QVBoxLayout()
        self._words.setSpacing(1)
        self._head: QLabel = label(wrap=True)
        self._words.addWidget(self._head)
        self._quote: QLabel | None = None
        self._waits: QLabel | None = None
        self._facts: QLabel | None = None
        row.addLayout(self._words, 1)
        self._column.addLayout(row)

    def fill(self, item: Item) -> None:
        """Show this event."""
        if item == self.item:
            return
        self.item, line, px = item, item.line, self._theme.px
        self._time.setFixedWidth(px(TIME_WIDTH))
        self._time.setContentsMargins(0, px(1), 0, 0)
        self._words.setContentsMargins(0, 0, 0, px(9))
        self._time.setText(clock_text(line.at))
        self._time.setToolTip(exact_text(line.at))
        self._dot.look(line.tone, item.last)
        flow(self._head, line.head, rich=True)
        self._fill_quote(line.quote)
        self._fill_waits(item.waiting)
        self._fill_facts(item.facts)
        self._fill_day(item.day)
        self.setAccessibleName(" ".join(filter(None, (clock_text(line.at), line.spoken, item.facts))))

    def restyle(self) -> None:
        """The text size is another one."""
        if (item := self.item) is not None:
            self.item = None
            self.fill(item)

    def show_day(self, shown: bool) -> None:
        """Whether the day stands above it; not where the event before it is of the same day."""
        if self._day is not None:
            self._day.setVisible(shown and bool(self._day.text()))

    def _fill_quote(self, text: str) -> None:
        if text and self._quote is None:
            self._quote = label(tone="muted", wrap=True, parent=self)
            self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._words.insertWidget(1, self._quote)
        if self._quote is not None:
            flow(self._quote, f"“{text}”")
            self._quote.setVisible(bool(text))

    def _fill_waits(self, waiting: bool) -> None:
        if waiting and self._waits is None:
            self._waits = label(t("case.event.waiting"), "small", "infoText", parent=self)
            self._words.addWidget(self._waits)
        if self._waits is not None:
            self._waits.setVisible(waiting)

    def _fill_facts(self, text: str) -> None:
        if text and self._facts is None:
            self._facts = label("", "small", "muted", wrap=True, parent=self)
            self._words.addWidget(self._facts)
        if self._facts is not None:
            flow(self._facts, text)
            self._facts.setVisible(bool(text))

    def _fill_day(self, day: str) -> None:
        if day and self._day is None:
            self._day = label("", "small", "subtle", parent=self)
            self._column.insertWidget(0, self._day)
        if self._day is not None:
            self._day.setContentsMargins(0, self._theme.px(2), 0, self._theme.px(4))
            self._day.setText(day)
            self._day.setVisible(bool(day))
