"""A sentence that lies over the map while a tool is in hand."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.map.legend import plate
from console.ui.theme import Theme

_PAD = 14
_WIDEST = 420  # px at 100 %: beside the zoom buttons of the narrowest map


class MapNote(QWidget):
    """Wraps where the map is narrow; a click goes through to the map."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._text = theme, text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.changed.connect(self.updateGeometry)

    def _words(self) -> QRect:
        room = QRect(0, 0, self._theme.px(_WIDEST), 1000)
        metrics = QFontMetrics(self._theme.font("small"))
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._text)

    def sizeHint(self) -> QSize:
        words = self._words()
        return QSize(words.width() + 2 * _PAD + 2, words.height() + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plate(painter, self._theme, self)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text"))
        inside = self.rect().adjusted(_PAD, 8, -_PAD, -8)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._text)
        painter.end()
