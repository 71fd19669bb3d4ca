"""The legend of the layers, above that of the pins: hidden while no layer needs one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.map.layers.facts import HeatFacts, LegendFacts
from console.ui.map.layers.heat_layer import STOPS
from console.ui.map.layers.legend_words import heat_words, legend_words, number_text
from console.ui.map.legend import plate
from console.ui.theme import Theme
from console.ui.words import t

_PAD, _RAMP = 14, 120


class LayerLegend(QWidget):
    """Lines of words, with the shades they speak of."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: LegendFacts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("layers.legend"))
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def set_facts(self, facts: LegendFacts) -> None:
        """Say this."""
        if facts == self._facts:
            return
        self._facts = facts
        words = legend_words(facts)
        self.setAccessibleDescription(". ".join(words))
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return self._theme.px(20)

    def sizeHint(self) -> QSize:
        if self._facts is None:
            return QSize(0, 0)
        metrics = QFontMetrics(self._theme.font("small"))
        words = legend_words(self._facts)
        wide = max((metrics.horizontalAdvance(line) for line in words), default=0)
        ramp = self._line() if self._facts.heat is not None and self._facts.heat.top else 0
        return QSize(wide + 2 * _PAD, len(words) * self._line() + ramp + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._facts is None:
            return
        painter = QPainter(self)
        plate(painter, self._theme, self)
        top = 6
        if self._facts.heat is not None:
            top = self._paint_heat(painter, top, self._facts.heat)
        painter.end()

    def _words(self, painter: QPainter, top: int, text: str, tone: str = "muted", left: int = _PAD) -> int:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color(tone))
        room = QRectF(left, top, self.width() - left, self._line())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        return top + self._line()

    def _paint_heat(self, painter: QPainter, top: int, heat: HeatFacts) -> int:
        first, *more = heat_words(heat)
        top = self._words(painter, top, first, "text")
        if heat.top:
            top = self._paint_ramp(painter, top, heat.top)
        for line in more:
            top = self._words(painter, top, line)
        return top

    def _paint_ramp(self, painter: QPainter, top: int, most: int) -> int:
        metrics = QFontMetrics(self._theme.font("small"))
        few = t("layers.heat.few")
        left = _PAD + metrics.horizontalAdvance(few) + 8
        box = QRectF(left, top + self._line() * 0.3, _RAMP, self._line() * 0.4)
        shades = QLinearGradient(box.topLeft(), box.topRight())
        for at, name in enumerate(STOPS):
            shades.setColorAt(at / (len(STOPS) - 1), self._theme.color(name))
        self._words(painter, top, few)
        painter.fillRect(box, shades)
        self._words(painter, top, f"≥ {number_text(most)}", left=round(box.right()) + 8)
        return top + self._line()
