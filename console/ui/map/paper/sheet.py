"""A sheet of paper with the map: title, moment, the map with scale and north, legend, source."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen, QPolygonF

from console.geo.mercator import EARTH_M, Window, metres_to_world
from console.ui.map.layers.facts import LegendFacts
from console.ui.map.layers.layer_legend import legend_size, lines, paint_lines
from console.ui.map.layers.legend_words import distance_text, source_words
from console.ui.map.legend import PIN_MEANINGS
from console.ui.map.sprites import paint_pin
from console.ui.theme import Theme
from console.ui.words import t

MARGIN, HEAD = 24, 66
_LINE, _GAP, _PIN = 22, 18, 24
_BAR_PX = 140  # the longest that the scale bar may be
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Sheet:
    """What stands on it. `moment`: of which time the map is; `made`: from what and when the sheet is."""

    picture: QImage
    window: Window
    facts: LegendFacts
    moment: str
    made: str

    def size(self, theme: Theme) -> QSizeF:
        """Logical pixels of the whole sheet."""
        return QSizeF(self.window.width + 2 * MARGIN, self.window.height + HEAD + self._foot(theme) + MARGIN)

    def _foot(self, theme: Theme) -> int:
        told = lines(self.facts)
        return 14 + _LINE + (legend_size(theme, told).height() if told else 0) + 2 * _LINE

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The sheet, its upper left corner at the painter's origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.size(theme)
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.color("surface"))
        self._paint_head(painter, theme)
        place = QRectF(MARGIN, HEAD, self.window.width, self.window.height)
        painter.drawImage(place, self.picture, QRectF(self.picture.rect()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("lineStrong"), 1))
        painter.drawRect(place)
        _paint_scale(painter, theme, self.window, place)
        self._paint_foot(painter, theme, place.bottom() + 10)

    def _paint_head(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("titleLarge"))
        painter.drawText(QPointF(MARGIN, 34), t("map_paper.title"))
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font("body"))
        painter.drawText(QPointF(MARGIN, 55), self.moment)

    def _paint_foot(self, painter: QPainter, theme: Theme, top: float) -> None:
        painter.save()
        painter.translate(0, top)
        if self.facts.pins:
            _paint_pins(painter, theme)
        painter.translate(MARGIN - 14, _LINE)
        told = lines(self.facts)
        if told:
            paint_lines(painter, theme, told)
            painter.translate(0, legend_size(theme, told).height())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        sources = [] if told else source_words(self.facts)
        for number, words in enumerate((*sources, self.made)):
            painter.drawText(QPointF(14, 16 + number * _LINE), words)
        painter.restore()


def _paint_pins(painter: QPainter, theme: Theme) -> None:
    font = theme.font("small")
    metrics, left = QFontMetrics(font), float(MARGIN)
    for state, key in PIN_MEANINGS:
        painter.save()
        painter.translate(left + 8, _LINE / 2)
        painter.scale(0.8, 0.8)
        paint_pin(painter, theme, state)
        painter.restore()
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        width = metrics.horizontalAdvance(t(key))
        painter.drawText(QRectF(left + _PIN, 0, width + 2, _LINE), Qt.AlignmentFlag.AlignVCenter, t(key))
        left += _PIN + width + _GAP


def scale_length(window: Window) -> tuple[float, float]:
    """(metres, pixels) of the longest round distance that the scale bar may show, at the map's middle."""
    metre = metres_to_world(1.0, window.y) * window.scale
    step, best = 1.0, (1.0, metre)
    while step < EARTH_M:
        for digit in _ROUND:
            if digit * step * metre <= _BAR_PX:
                best = (digit * step, digit * step * metre)
        step *= 10
    return best


def _paint_scale(painter: QPainter, theme: Theme, window: Window, place: QRectF) -> None:
    """Bar and north arrow in the lower right corner of the map."""
    metres, wide = scale_length(window)
    plate = QRectF(place.right() - wide - 74, place.bottom() - 54, wide + 64, 44)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(plate, 4, 4)
    left, base = plate.left() + 14, plate.bottom() - 12
    painter.setPen(QPen(theme.color("text"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawPolyline(
        [
            QPointF(left, base - 6),
            QPointF(left, base),
            QPointF(left + wide, base),
            QPointF(left + wide, base - 6),
        ]
    )
    painter.setFont(theme.font("small"))
    painter.drawText(
        QRectF(left, plate.top() + 4, wide, 18), Qt.AlignmentFlag.AlignCenter, distance_text(metres)
    )
    north = plate.right() - 20
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text"))
    tip = QPointF(north, plate.top() + 5)
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(6, 16), tip + QPointF(0, 12), tip + QPointF(-6, 16)]))
    painter.setPen(theme.color("text"))
    word = QRectF(north - 12, plate.top() + 22, 24, 18)
    painter.drawText(word, Qt.AlignmentFlag.AlignCenter, t("map_paper.north"))
