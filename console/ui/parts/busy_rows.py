"""Grey rows of the final height while something loads: nothing jumps when it has come."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.theme import Theme

PATIENCE_MS = 300  # shorter waits show nothing


def paint_busy_row(painter: QPainter, theme: Theme, rect: QRectF, two_lines: bool) -> None:
    """One grey row inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sunken"))
    left, tall = rect.left() + theme.px(26), theme.px(9)
    lines = (0.32, 0.68) if two_lines else (0.5,)
    for index, at in enumerate(lines):
        y = rect.top() + rect.height() * at - tall / 2
        width = rect.width() * (0.52 - 0.14 * index)
        painter.drawRoundedRect(QRectF(left, y, width, tall), 3, 3)
    painter.restore()


class BusyRows(QWidget):
    """A pane of grey rows; appears only when the wait lasts."""

    def __init__(self, theme: Theme, row: str = "rowComfortable", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._row = theme, row
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._appear)
        self._timer.start()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _appear(self) -> None:
        self._shown = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown:
            return
        painter = QPainter(self)
        height = self._theme.size(self._row)
        for top in range(0, self.height(), height):
            rect = QRectF(0, top, self.width(), height)
            paint_busy_row(painter, self._theme, rect, self._row == "rowComfortable")
        painter.end()
