"""What happened, oldest first: time, dot on a line, words, and what was written in quotes."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.domain.case import Event
from console.domain.reference import Reference
from console.ui.case.event_text import Line, line_of
from console.ui.parts.text import flow, label
from console.ui.parts.time_text import clock_text, date_text, day_text, exact_text, local
from console.ui.theme import Theme
from console.ui.words import t

TIME_WIDTH = 42
DOT_COLUMN = 30


class _Dot(QWidget):
    """The dot on its line; the line ends at the last event."""

    def __init__(self, theme: Theme, tone: str, last: bool) -> None:
        super().__init__()
        self._theme, self._tone, self._last = theme, tone, last
        self.setFixedWidth(theme.px(DOT_COLUMN))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y, radius = self.width() / 2, self._theme.px(9) + 0.5, self._theme.px(4)
        painter.setPen(QPen(self._theme.color("line"), 1.5))
        end = y if self._last else self.height()
        painter.drawLine(QPointF(x, 0), QPointF(x, end))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone))
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        painter.end()


class Timeline(QWidget):
    """Rebuilt when the events change; `lines` as they are read aloud."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: list[str] = []
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_events(
        self, events: Sequence[Event], waiting: Sequence[str], reference: Reference, now: datetime
    ) -> None:
        """Oldest first; `waiting`: ids of events that the centre has not confirmed."""
        key = (tuple(event.id for event in events), tuple(waiting), local(now).date(), reference.version)
        if key == self._shown:
            return
        self._shown = key
        self._clear()
        lines = [line_of(event, reference, now) for event in events]
        day: date | None = local(now).date() if events and _all_today(events, now) else None
        for at, (event, line) in enumerate(zip(events, lines, strict=True)):
            if local(line.at).date() != day:
                day = local(line.at).date()
                self._column.addWidget(self._day(line.at, now))
            self._column.addWidget(self._row(line, event.id in waiting, at == len(lines) - 1))
        self.lines = [f"{clock_text(line.at)} {line.spoken}" for line in lines]

    def _clear(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()

    def _day(self, at: datetime, now: datetime) -> QLabel:
        day = day_text(at, now)
        text = date_text(at) if day == date_text(at) else f"{day} {date_text(at)}"
        made = label(text, "small", "subtle")
        made.setContentsMargins(0, self._theme.px(2), 0, self._theme.px(4))
        return made

    def _row(self, line: Line, waiting: bool, last: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        time = label(clock_text(line.at), "small", "muted")
        time.setFixedWidth(self._theme.px(TIME_WIDTH))
        time.setContentsMargins(0, self._theme.px(1), 0, 0)
        time.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        time.setToolTip(exact_text(line.at))
        row.addWidget(time)
        row.addWidget(_Dot(self._theme, line.tone, last))
        row.addLayout(self._words(line, waiting), 1)
        holder.setAccessibleName(f"{clock_text(line.at)} {line.spoken}")
        return holder

    def _words(self, line: Line, waiting: bool) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, self._theme.px(9))
        words.setSpacing(1)
        head = label(wrap=True)
        flow(head, line.head, rich=True)
        words.addWidget(head)
        if line.quote:
            quote = label(tone="muted", wrap=True)
            flow(quote, f"“{line.quote}”")
            quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(quote)
        if waiting:
            words.addWidget(label(t("case.event.waiting"), "small", "infoText"))
        return words


def _all_today(events: Sequence[Event], now: datetime) -> bool:
    today = local(now).date()
    return all(local(event.at).date() == today for event in events)
