"""The frame and the clock over a map that shows another time, so that nobody takes it for now."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from console.geo.mercator import Window
from console.ui.theme import Theme

FRAME_PX = 4
_PAD = 18


class ReplayBanner:
    """A layer of the map; `title` and `clock` are "" while nothing is replayed."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.title, self.clock = "", ""

    def paint_under(self, painter: QPainter, window: Window) -> None:
        """Nothing lies below the names."""

    def paint_over(self, painter: QPainter, window: Window) -> None:
        """A violet frame, and the moment written large at the upper edge."""
        if not self.clock:
            return
        theme = self._theme
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = FRAME_PX / 2
        painter.setPen(QPen(theme.color("violet"), FRAME_PX))
        painter.drawRect(QRectF(half, half, window.width - FRAME_PX, window.height - FRAME_PX))
        large, small = theme.font("number"), theme.font("bodyStrong")
        widths = [QFontMetrics(f).horizontalAdvance(w) for f, w in ((small, self.title), (large, self.clock))]
        width, height = max(widths) + 2 * _PAD, theme.px(72)
        plate = QRectF(round((window.width - width) / 2), FRAME_PX, width, height)
        painter.setPen(QPen(theme.color("violet"), 1))
        painter.setBrush(theme.color("violetSoft"))
        painter.drawRoundedRect(plate, theme.radius("control"), theme.radius("control"))
        painter.setPen(theme.color("violetText"))
        painter.setFont(small)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(plate.left(), plate.top() + 6, width, theme.px(20)), middle, self.title)
        painter.setFont(large)
        painter.drawText(plate.adjusted(0, theme.px(22), 0, -4), middle, self.clock)
        painter.restore()
