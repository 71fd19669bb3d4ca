"""The legend of the layers, above that of the pins: hidden while no layer needs one."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.domain.place import PostKind
from console.ui.map.layers.bounds_part import ICONS
from console.ui.map.layers.facts import HeatFacts, LegendFacts, ShadeFacts
from console.ui.map.layers.heat_layer import STOPS
from console.ui.map.layers.legend_words import (
    class_words,
    heat_words,
    legend_words,
    mark_words,
    number_text,
    shade_rest,
    shade_words,
    source_words,
)
from console.ui.map.layers.marks_layer import TONE
from console.ui.map.layers.marks_part import ICON
from console.ui.map.layers.signs import paint_sign
from console.ui.map.legend import plate
from console.ui.map.tile_art import HATCH_ALPHA, HATCHES, SHADES
from console.ui.theme import Theme
from console.ui.words import t

PAD, GAP = 14, 10
_SWATCH, _RAMP, _SIGN = 26, 120, 18  # px

Mark = Callable[[QPainter, Theme, QRectF], None]


@dataclass(frozen=True)
class Line:
    """A line of the legend: what stands before its words, and how wide that is (px at 100 %)."""

    text: str
    tone: str = "muted"
    mark: Mark | None = None
    wide: int = 0


def lines(facts: LegendFacts) -> list[Line]:
    """The whole legend, from above."""
    found: list[Line] = []
    if facts.heat is not None:
        found += _heat_lines(facts.heat)
    if facts.shade is not None:
        found += _shade_lines(facts.shade)
    for kind in facts.posts:
        mark = _sign(ICONS[PostKind(kind)], "tealText")
        found.append(Line(t(f"layers.post.{kind}"), mark=mark, wide=_SIGN))
    if facts.practice_posts:
        found.append(Line(t("layers.posts.practice"), "subtle"))
    found += [Line(words, mark=_sign(ICON, TONE), wide=_SIGN) for words in mark_words(facts)]
    sources = [Line(words, "subtle") for words in source_words(facts)]
    return found + sources if found or facts.ground else []


def _heat_lines(heat: HeatFacts) -> list[Line]:
    first, *more = heat_words(heat)
    told = [Line(first, "text")]
    if heat.top and heat.reports:
        told.append(Line(t("layers.heat.ramp", n=number_text(heat.top)), mark=_ramp, wide=_RAMP))
    return told + [Line(words) for words in more]


def _shade_lines(shade: ShadeFacts) -> list[Line]:
    told = [Line(shade_words(shade)[0], "text")]
    for one in shade.classes:
        mark = _swatch(one.number)
        told.append(Line(class_words(shade.measure, one), mark=mark, wide=_SWATCH))
    return told + [Line(words) for words in shade_rest(shade)]


def _ramp(painter: QPainter, theme: Theme, box: QRectF) -> None:
    shades = QLinearGradient(box.topLeft(), box.topRight())
    for at, name in enumerate(STOPS):
        shades.setColorAt(at / (len(STOPS) - 1), theme.color(name))
    painter.fillRect(box, shades)


def _sign(icon: str, tone: str) -> Mark:
    def paint(painter: QPainter, theme: Theme, box: QRectF) -> None:
        paint_sign(painter, theme, box, icon, tone)

    return paint


def _swatch(number: int) -> Mark:
    def paint(painter: QPainter, theme: Theme, box: QRectF) -> None:
        painter.fillRect(box, theme.color(SHADES[number]))
        painter.setBrush(QBrush(theme.color("shadeInk", HATCH_ALPHA), HATCHES[number]))
        painter.setPen(QPen(theme.color("mapDistrict"), 1))
        painter.drawRect(box)

    return paint


class LayerLegend(QAbstractButton):
    """Lines of words, with the shades and marks they speak of; a press folds it to one word and back.

    `folded(bool)` after a press.
    """

    folded = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[Line] = []
        self._facts: LegendFacts | None = None
        self._open = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(t("layers.legend"))
        self.setToolTip(t("layers.legend.fold"))
        self.clicked.connect(self._press)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def set_facts(self, facts: LegendFacts) -> None:
        """Say this."""
        if facts == self._facts:
            return
        self._facts, self._lines = facts, lines(facts)
        self.setAccessibleDescription(". ".join(legend_words(facts)))
        self.setVisible(bool(self._lines))
        self._refresh()

    def set_open(self, on: bool) -> None:
        """Whether all is said, or one word."""
        self._open = on
        self._refresh()

    def _press(self) -> None:
        self.set_open(not self._open)
        self.folded.emit(not self._open)

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def _shown(self) -> list[Line]:
        return self._lines if self._open else [Line(t("layers.legend"), "text")]

    def sizeHint(self) -> QSize:
        size = legend_size(self._theme, self._shown())
        return QSize(size.width() + self._theme.px(18), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plate(painter, self._theme, self)
        paint_lines(painter, self._theme, self._shown())
        side = self._theme.px(12)
        caret = "ph.caret-down" if self._open else "ph.caret-up"
        box = QRect(self.width() - side - 8, 6 + (self._theme.px(20) - side) // 2, side, side)
        self._theme.icon(caret, "muted").paint(painter, box)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


def legend_size(theme: Theme, told: list[Line]) -> QSize:
    """How much room the lines take."""
    metrics = QFontMetrics(theme.font("small"))
    wide = [
        metrics.horizontalAdvance(line.text) + (theme.px(line.wide) + GAP if line.wide else 0)
        for line in told
    ]
    return QSize(max(wide, default=0) + 2 * PAD, len(told) * theme.px(20) + 12)


def paint_lines(painter: QPainter, theme: Theme, told: list[Line]) -> None:
    """The lines at the painter's origin, as large as `legend_size` says; on paper as well."""
    painter.setFont(theme.font("small"))
    size, step = legend_size(theme, told), theme.px(20)
    for number, line in enumerate(told):
        top, left = 6 + number * step, PAD
        if line.mark is not None:
            painter.save()
            height = {_SWATCH: 0.62 * step, _SIGN: theme.px(_SIGN)}.get(line.wide, 0.4 * step)
            line.mark(
                painter, theme, QRectF(left + 0.5, top + (step - height) / 2, theme.px(line.wide), height)
            )
            painter.restore()
            left += theme.px(line.wide) + GAP
        painter.setPen(theme.color(line.tone))
        room = QRectF(left, top, size.width() - left, step)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line.text)
