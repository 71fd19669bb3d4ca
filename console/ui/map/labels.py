"""Names on the map: each painted once with its halo, placed where neither bubble nor other name is."""

import math
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from console.geo.clusters import Level
from console.geo.mercator import Window
from console.geo.outlines import Outlines, UnitName
from console.geo.surroundings import OpenName
from console.ui.theme import Theme

Floats = NDArray[np.float64]

COMMUNES_FROM = 10.25  # zoom at which communes are named instead of districts
PLACES_FROM = 13.5  # and from which streets and other places are
OPEN_UNTIL = 12.0  # zoom from which the sea and the neighbours need no name
NO_FIGURES: Mapping[str, str] = MappingProxyType({})
_CELL = 6  # px of the grid on which room is kept
_HALO = 3.0


class Style(Enum):
    """How a name is written."""

    DISTRICT = "district"
    COMMUNE = "commune"
    SEA = "sea"
    PROVINCE = "province"
    COUNTRY = "country"
    PLACE = "place"
    FIGURE = "figure"  # of a commune whose name does not stand there


class Name(NamedTuple):
    """A name and the world point it belongs to. `must`: shown even when it covers something."""

    text: str
    style: Style
    x: float
    y: float
    must: bool = False


class Placed(NamedTuple):
    """A name with the world pixel of its picture's upper left corner."""

    name: Name
    left: int
    top: int


def names_at(
    outlines: Outlines,
    around: Iterable[OpenName],
    places: list[Name],
    language: str,
    zoom: float,
    figures: Mapping[str, str] = NO_FIGURES,
) -> list[Name]:
    """What is to be named at a zoom, the most important first. `figures`: what a commune's name is followed
    by, or what stands in its place while only districts are named."""
    found: list[Name] = []
    if zoom < COMMUNES_FROM or not outlines.communes:
        found += [_unit(d, Style.DISTRICT, True) for d in outlines.districts]
    if zoom < OPEN_UNTIL:
        found += [Name(o.words[language], Style(o.kind), o.x, o.y) for o in around]
    if zoom >= COMMUNES_FROM or not outlines.districts:
        found += [_with(_unit(c, Style.COMMUNE, False), figures.get(c.code)) for c in outlines.communes]
    else:
        found += [
            Name(figures[c.code], Style.FIGURE, c.x, c.y) for c in outlines.communes if c.code in figures
        ]
    return found + places if zoom >= PLACES_FROM else found


def _with(name: Name, figure: str | None) -> Name:
    return name if figure is None else name._replace(text=f"{name.text} · {figure}")


def _unit(unit: UnitName, style: Style, must: bool) -> Name:
    return Name(unit.name, style, unit.x, unit.y, must)


class Room:
    """A grid over a stretch of the map in world pixels that remembers where something is."""

    def __init__(self, left: float, top: float, width: float, height: float) -> None:
        self.left, self.top = left, top
        self._cells = np.zeros((math.ceil(height / _CELL), math.ceil(width / _CELL)), dtype=bool)

    def block(self, x: Floats, y: Floats, reach: int) -> None:
        """Take the squares of `reach` px around points (world pixels)."""
        column = ((x - self.left) // _CELL).astype(np.int64)
        row = ((y - self.top) // _CELL).astype(np.int64)
        steps = range(-(reach // _CELL), reach // _CELL + 1)
        rows, columns = self._cells.shape
        for dy in steps:
            for dx in steps:
                r, c = row + dy, column + dx
                ok = (r >= 0) & (r < rows) & (c >= 0) & (c < columns)
                self._cells[r[ok], c[ok]] = True

    def taken(self, left: float, top: float, width: float, height: float) -> int:
        """How many cells under a box are taken."""
        return int(np.count_nonzero(self._under(left, top, width, height)))

    def take(self, left: float, top: float, width: float, height: float) -> None:
        """Mark a box as taken."""
        self._under(left, top, width, height)[...] = True

    def _under(self, left: float, top: float, width: float, height: float) -> NDArray[np.bool_]:
        first_row, first_column = (
            max(0, int((top - self.top) // _CELL)),
            max(0, int((left - self.left) // _CELL)),
        )
        last_row = max(first_row, math.ceil((top + height - self.top) / _CELL))
        last_column = max(first_column, math.ceil((left + width - self.left) / _CELL))
        return self._cells[first_row:last_row, first_column:last_column]


class Labels:
    """Pictures of names, and the plan where they go."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme, self._ratio = theme, ratio
        self._pictures: dict[tuple[str, Style], QPixmap] = {}
        self._sizes: dict[tuple[str, Style], tuple[int, int]] = {}
        self._spots: dict[tuple[str, float], int] = {}

    def picture(self, name: Name) -> QPixmap:
        """The name with a halo in the colour of the land."""
        key = (name.text, name.style)
        if key not in self._pictures:
            self._pictures[key] = self._paint(*key)
        return self._pictures[key]

    def painted(self, name: Name) -> bool:
        """Whether its picture is there already."""
        return (name.text, name.style) in self._pictures

    def _size(self, text: str, style: Style) -> tuple[int, int]:
        """Logical pixels of a picture, without painting it."""
        found = self._sizes.get((text, style))
        if found is None:
            metrics = QFontMetricsF(self._look(style)[0])
            width = math.ceil(metrics.horizontalAdvance(text) + 2 * _HALO)
            found = self._sizes[text, style] = width, math.ceil(metrics.height() + 2)
        return found

    def _paint(self, text: str, style: Style) -> QPixmap:
        font, ink, halo = self._look(style)
        metrics = QFontMetricsF(font)
        width, height = self._size(text, style)
        pixmap = QPixmap(math.ceil(width * self._ratio), math.ceil(height * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        path = QPainterPath()
        path.addText(QPointF(_HALO, metrics.ascent() + 1), font, text)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(halo, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.fillPath(path, ink)
        painter.end()
        return pixmap

    def _look(self, style: Style) -> tuple[QFont, QColor, QColor]:
        color, font = self._theme.color, self._theme.font
        if style is Style.SEA:
            return _spaced(font("bodyStrong", 500, italic=True), 2.5), color("mapWaterLabel"), color("mapSea")
        if style in (Style.PROVINCE, Style.COUNTRY):
            return _spaced(font("label"), 1.2), color("subtle"), color("mapOut")
        if style is Style.PLACE:
            return font("micro"), color("subtle"), color("mapLand")
        if style is Style.FIGURE:
            return font("micro", 600), color("mapLabel"), color("mapLand")
        weight, role = (600, "label") if style is Style.DISTRICT else (500, "micro")
        return font(role, weight), color("mapLabel"), color("mapLand")

    def plan(self, names: list[Name], window: Window, level: Level) -> list[Placed]:
        """Where each name goes that belongs into the window. It keeps its spot of last time while free."""
        room = Room(window.left, window.top, window.width, window.height)
        scale = window.scale
        near = level.within(*window.bounds(_CELL))
        for several, reach in ((level.count[near] > 1, 20), (level.count[near] == 1, 8)):
            room.block(level.x[near[several]] * scale, level.y[near[several]] * scale, reach)
        inside = [name for name in names if window.holds(name.x, name.y)]
        found = [self._place(name, room, scale, window.zoom) for name in inside]
        return [placed for placed in found if placed is not None]

    def _place(self, name: Name, room: Room, scale: float, zoom: float) -> Placed | None:
        width, height = self._size(name.text, name.style)
        x, y = name.x * scale, name.y * scale
        spots = [(round(x + dx - width / 2), round(y + dy - height / 2)) for dx, dy in _around(width, height)]
        if name.style not in (Style.DISTRICT, Style.COMMUNE):
            spots = spots[:1]
        covered = [room.taken(left, top, width, height) for left, top in spots]
        last = self._spots.get((name.text, zoom), 0)
        best = last if last < len(spots) and covered[last] == 0 else covered.index(min(covered))
        if covered[best] and not name.must:
            return None
        self._spots[name.text, zoom] = best
        room.take(spots[best][0], spots[best][1], width, height)
        return Placed(name, *spots[best])


def _spaced(font: QFont, px: float) -> QFont:
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, px)
    return font


def _around(width: float, height: float) -> list[tuple[float, float]]:
    """Offsets of a name's middle from its point: on it, then around a bubble that may stand there."""
    side, above = width / 2 + 24, height / 2 + 22
    return [(0, 0), (0, above), (0, -above), (-side, 0), (side, 0), (-side, above), (side, -above)]
