"""Outlines: borders once, of the right kind, and the commune around a point."""

from datetime import date

import numpy as np
import pytest

from console.geo.mercator import point_to_world
from console.geo.outlines import (
    CommuneOutline,
    Edge,
    Outlines,
    UnitName,
    build,
    centroid,
    outlines_on,
    overlapping,
    places_on,
)
from console.geo.surroundings import neighbours, open_names
from console.reference import bundled

DAY = date(2024, 11, 4)
AFTER = date(2025, 7, 1)


def square(west: float, south: float, side: float = 0.1) -> list[list[tuple[float, float]]]:
    east, north = west + side, south + side
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


def three() -> Outlines:
    """Two squares of one district side by side, one of another district on top of the first."""
    return build(
        [
            CommuneOutline("1", "Một", "A", [square(106.0, 17.0)]),
            CommuneOutline("2", "Hai", "A", [square(106.1, 17.0)]),
            CommuneOutline("3", "Ba", "B", [square(106.0, 17.1)]),
        ]
    )


def kinds(outlines: Outlines) -> list[int]:
    """Number of edges of each kind."""
    each = np.repeat(outlines.kind, np.diff(outlines.chain))
    return [int((each == kind).sum()) for kind in Edge]


def test_each_border_is_there_once_and_of_its_kind() -> None:
    assert kinds(three()) == [1, 1, 8]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_border_is_found_where_corners_do_not_meet(turn: int) -> None:
    large, small = square(106.0, 17.0)[0], square(106.1, 17.02, 0.05)[0]
    half = build(
        [
            CommuneOutline("1", "Một", "A", [[large[::turn]]]),
            CommuneOutline("2", "Hai", "B", [[small[::turn]]]),
        ]
    )
    each = np.repeat(half.kind, np.diff(half.chain))
    inner = half.edges[each == Edge.DISTRICT]
    assert len(inner) >= 1
    assert np.allclose(inner[:, 0], point_to_world(106.1, 17.0)[0])


def test_chains_join_edges_of_one_kind() -> None:
    outlines = three()
    for i, kind in enumerate(outlines.kind):
        edges = outlines.edges[outlines.chain[i] : outlines.chain[i + 1]]
        assert np.array_equal(edges[1:, :2], edges[:-1, 2:])
        assert kind in list(Edge)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(106.05, 17.05, "1"), (106.15, 17.05, "2"), (106.05, 17.15, "3"), (107, 17, None)],
)
def test_the_commune_around_a_point(lon: float, lat: float, code: str | None) -> None:
    assert three().commune_at(*point_to_world(lon, lat)) == code


def test_a_hole_belongs_to_nobody() -> None:
    ring = square(106.0, 17.0)[0]
    hole = square(106.04, 17.04, 0.02)[0]
    outlines = build([CommuneOutline("1", "Một", "", [[ring, hole]])])
    assert outlines.commune_at(*point_to_world(106.05, 17.05)) is None
    assert outlines.commune_at(*point_to_world(106.01, 17.01)) == "1"


def test_boxes_of_communes_and_districts() -> None:
    outlines = three()
    one, district = outlines.box_of("1"), outlines.box_of("A")
    assert one is not None
    assert district is not None
    assert district[2] - district[0] == pytest.approx(2 * (one[2] - one[0]))
    assert outlines.box_of("nobody") is None
    assert build([]).box is None


def test_the_centroid_of_a_square() -> None:
    ring = np.array([[0.7, 0.4], [0.8, 0.4], [0.8, 0.5], [0.7, 0.5], [0.7, 0.4]])
    assert centroid(ring) == pytest.approx((0.75, 0.45))
    flat = np.array([[0.7, 0.4], [0.8, 0.4], [0.7, 0.4]])
    assert centroid(flat) == pytest.approx((0.75, 0.4))


def test_overlapping_boxes_touch() -> None:
    boxes = np.array([[0.0, 0.0, 0.1, 0.1], [0.2, 0.2, 0.3, 0.3]])
    assert overlapping(boxes, (0.05, 0.05, 0.2, 0.2)).tolist() == [0, 1]
    assert overlapping(boxes, (0.11, 0.0, 0.19, 0.3)).tolist() == []


def test_the_bundled_province() -> None:
    reference = bundled()
    outlines = outlines_on(reference, DAY)
    assert len(outlines.communes) == len(reference.communes(DAY))
    assert len(outlines.districts) == len(reference.districts(DAY))
    assert min(kinds(outlines)) > 20
    inside = [outlines.commune_at(*point_to_world(u.lon, u.lat)) is not None for u in reference.communes(DAY)]
    assert sum(inside) > 0.95 * len(inside)
    assert isinstance(outlines.communes[0], UnitName)
    assert len(places_on(reference, DAY)) > 800


def test_without_districts_there_are_no_district_borders() -> None:
    outlines = outlines_on(bundled(), AFTER)
    assert outlines.districts == ()
    assert kinds(outlines)[Edge.DISTRICT] == 0


def test_the_province_lies_on_land_and_beside_the_sea() -> None:
    around = neighbours()
    province = outlines_on(bundled(), DAY)
    on_land = [around.commune_at(c.x, c.y) is not None for c in province.communes]
    assert sum(on_land) > 0.95 * len(on_land)
    sea = next(n for n in open_names() if n.kind == "sea")
    assert around.commune_at(sea.x, sea.y) is None
    assert all(n.words["vi"] and n.words["en"] for n in open_names())
