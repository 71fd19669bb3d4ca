"""Urgency as the height of bars; Khẩn cấp is a red square with "!"."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.domain.category import Urgency
from console.ui.theme import Theme
from console.ui.words import t

MARK = 14  # pixels across, at 100 %


def paint_urgency(painter: QPainter, theme: Theme, box: QRectF, urgency: Urgency) -> None:
    """Paint the mark into the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if urgency is Urgency.CRITICAL:
        _square(painter, theme, box)
    else:
        _bars(painter, theme, box, urgency.rank + 1)
    painter.restore()


def _bars(painter: QPainter, theme: Theme, box: QRectF, full: int) -> None:
    width, gap = box.width() * 0.24, box.width() * 0.09
    left = box.left() + (box.width() - 3 * width - 2 * gap) / 2
    for index, height in enumerate((0.36, 0.6, 0.86)):
        painter.setBrush(theme.color("muted") if index < full else theme.color("line"))
        tall = box.height() * height
        bottom = box.bottom() - box.height() * 0.06
        painter.drawRoundedRect(QRectF(left + index * (width + gap), bottom - tall, width, tall), 1, 1)


def _square(painter: QPainter, theme: Theme, box: QRectF) -> None:
    painter.setBrush(theme.color("alarm"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(theme.color("onAlarm"))
    unit = box.width() / 14
    x = box.center().x() - unit
    painter.drawRoundedRect(QRectF(x, box.top() + 3 * unit, 2 * unit, 5 * unit), unit, unit)
    painter.drawEllipse(QRectF(x, box.top() + 9.2 * unit, 2 * unit, 2 * unit))


def urgency_text(urgency: Urgency) -> str:
    """The word on the screen."""
    return t(f"urgency.{urgency.value}")


class UrgencyMark(QWidget):
    """The mark as a widget."""

    def __init__(
        self, theme: Theme, urgency: Urgency = Urgency.NORMAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._urgency = theme, urgency
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_urgency(self, urgency: Urgency) -> None:
        """Show another urgency."""
        self._urgency = urgency
        self.setAccessibleName(urgency_text(urgency))
        self.update()

    def _restyle(self) -> None:
        self.setFixedSize(self._theme.px(MARK), self._theme.px(MARK))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_urgency(painter, self._theme, QRectF(self.rect()), self._urgency)
        painter.end()
