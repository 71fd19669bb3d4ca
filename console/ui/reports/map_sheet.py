"""Communes shaded by how many reports came from them, drawn from their outlines."""

from datetime import date
from math import cos, radians

from console.domain.area import Area, Outline
from console.domain.figures.figures import Figures
from console.domain.reference import Reference
from console.ui.reports.document import MapSheet, Shape
from console.ui.reports.numbers import whole

WIDE = 1000.0  # units across
FINE = 1.2  # units that two points of an outline must lie apart
Ring = tuple[tuple[float, float], ...]


def map_sheet_of(figures: Figures, reference: Reference) -> MapSheet | None:
    """As the communes were at the end of the period; None: no outlines then."""
    on = figures.period.last
    outlines = reference.built(Area).outlines(on)
    if not outlines:
        return None
    from console.geo.shading import shade  # numpy with it

    shading = shade({c.code: c.n for c in figures.communes if c.code in outlines})
    ground = _Ground(list(outlines.values()))
    shapes = [Shape(ground.rings(outline), shading.of.get(code, -1)) for code, outline in outlines.items()]
    legend = [(one.number, _span(int(one.least), int(one.most))) for one in shading.classes]
    return MapSheet(ground.width, ground.height, tuple(shapes), tuple(legend), _names(reference, on, ground))


def _span(least: int, most: int) -> str:
    return whole(least) if least == most else f"{whole(least)} – {whole(most)}"


def _names(reference: Reference, on: date, ground: "_Ground") -> tuple[tuple[float, float, str], ...]:
    return tuple((*ground.at(unit.lon, unit.lat), unit.short) for unit in reference.districts(on))


class _Ground:
    """Degrees to units: flat enough over a province."""

    def __init__(self, outlines: list[Outline]) -> None:
        self._west, self._north = min(o.west for o in outlines), max(o.north for o in outlines)
        east, south = max(o.east for o in outlines), min(o.south for o in outlines)
        self._x = WIDE / (east - self._west)
        self._y = self._x / cos(radians((self._north + south) / 2))
        self.width, self.height = WIDE, (self._north - south) * self._y

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return round((lon - self._west) * self._x, 1), round((self._north - lat) * self._y, 1)

    def rings(self, outline: Outline) -> tuple[Ring, ...]:
        """Points that lie closer than anybody sees are left out."""
        return tuple(self._ring(ring) for polygon in outline.polygons for ring in polygon)

    def _ring(self, ring: Ring) -> Ring:
        kept: list[tuple[float, float]] = []
        for lon, lat in ring:
            x, y = self.at(lon, lat)
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= FINE:
                kept.append((x, y))
        return tuple(kept)
