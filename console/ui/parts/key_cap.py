"""A key as it is drawn everywhere: small sunken box with the key's name."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.ui.theme import Theme


def cap_size(theme: Theme, key: str) -> QSize:
    """Room that the cap takes."""
    metrics = QFontMetricsF(theme.font("micro"))
    height = theme.px(18)
    return QSize(max(height, round(metrics.horizontalAdvance(key)) + theme.px(10)), height)


def paint_cap(
    painter: QPainter, theme: Theme, rect: QRectF, key: str, ink: QColor | None = None, filled: bool = True
) -> None:
    """Paint the cap into `rect`. `ink`: colour of text and edge on a filled button."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = ink or theme.color("line")
    painter.setPen(QPen(edge, 1))
    painter.setBrush(theme.color("sunken") if filled and ink is None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(ink or theme.color("muted"))
    painter.setFont(theme.font("micro"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


class KeyCap(QWidget):
    """The cap as a widget, for bars and sheets."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setAccessibleName(key)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedSize(cap_size(self._theme, self._key))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_cap(painter, self._theme, QRectF(self.rect()), self._key)
        painter.end()
