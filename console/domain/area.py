"""Where a point lies: in which commune, and whether in the province at all.

Plane geometry in degrees, scaled at the point: good to metres over a few kilometres.
"""

from datetime import date
from math import cos, hypot, isfinite, radians

from console.domain.place import Boundary, Point
from console.domain.reference import Reference, in_force

Ring = tuple[tuple[float, float], ...]

TOLERANCE_M = 2_000.0
"""Boundaries are approximate: a point this far outside is still taken for one of the province's."""
_M_PER_DEGREE = 111_320.0


class Outline:
    """One commune's polygons with the box around them."""

    def __init__(self, boundary: Boundary) -> None:
        self.code = boundary.code
        self.polygons = boundary.polygons
        xs = [x for polygon in boundary.polygons for x, _ in polygon[0]]
        ys = [y for polygon in boundary.polygons for _, y in polygon[0]]
        self.west, self.south, self.east, self.north = min(xs), min(ys), max(xs), max(ys)

    def near(self, lon: float, lat: float, margin_x: float = 0, margin_y: float = 0) -> bool:
        """Whether the point lies in the box, or within the margins (degrees) of it."""
        return (
            self.west - margin_x <= lon <= self.east + margin_x
            and self.south - margin_y <= lat <= self.north + margin_y
        )

    def holds(self, lon: float, lat: float) -> bool:
        """Inside one of the polygons and in none of its holes."""
        return self.near(lon, lat) and any(
            _inside(rings[0], lon, lat) and not any(_inside(hole, lon, lat) for hole in rings[1:])
            for rings in self.polygons
        )

    def metres_to(self, lon: float, lat: float) -> float:
        """Distance to the nearest edge."""
        return min(_to_ring(ring, lon, lat) for rings in self.polygons for ring in rings)


class Area:
    """The outlines of one reference. `reference.built(Area)` gives the one that is kept with it."""

    def __init__(self, reference: Reference) -> None:
        self._boundaries = tuple(b for b in reference.boundaries if b.polygons)
        self._days: dict[date, dict[str, Outline]] = {}
        self._outlines: dict[tuple[str, date], Outline] = {}

    def outlines(self, on: date) -> dict[str, Outline]:
        """Outlines in force on that day, by commune code."""
        known = self._days.get(on)
        if known is None:
            known = {b.code: self._outline(b) for b in in_force(self._boundaries, on)}
            self._days[on] = known
        return known

    def _outline(self, boundary: Boundary) -> Outline:
        key = boundary.code, boundary.valid_from
        return self._outlines.get(key) or self._outlines.setdefault(key, Outline(boundary))

    def commune_at(self, lon: float, lat: float, on: date, guess: str | None = None) -> str | None:
        """Code of the commune that the point (degrees) lies in on that day; `guess` is looked at first."""
        outlines = self.outlines(on)
        first = outlines.get(guess) if guess else None
        if first is not None and first.holds(lon, lat):
            return first.code
        return next((outline.code for outline in outlines.values() if outline.holds(lon, lat)), None)

    def covers(self, point: Point, on: date, guess: str | None = None) -> bool:
        """Whether a point is in the province, or at most `TOLERANCE_M` outside of its outlines.

        Without any outline in force nothing can be said, and any point of the Earth is taken.
        """
        lon, lat = point.lon, point.lat
        if not (isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            return False
        outlines = self.outlines(on)
        if not outlines or self.commune_at(lon, lat, on, guess) is not None:
            return True
        margin_y = TOLERANCE_M / _M_PER_DEGREE
        margin_x = margin_y / max(cos(radians(lat)), 0.01)
        return any(
            outline.metres_to(lon, lat) <= TOLERANCE_M
            for outline in outlines.values()
            if outline.near(lon, lat, margin_x, margin_y)
        )


def metres_between(one: Point, other: Point) -> float:
    """Distance of two points that lie near each other."""
    x = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(x, one.lat - other.lat) * _M_PER_DEGREE


def _inside(ring: Ring, lon: float, lat: float) -> bool:
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def _to_ring(ring: Ring, lon: float, lat: float) -> float:
    scale = cos(radians(lat)) * _M_PER_DEGREE
    flat = [((x - lon) * scale, (y - lat) * _M_PER_DEGREE) for x, y in ring]
    return min(_to_edge(*one, *other) for one, other in zip(flat, flat[1:] + flat[:1], strict=True))


def _to_edge(x1: float, y1: float, x2: float, y2: float) -> float:
    """Distance of the origin from the line between two points."""
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(x1 * dx + y1 * dy) / square)) if square else 0.0
    return hypot(x1 + along * dx, y1 + along * dy)
