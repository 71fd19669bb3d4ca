"""Pins and bubbles, each painted once and then only copied. Sizes in logical pixels."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from console.geo.states import PinState
from console.ui.theme import Theme

PIN_PX = 28  # side of a pin's picture; the pin itself is at most 20
CHOSEN_PX = 44
BUBBLE_PX = 44
EIGHTHS = 8


def eighths(part: int, whole: int) -> int:
    """A share in eighths; never nothing while there is some, never all while there is other."""
    if part <= 0 or whole <= 0:
        return 0
    if part >= whole:
        return EIGHTHS
    return min(EIGHTHS - 1, max(1, round(part * EIGHTHS / whole)))


def count_text(count: int) -> str:
    """A count that fits into a bubble: 128, then 1,2k and 34k."""
    if count < 1000:
        return str(count)
    if count < 9950:
        return f"{count / 1000:.1f}k".replace(".", ",")
    return f"{round(count / 1000)}k"


def bubble_radius(count: int) -> int:
    """Outer radius of a bubble."""
    return 18 if count < 10 else 20 if count < 100 else 22


class Sprites:
    """Pictures of a theme at a device pixel ratio."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme, self.ratio = theme, ratio
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def pin(self, state: int, about: bool) -> QPixmap:
        """A single case: shape and colour say how its deadline stands; `about`: no place of its own."""
        return self._drawn(("pin", state, about), PIN_PX, lambda p: paint_pin(p, self._theme, state, about))

    def chosen(self) -> QPixmap:
        """The ring around the selected pin, to be put beneath it."""
        return self._drawn(("chosen",), CHOSEN_PX, self._paint_chosen)

    def bubble(self, count: int, overdue: int) -> QPixmap:
        """Many cases as one, with the share of overdue ones as an arc; its number is a picture of its own."""
        key = ("bubble", bubble_radius(count), eighths(overdue, count))
        return self._drawn(key, BUBBLE_PX + 2, lambda p: self._paint_bubble(p, key[1], key[2]))

    def number(self, count: int) -> QPixmap:
        """How many a bubble stands for."""
        word = count_text(count)
        return self._drawn(("number", word), BUBBLE_PX + 2, lambda p: self._paint_number(p, word))

    def has_number(self, count: int) -> bool:
        """Whether that picture is there already."""
        return ("number", count_text(count)) in self._kept

    def letter(self, letter: str) -> QPixmap:
        """The square with the letter of a possible duplicate."""
        return self._drawn(("letter", letter), 22, lambda p: self._paint_letter(p, letter))

    def drop(self) -> QPixmap:
        """The pin being placed; its tip is the middle of the picture."""
        return self._drawn(("drop",), 84, self._paint_drop)

    def _drawn(self, key: tuple[object, ...], side: int, paint: Callable[[QPainter], None]) -> QPixmap:
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = picture(side, self.ratio, paint)
        return found

    def _paint_chosen(self, painter: QPainter) -> None:
        painter.setBrush(self._theme.color("accent", 0.22))
        painter.setPen(QPen(self._theme.color("accent"), 2.5))
        painter.drawEllipse(QPointF(0, 0), 17, 17)

    def _paint_bubble(self, painter: QPainter, radius: int, overdue: int) -> None:
        color = self._theme.color
        painter.setPen(QPen(color("pin"), 1))
        painter.setBrush(color("surface"))
        painter.drawEllipse(QPointF(0, 0), radius - 0.5, radius - 0.5)
        if overdue:
            ring = QRectF(-radius + 2.25, -radius + 2.25, 2 * radius - 4.5, 2 * radius - 4.5)
            painter.setPen(QPen(color("alarm"), 3.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, 90 * 16, -overdue * 360 * 16 // EIGHTHS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("pin"))
        painter.drawEllipse(QPointF(0, 0), radius - 5, radius - 5)

    def _paint_number(self, painter: QPainter, word: str) -> None:
        self._paint_word(painter, word, self._theme.color("surface"), self._theme.font("bodyStrong"))

    def _paint_letter(self, painter: QPainter, letter: str) -> None:
        painter.setPen(QPen(self._theme.color("lineStrong"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(-9.5, -9.5, 19, 19), 4, 4)
        self._paint_word(painter, letter, self._theme.color("text"), self._theme.font("label", 600))

    def _paint_word(self, painter: QPainter, word: str, color: QColor, font: QFont) -> None:
        font.setPixelSize(min(font.pixelSize(), 13))
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(QRectF(-22, -22, 44, 44), Qt.AlignmentFlag.AlignCenter, word)

    def _paint_drop(self, painter: QPainter) -> None:
        path = QPainterPath(QPointF(0, 0))
        path.cubicTo(QPointF(-4, -9), QPointF(-14, -16), QPointF(-14, -26))
        path.arcTo(QRectF(-14, -40, 28, 28), 180, -180)
        path.cubicTo(QPointF(14, -16), QPointF(4, -9), QPointF(0, 0))
        painter.setPen(QPen(self._theme.color("surface"), 2))
        painter.setBrush(self._theme.color("accent"))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawEllipse(QPointF(0, -26), 5.5, 5.5)


def picture(side: int, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    """A transparent square painted with the origin in its middle."""
    pixmap = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    paint(painter)
    painter.end()
    return pixmap


def paint_pin(painter: QPainter, theme: Theme, state: int, about: bool = False) -> None:
    """A pin around the origin."""
    if about:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("pin"), 1, Qt.PenStyle.DotLine))
        painter.drawEllipse(QPointF(0, 0), 12, 12)
        painter.setOpacity(0.7)
        painter.scale(0.8, 0.8)
    _SHAPES[PinState(state)](painter, theme)


def _disc(painter: QPainter, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("surface"), 1.5))
    painter.setBrush(theme.color("pin"))
    painter.drawEllipse(QPointF(0, 0), 6.75, 6.75)


def _ring(painter: QPainter, theme: Theme, color: QColor, radius: float, width: float) -> None:
    painter.setPen(QPen(theme.color("surface"), width + 2))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    painter.setPen(QPen(color, width))
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _resting(painter: QPainter, theme: Theme) -> None:
    _ring(painter, theme, theme.color("pin"), 5, 2)


def _new(painter: QPainter, theme: Theme) -> None:
    _ring(painter, theme, theme.color("accent"), 6.5, 2.75)


def _diamond(painter: QPainter, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("surface"), 1.5))
    painter.setBrush(theme.color("warn"))
    painter.drawPolygon(QPolygonF([QPointF(0, -9.5), QPointF(9.5, 0), QPointF(0, 9.5), QPointF(-9.5, 0)]))
    painter.setPen(QPen(QColor(theme.color("text") if not theme.dark else theme.color("surface")), 1.8))
    painter.drawPolyline(QPolygonF([QPointF(-1, -4), QPointF(-1, 1), QPointF(2.5, 2.5)]))


def _octagon(painter: QPainter, theme: Theme) -> None:
    corners = [
        QPointF(9.5 * math.cos(math.pi * (i + 0.5) / 4), 9.5 * math.sin(math.pi * (i + 0.5) / 4))
        for i in range(8)
    ]
    painter.setPen(QPen(theme.color("surface"), 1.5))
    painter.setBrush(theme.color("alarm"))
    painter.drawPolygon(QPolygonF(corners))
    painter.setPen(QPen(theme.color("onAlarm"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(0, -5), QPointF(0, 1.25))
    painter.drawLine(QPointF(0, 2.75), QPointF(0, 4.75))


_SHAPES: dict[PinState, Callable[[QPainter, Theme], None]] = {
    PinState.RESTING: _resting,
    PinState.WITHIN: _disc,
    PinState.NEW: _new,
    PinState.SOON: _diamond,
    PinState.OVERDUE: _octagon,
}
