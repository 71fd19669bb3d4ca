"""The night as a line: where one is in it, moved by pointer and keys."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.theme import Theme

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
STEP_MS, STRIDE_MS = 5 * MINUTE_MS, HOUR_MS
_SIDE, _KNOB, _LABEL_PX = 14, 7, 54
_TICKS_H = (1, 2, 3, 6, 12, 24, 48, 168)
_KEYS = Qt.Key
_STEPS = {
    _KEYS.Key_Left: -STEP_MS,
    _KEYS.Key_Down: -STEP_MS,
    _KEYS.Key_Right: STEP_MS,
    _KEYS.Key_Up: STEP_MS,
    _KEYS.Key_PageDown: -STRIDE_MS,
    _KEYS.Key_PageUp: STRIDE_MS,
}


class Track(QWidget):
    """`moved`: a hand went to a moment, milliseconds UTC. `hour`: the words of a whole hour."""

    moved = Signal(object)

    def __init__(self, theme: Theme, hour: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hour = theme, hour
        self._from, self._until, self._at = 0, HOUR_MS, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(300, self._theme.px(40))

    def set_period(self, from_ms: int, until_ms: int) -> None:
        """The ends of the line."""
        self._from, self._until = from_ms, max(until_ms, from_ms + 1)
        self.update()

    def set_moment(self, at_ms: int) -> None:
        """Where one is."""
        self._at = at_ms
        self.update()

    def _x(self, at_ms: int) -> float:
        return _SIDE + (at_ms - self._from) / (self._until - self._from) * (self.width() - 2 * _SIDE)

    def _ticks(self) -> list[int]:
        """Whole hours, as many as there is room for."""
        hours = (self._until - self._from) / HOUR_MS
        most = max(1.0, (self.width() - 2 * _SIDE) / self._theme.px(_LABEL_PX))
        every = next((h for h in _TICKS_H if hours / h <= most), _TICKS_H[-1]) * HOUR_MS
        first = -(-self._from // every) * every
        return list(range(first, self._until + 1, every))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, font = theme.px(13), theme.font("micro")
        metrics = QFontMetrics(font)
        left, right, at = self._x(self._from), self._x(self._until), self._x(self._at)
        painter.setFont(font)
        for tick in self._ticks():
            x, words = round(self._x(tick)) + 0.5, self._hour(tick)
            painter.setPen(QPen(theme.color("lineStrong"), 1))
            painter.drawLine(QPointF(x, middle - 4), QPointF(x, middle + 8))
            wide = metrics.horizontalAdvance(words)
            at_left = min(max(x - wide / 2, 0), self.width() - wide)
            painter.setPen(theme.color("muted"))
            painter.drawText(QPointF(at_left, middle + 10 + metrics.ascent()), words)
        for end, tone in ((right, "lineStrong"), (at, "violet")):
            pen = QPen(theme.color(tone), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(left, middle), QPointF(end, middle))
        painter.setPen(QPen(theme.color("surface"), 2))
        painter.setBrush(theme.color("violet"))
        painter.drawEllipse(QPointF(at, middle), _KNOB, _KNOB)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = _KEYS(event.key())
        if key in _STEPS:
            self._go(self._at + _STEPS[key])
        elif key in (_KEYS.Key_Home, _KEYS.Key_End):
            self._go(self._from if key == _KEYS.Key_Home else self._until)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _SIDE) / max(1, self.width() - 2 * _SIDE)
        at = self._from + share * (self._until - self._from)
        self._go(round(at / MINUTE_MS) * MINUTE_MS)

    def _go(self, at_ms: int) -> None:
        self.moved.emit(min(max(at_ms, self._from), self._until))
