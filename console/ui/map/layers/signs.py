"""Signs on the map that are no reports: posts, marks. Square, so that nobody takes them for pins."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPixmap

from console.geo.mercator import Window
from console.ui.map.labels import Labels, Name, Style
from console.ui.theme import Theme

SIDE, SMALL = 20, 8  # px of a sign from near and from far
NEAR_ZOOM, NAMES_ZOOM = 9.75, 12.0
_REACH = 12  # px at which a pointer hits one


class Sign(NamedTuple):
    """`icon`: its picture; `name`: written beside it from near; `words`: all that is known of it."""

    x: float
    y: float
    icon: str
    name: str
    words: str


class SignLayer(QObject):
    """`changed`: paint again."""

    changed = Signal()

    def __init__(self, theme: Theme, tone: str, parent: QObject | None = None) -> None:
        """`tone`: colour token of the edge and the picture."""
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self._signs: tuple[Sign, ...] = ()
        self._x, self._y = np.zeros(0), np.zeros(0)
        self._pictures: dict[tuple[str, float], QPixmap] = {}
        self._labels: Labels | None = None
        theme.changed.connect(self._dress)

    def set_signs(self, signs: Sequence[Sign]) -> None:
        """Show these."""
        self._signs = tuple(signs)
        self._x = np.array([sign.x for sign in signs])
        self._y = np.array([sign.y for sign in signs])
        self.changed.emit()

    def _dress(self) -> None:
        self._pictures.clear()
        self._labels = None
        self.changed.emit()

    def _seen(self, window: Window) -> list[int]:
        west, north, east, south = window.bounds(SIDE)
        x, y = self._x, self._y
        return np.flatnonzero((x > west) & (x < east) & (y > north) & (y < south)).tolist()

    def paint_under(self, painter: QPainter, window: Window) -> None:
        near = window.zoom >= NEAR_ZOOM
        side, ratio = SIDE if near else SMALL, painter.device().devicePixelRatio()
        for i in self._seen(window):
            sign = self._signs[i]
            x, y = (round(v) for v in window.to_screen(sign.x, sign.y))
            painter.drawPixmap(x - side // 2, y - side // 2, self._picture(sign.icon if near else "", ratio))
            if window.zoom >= NAMES_ZOOM and sign.name:
                self._write(painter, sign, x + side // 2 + 3, y, ratio)

    def paint_over(self, painter: QPainter, window: Window) -> None:
        """Nothing lies above the pins."""

    def _write(self, painter: QPainter, sign: Sign, left: int, middle: int, ratio: float) -> None:
        if self._labels is None:
            self._labels = Labels(self._theme, ratio)
        words = self._labels.picture(Name(sign.name, Style.PLACE, sign.x, sign.y))
        painter.drawPixmap(left, middle - round(words.deviceIndependentSize().height() / 2), words)

    def _picture(self, icon: str, ratio: float) -> QPixmap:
        if (icon, ratio) not in self._pictures:
            self._pictures[icon, ratio] = self.draw(icon, ratio)
        return self._pictures[icon, ratio]

    def draw(self, icon: str, ratio: float) -> QPixmap:
        """The sign with a picture, or the small one without."""
        side = SIDE if icon else SMALL
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_sign(painter, self._theme, QRectF(0, 0, side, side), icon, self._tone)
        painter.end()
        return pixmap

    def words_at(self, window: Window, px: float, py: float) -> str:
        """What stands under a pixel, in words; "" where nothing does."""
        for i in reversed(self._seen(window)):
            x, y = window.to_screen(self._x[i], self._y[i])
            if abs(x - px) <= _REACH and abs(y - py) <= _REACH:
                return self._signs[i].words
        return ""


def paint_sign(painter: QPainter, theme: Theme, box: QRectF, icon: str, tone: str) -> None:
    """A square plate with a picture; without one a filled square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(tone if icon else "surface"), 1.5))
    painter.setBrush(theme.color("surface" if icon else tone))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
    if icon:
        inner = box.adjusted(3, 3, -3, -3).toRect()
        theme.icon(icon, tone).paint(painter, QRect(inner))
