"""Points, outlines with holes, distances."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.area import TOLERANCE_M, Area, metres_between
from console.domain.place import Boundary, Point
from tests.support.builders import REFERENCE, START, TOWN, VILLAGE, reference

ON = date(2024, 11, 4)


def square(west: float, south: float, size: float) -> tuple[tuple[float, float], ...]:
    return (
        (west, south),
        (west + size, south),
        (west + size, south + size),
        (west, south + size),
        (west, south),
    )


def test_a_hole_is_outside_and_an_island_inside() -> None:
    boundary = Boundary(
        code="c",
        polygons=((square(0, 0, 1), square(0.4, 0.4, 0.2)), (square(2, 0, 1),)),
        valid_from=START,
    )
    area = Area(reference(boundaries=(boundary,)))
    assert [area.commune_at(x, 0.5, ON) for x in (0.1, 0.5, 1.5, 2.5)] == ["c", None, None, "c"]


@given(st.floats(106.6, 106.8), st.floats(17.4, 17.5))
def test_every_point_inside_is_covered(lon: float, lat: float) -> None:
    assert Area(REFERENCE).covers(Point(lon, lat), ON)


@pytest.mark.parametrize("metres", [10, 1_900, 2_100, 50_000])
@pytest.mark.parametrize("bearing", range(0, 360, 45))
def test_a_little_outside_is_covered_far_outside_is_not(metres: int, bearing: int) -> None:
    """From the nearest point of the outline, straight away from it."""
    east, north = round(math.sin(math.radians(bearing)), 9), round(math.cos(math.radians(bearing)), 9)
    lon = {1: 106.8, 0: 106.7, -1: 106.6}[(east > 0) - (east < 0)]
    lat = {1: 17.5, 0: 17.45, -1: 17.4}[(north > 0) - (north < 0)]
    scale = 111_320.0
    point = Point(lon + east * metres / scale / math.cos(math.radians(lat)), lat + north * metres / scale)
    assert Area(REFERENCE).covers(point, ON) is (metres <= TOLERANCE_M)


@pytest.mark.parametrize(
    "point", [Point(math.inf, 17.45), Point(106.65, math.nan), Point(200, 17), Point(106, 91)]
)
def test_what_is_no_point_of_the_earth_is_not_covered(point: Point) -> None:
    assert not Area(REFERENCE).covers(point, ON)
    assert not Area(reference(boundaries=())).covers(point, ON)


def test_without_outlines_nothing_is_judged() -> None:
    assert Area(reference(boundaries=())).covers(Point(2.35, 48.85), ON)


def test_a_wrong_guess_does_no_harm() -> None:
    area = Area(REFERENCE)
    assert area.commune_at(106.65, 17.45, ON, guess=VILLAGE) == TOWN
    assert area.commune_at(106.65, 17.45, ON, guess="none") == TOWN


def test_metres() -> None:
    assert metres_between(Point(106.6, 17.4), Point(106.6, 17.41)) == pytest.approx(1113, abs=1)
    assert metres_between(Point(106.6, 17.4), Point(106.61, 17.4)) == pytest.approx(1062, abs=1)
