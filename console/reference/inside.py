"""Points drawn inside a commune's outline, for composing place names and practice reports."""

from random import Random

from console.domain.area import Outline

METRES_PER_DEGREE = 111_000
TRIES = 12


def drawn_inside(outline: Outline, rng: Random) -> tuple[float, float]:
    """A point drawn evenly inside the outline, rounded to 0.00001 degrees (about a metre)."""
    while True:
        lon = round(rng.uniform(outline.west, outline.east), 5)
        lat = round(rng.uniform(outline.south, outline.north), 5)
        if outline.holds(lon, lat):
            return lon, lat


def drawn_near(outline: Outline, lon: float, lat: float, metres: float, rng: Random) -> tuple[float, float]:
    """A point about `metres` from (lon, lat) and still inside; the point itself where none is found."""
    spread = metres / METRES_PER_DEGREE
    for _ in range(TRIES):
        near_lon, near_lat = round(lon + rng.gauss(0, spread), 5), round(lat + rng.gauss(0, spread), 5)
        if outline.holds(near_lon, near_lat):
            return near_lon, near_lat
    return lon, lat
