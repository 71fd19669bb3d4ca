"""Chips: the status (tinted, ring and word) and the deadline (icon, words, strength of fill)."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.parts.status_ring import RING, paint_ring, status_tone
from console.ui.parts.time_text import Due
from console.ui.theme import Theme
from console.ui.words import has, t

CHIP = 24  # pixels high, at 100 %


def status_text(status: str) -> str:
    """The word for a displayed status; an unknown one shows its code."""
    return t(f"status.{status}") if has(f"status.{status}") else status


class Fill(NamedTuple):
    """Colours of a deadline: paper (None: none), ink, and whether its words are strong."""

    paper: str | None
    ink: str
    strong: bool


_FILLS = {
    "ok": Fill(None, "muted", False),
    "soon": Fill("warnSoft", "warnText", True),
    "over": Fill("alarm", "onAlarm", True),
    "paused": Fill(None, "subtle", False),
    "met": Fill(None, "goodText", False),
    "metExtended": Fill(None, "goodText", False),
    "late": Fill(None, "alarmText", False),
    "none": Fill(None, "subtle", False),
}
_ICONS = {"metExtended": "deadline.met"}


def due_fill(kind: str) -> Fill:
    """How a deadline kind is filled."""
    return _FILLS[kind]


def due_chip_width(theme: Theme, due: Due) -> int:
    """Room that the chip takes."""
    fill = _FILLS[due.kind]
    font = theme.font("body", 600 if fill.strong else 500)
    words = QFontMetrics(font).horizontalAdvance(due.text)
    return words + theme.px(16 + 5) + theme.px(7) * 2


def paint_due(painter: QPainter, theme: Theme, rect: QRect, due: Due, on: str = "surface") -> QRect:
    """Paint a deadline at the left of `rect`, its height centred; returns the rect it took."""
    if due.kind == "none":
        return QRect(rect.left(), rect.top(), 0, 0)
    fill = _FILLS[due.kind]
    box = QRect(rect.left(), 0, min(rect.width(), due_chip_width(theme, due)), theme.px(22))
    box.moveTop(rect.top() + (rect.height() - box.height()) // 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fill.paper is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(fill.paper))
        painter.drawRoundedRect(box, theme.radius("badge"), theme.radius("badge"))
    _due_words(painter, theme, box, due, fill)
    painter.restore()
    return box


def _due_words(painter: QPainter, theme: Theme, box: QRect, due: Due, fill: Fill) -> None:
    side, pad = theme.px(14), theme.px(7)
    icon = theme.icon(_ICONS.get(due.kind, f"deadline.{due.kind}"), fill.ink)
    icon.paint(painter, QRect(box.left() + pad, box.top() + (box.height() - side) // 2, side, side))
    font = theme.font("body", 600 if fill.strong else 500)
    painter.setFont(font)
    painter.setPen(theme.color(fill.ink))
    room = box.adjusted(pad + side + theme.px(5), 0, 0, 0)
    text = QFontMetrics(font).elidedText(due.text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class DueChip(QWidget):
    """A deadline as a widget; the exact time in its tooltip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._due = theme, Due("none", "", "")
        theme.changed.connect(self._restyle)

    def set_due(self, due: Due) -> None:
        """Show another deadline."""
        if due == self._due:
            return
        self._due = due
        self.setToolTip(due.exact)
        self.setAccessibleName(due.text)
        self._restyle()

    def _restyle(self) -> None:
        width = 0 if self._due.kind == "none" else due_chip_width(self._theme, self._due)
        self.setFixedSize(width, self._theme.px(CHIP))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_due(painter, self._theme, self.rect(), self._due)
        painter.end()


class StatusChip(QWidget):
    """Ring and word on a soft fill."""

    def __init__(self, theme: Theme, status: str = "new", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._status = theme, status
        theme.changed.connect(self._restyle)
        self.set_status(status)

    def set_status(self, status: str) -> None:
        """Show another status."""
        self._status = status
        self.setAccessibleName(status_text(status))
        self._restyle()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("body", 500)).horizontalAdvance(status_text(self._status))
        return QSize(words + self._theme.px(RING + 7 + 9 * 2), self._theme.px(CHIP))

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def _paper(self) -> QColor:
        tone = status_tone(self._theme, self._status)
        return self._theme.color("neutralSoft" if tone == "subtle" else f"{tone}Soft")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._paper())
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect(), radius, radius)
        side = self._theme.px(RING)
        box = QRectF(self._theme.px(8), (self.height() - side) / 2, side, side)
        tone = status_tone(self._theme, self._status)
        ink = self._theme.color("muted" if tone == "subtle" else self._theme.tone_text(tone))
        paint_ring(painter, self._theme, box, self._status, ink)
        painter.setPen(ink)
        painter.setFont(self._theme.font("body", 500))
        room = self.rect().adjusted(round(box.right()) + self._theme.px(6), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, status_text(self._status))
        painter.end()
