"""Outlines of communes as flat arrays, the borders between them, and which commune a point is in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.domain.place import Unit
from console.domain.reference import Reference, in_force
from console.geo.mercator import point_to_world, to_world

Floats = NDArray[np.float64]
Polygons = Sequence[Sequence[Sequence[tuple[float, float]]]]  # polygons of rings of (lon, lat)
Box = tuple[float, float, float, float]  # west, north, east, south

OUTSIDE = -1
_STEP = 2e-7  # world units, about 8 m: how far beside an edge its neighbour is looked for


class Edge(IntEnum):
    """What an edge of an outline parts."""

    COMMUNE = 0
    DISTRICT = 1
    PROVINCE = 2


class CommuneOutline(NamedTuple):
    """A commune to draw. `district`: code, or "" where there are no districts. Degrees, WGS 84."""

    code: str
    name: str
    district: str
    polygons: Polygons


class UnitName(NamedTuple):
    """A unit's name with the place where it is written, in world coordinates."""

    code: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Outlines:
    """Rings in world coordinates: ring `i` is `xy[start[i]:start[i + 1]]`, closed, of commune `unit[i]`.

    `edges` holds each border once as x1, y1, x2, y2; edges that follow each other and part the same form
    a chain: chain `i` is `edges[chain[i]:chain[i + 1]]`, of the kind (Edge) `kind[i]`.
    """

    xy: Floats
    start: NDArray[np.int64]
    unit: NDArray[np.int64]
    ring_boxes: Floats
    polygon: NDArray[np.int64]  # polygon of each ring, so that holes are painted with their outer ring
    edges: Floats
    chain: NDArray[np.int64]
    kind: NDArray[np.int8]
    chain_boxes: Floats
    communes: tuple[UnitName, ...]
    districts: tuple[UnitName, ...]
    parents: tuple[str, ...]  # district of each commune, "" for none

    @property
    def box(self) -> Box | None:
        """World box of everything; None when there is nothing."""
        if not len(self.ring_boxes):
            return None
        return _hull(self.ring_boxes)

    def box_of(self, code: str) -> Box | None:
        """World box of a commune or of a district's communes; None when it has no outline."""
        units = [i for i, unit in enumerate(self.communes) if code in (unit.code, self.parents[i])]
        boxes = self.ring_boxes[np.isin(self.unit, units)]
        return _hull(boxes) if len(boxes) else None

    def commune_at(self, x: float, y: float) -> str | None:
        """Code of the commune around a world point."""
        at = units_at(self, np.array([x]), np.array([y]))[0]
        return None if at == OUTSIDE else self.communes[at].code


def _hull(b: Floats) -> Box:
    return float(b[:, 0].min()), float(b[:, 1].min()), float(b[:, 2].max()), float(b[:, 3].max())


def build(communes: Sequence[CommuneOutline], districts: Iterable[UnitName] = ()) -> Outlines:
    """Lay the outlines out in arrays and find the borders."""
    rings = [
        (unit, (unit, part), ring)
        for unit, commune in enumerate(communes)
        for part, polygon in enumerate(commune.polygons)
        for ring in polygon
        if len(ring) >= 3
    ]
    parts = [_closed(ring) for _, _, ring in rings]
    xy = np.concatenate(parts) if parts else np.zeros((0, 2))
    start = np.concatenate(([0], np.cumsum([len(p) for p in parts], dtype=np.int64))).astype(np.int64)
    unit = np.array([u for u, _, _ in rings], dtype=np.int64)
    numbers = {key: n for n, key in enumerate(dict.fromkeys(key for _, key, _ in rings))}
    polygon = np.array([numbers[key] for _, key, _ in rings], dtype=np.int64)
    boxes = np.array([[*p.min(axis=0), *p.max(axis=0)] for p in parts]) if parts else np.zeros((0, 4))
    names = tuple(_named(c, parts, unit, i) for i, c in enumerate(communes))
    none = np.zeros((0, 4))
    bare = Outlines(
        xy, start, unit, boxes, polygon, none, np.zeros(1, np.int64), np.zeros(0, np.int8), none,
        names, tuple(districts), tuple(c.district for c in communes),
    )  # fmt: skip
    edges, kind = _borders(bare, [c.district for c in communes])
    chain = _chains(edges, kind)
    return replace(
        bare, edges=edges, chain=chain, kind=kind[chain[:-1]], chain_boxes=_chain_boxes(edges, chain)
    )


def outlines_on(reference: Reference, day: date) -> Outlines:
    """The communes in force on a day with their outlines and the names of their districts."""
    shapes = {b.code: b.polygons for b in in_force(reference.boundaries, day)}
    communes = [
        CommuneOutline(u.code, u.short, _district(reference, u, day), shapes[u.code])
        for u in reference.communes(day)
        if u.code in shapes
    ]
    districts = [UnitName(d.code, d.short, *point_to_world(d.lon, d.lat)) for d in reference.districts(day)]
    return build(communes, districts)


def places_on(reference: Reference, day: date) -> list[UnitName]:
    """The gazetteer's places in force on a day, to be named on the map."""
    return [
        UnitName(p.code, p.name, *point_to_world(p.lon, p.lat)) for p in in_force(reference.gazetteer, day)
    ]


def _district(reference: Reference, unit: Unit, day: date) -> str:
    found = reference.district_of(unit.code, day)
    return found.code if found else ""


def _closed(ring: Sequence[tuple[float, float]]) -> Floats:
    degrees = np.asarray(ring, dtype=np.float64)
    x, y = to_world(degrees[:, 0], degrees[:, 1])
    xy = np.stack([x, y], axis=1)
    return xy if np.array_equal(xy[0], xy[-1]) else np.vstack([xy, xy[:1]])


def _named(commune: CommuneOutline, parts: list[Floats], unit: NDArray[np.int64], index: int) -> UnitName:
    own = [parts[i] for i in np.flatnonzero(unit == index)]
    if not own:
        return UnitName(commune.code, commune.name, 0.0, 0.0)
    x, y = centroid(max(own, key=lambda ring: abs(_area(ring))))
    return UnitName(commune.code, commune.name, x, y)


def _crosses(ring: Floats) -> Floats:
    crosses: Floats = ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]
    return crosses


def _area(ring: Floats) -> float:
    return float(_crosses(ring - ring[0]).sum()) / 2


def centroid(ring: Floats) -> tuple[float, float]:
    """Centre of gravity of a closed ring; the mean of its corners when it has no area."""
    origin = ring[0]
    local = ring - origin  # near zero: the products of world coordinates would lose their digits
    cross = _crosses(local)
    if abs(cross.sum()) < 1e-18:
        mean = ring[:-1].mean(axis=0)
        return float(mean[0]), float(mean[1])
    at = ((local[:-1] + local[1:]) * cross[:, None]).sum(axis=0) / (3 * cross.sum()) + origin
    return float(at[0]), float(at[1])


def _segments(outlines: Outlines) -> tuple[Floats, NDArray[np.int64]]:
    """All edges of all rings as x1, y1, x2, y2, and the unit of each."""
    count = len(outlines.xy)
    last = np.zeros(count, dtype=bool)
    last[outlines.start[1:] - 1] = True
    first = np.flatnonzero(~last)
    segments = np.hstack([outlines.xy[first], outlines.xy[first + 1]]) if count else np.zeros((0, 4))
    unit = np.repeat(outlines.unit, np.diff(outlines.start))[first]
    return segments, unit


def _borders(outlines: Outlines, districts: list[str]) -> tuple[Floats, NDArray[np.int8]]:
    """Each edge once with what it parts: by equal ends first, for the rest by looking who is beside it."""
    segments, unit = _segments(outlines)
    if not len(segments):
        return segments, np.zeros(0, np.int8)
    other = _shared(segments, unit)
    alone = other == OUTSIDE
    other[alone] = _beside(outlines, segments[alone], unit[alone])
    number = {code: i for i, code in enumerate(dict.fromkeys(districts))}
    district = np.array([number[d] for d in districts], dtype=np.int64)
    kind = np.where(district[unit] == district[np.maximum(other, 0)], Edge.COMMUNE, Edge.DISTRICT)
    kind[other == OUTSIDE] = Edge.PROVINCE
    once = (other == OUTSIDE) | alone | (unit < other)
    return segments[once], kind[once].astype(np.int8)


def _chains(edges: Floats, kind: NDArray[np.int8]) -> NDArray[np.int64]:
    """Where each run of joined edges of one kind begins, and the end."""
    if not len(edges):
        return np.zeros(1, np.int64)
    apart = np.any(edges[1:, :2] != edges[:-1, 2:], axis=1) | (kind[1:] != kind[:-1])
    return np.concatenate(([0], np.flatnonzero(apart) + 1, [len(edges)]))


def _chain_boxes(edges: Floats, chain: NDArray[np.int64]) -> Floats:
    if len(chain) < 2:
        return np.zeros((0, 4))
    low = np.minimum(edges[:, :2], edges[:, 2:])
    high = np.maximum(edges[:, :2], edges[:, 2:])
    return np.hstack([np.minimum.reduceat(low, chain[:-1]), np.maximum.reduceat(high, chain[:-1])])


def _shared(segments: Floats, unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each edge the unit that has the same edge, or OUTSIDE."""
    a, b = segments[:, :2], segments[:, 2:]
    turn = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    key = np.where(turn[:, None], np.hstack([b, a]), segments)
    order = np.lexsort(key.T)
    same = np.all(key[order[1:]] == key[order[:-1]], axis=1)
    first, second = order[:-1][same], order[1:][same]
    other = np.full(len(segments), OUTSIDE, dtype=np.int64)
    other[first], other[second] = unit[second], unit[first]
    return other


def _beside(outlines: Outlines, segments: Floats, unit: NDArray[np.int64]) -> NDArray[np.int64]:
    middle = (segments[:, :2] + segments[:, 2:]) / 2
    along = segments[:, 2:] - segments[:, :2]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-15)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1) / length[:, None] * _STEP
    found = np.full(len(segments), OUTSIDE, dtype=np.int64)
    for side in (1, -1):
        at = units_at(outlines, *(middle + side * normal).T)
        found = np.where((at != OUTSIDE) & (at != unit), at, found)
    return found


def units_at(outlines: Outlines, x: Floats, y: Floats) -> NDArray[np.int64]:
    """Number of the commune around each world point (even-odd rule), or OUTSIDE."""
    found = np.full(len(x), OUTSIDE, dtype=np.int64)
    inside: dict[int, NDArray[np.bool_]] = {}
    for ring, box in enumerate(outlines.ring_boxes):
        near = np.flatnonzero((x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3]))
        if len(near):
            flips = inside.setdefault(int(outlines.unit[ring]), np.zeros(len(x), dtype=bool))
            xy = outlines.xy[outlines.start[ring] : outlines.start[ring + 1]]
            flips[near] ^= in_ring(xy, x[near], y[near])
    for unit, hit in inside.items():
        found[hit] = unit
    return found


def in_ring(ring: Floats, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Whether each point is inside a closed ring."""
    x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    crosses = (y1 > y[:, None]) != (y2 > y[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x1 + (y[:, None] - y1) * (x2 - x1) / (y2 - y1)
    odd: NDArray[np.bool_] = (crosses & (x[:, None] < at)).sum(axis=1) % 2 == 1
    return odd


def overlapping(boxes: Floats, box: Box) -> NDArray[np.int64]:
    """Indices of the boxes that touch a box."""
    west, north, east, south = box
    hit = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= south) & (boxes[:, 3] >= north)
    return np.flatnonzero(hit)
