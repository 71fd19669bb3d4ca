"""Is a point inside a boundary, and points drawn inside one. Plane geometry in degrees: fine for communes."""

from random import Random

from console.domain.place import Boundary

Ring = tuple[tuple[float, float], ...]


def in_ring(ring: Ring, lon: float, lat: float) -> bool:
    """Even-odd rule; a point on the edge may fall either way."""
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def contains(boundary: Boundary, lon: float, lat: float) -> bool:
    """Inside one of the polygons and in none of its holes."""
    return any(
        in_ring(rings[0], lon, lat) and not any(in_ring(hole, lon, lat) for hole in rings[1:])
        for rings in boundary.polygons
    )


def box(boundary: Boundary) -> tuple[float, float, float, float]:
    """West, south, east, north of the largest polygon (by its box)."""
    boxes = []
    for rings in boundary.polygons:
        xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))


def drawn_inside(boundary: Boundary, rng: Random) -> tuple[float, float]:
    """A point drawn evenly inside the boundary, rounded to 0.00001 degrees (about a metre)."""
    west, south, east, north = box(boundary)
    while True:
        lon, lat = round(rng.uniform(west, east), 5), round(rng.uniform(south, north), 5)
        if contains(boundary, lon, lat):
            return lon, lat


def drawn_near(boundary: Boundary, lon: float, lat: float, metres: float, rng: Random) -> tuple[float, float]:
    """A point about `metres` from (lon, lat) and still inside; the point itself where none is found."""
    spread = metres / 111_000
    for _ in range(12):
        near = round(lon + rng.gauss(0, spread), 5), round(lat + rng.gauss(0, spread), 5)
        if contains(boundary, *near):
            return near
    return lon, lat
