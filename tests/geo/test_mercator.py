"""Projection and the window upon the world."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geo.mercator import (
    EARTH_M,
    Window,
    metres_to_world,
    point_to_world,
    to_degrees,
    to_world,
    zoom_to_fit,
)

LON = st.floats(-180, 180)
LAT = st.floats(-84, 84)
WINDOW = Window(0.795, 0.45, 9.25, 606, 786)


def test_known_points() -> None:
    assert point_to_world(0, 0) == (0.5, 0.5)
    x, y = to_world(np.array([-180.0, 180.0]), np.array([85.051129, -85.051129]))
    assert x == pytest.approx([0, 1])
    assert y == pytest.approx([0, 1], abs=1e-8)


@given(LON, LAT)
def test_there_and_back(lon: float, lat: float) -> None:
    back = to_degrees(*point_to_world(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-9)


@given(st.floats(105, 108), st.floats(16, 19), st.sampled_from([5.0, 25.0, 1000.0]))
def test_metres_are_metres_on_the_ground(lon: float, lat: float, metres: float) -> None:
    x, y = point_to_world(lon, lat)
    step = metres_to_world(metres, y)
    there = to_degrees(x + step, y)
    walked = math.radians(there[0] - lon) * math.cos(math.radians(lat)) * EARTH_M / (2 * math.pi)
    assert walked == pytest.approx(metres, rel=1e-6)


@given(st.floats(0, 606), st.floats(0, 786), st.floats(6, 18))
def test_zooming_keeps_the_point_under_the_hand(px: float, py: float, zoom: float) -> None:
    x, y = WINDOW.to_world(px, py)
    after = WINDOW.zoomed(zoom, px, py)
    assert after.to_screen(x, y) == pytest.approx((px, py), abs=1.1)  # both windows stand on whole pixels


def test_panning_moves_by_pixels() -> None:
    after = WINDOW.panned(96, -32)
    assert (after.left - WINDOW.left, after.top - WINDOW.top) == (96, -32)


def test_holds_knows_the_inset() -> None:
    x, y = WINDOW.to_world(20, 400)
    assert WINDOW.holds(x, y)
    assert not WINDOW.holds(x, y, inset_px=40)


def test_bounds_are_wider_by_the_margin() -> None:
    west, north, east, south = WINDOW.bounds(10)
    assert (east - west) * WINDOW.scale == pytest.approx(626)
    assert (south - north) * WINDOW.scale == pytest.approx(806)


def test_fit_is_the_largest_zoom_that_holds_the_box() -> None:
    box = (0.793, 0.448, 0.797, 0.452)
    zoom = zoom_to_fit(box, 600, 800)
    scale = 512 * 2**zoom
    assert (box[2] - box[0]) * scale == pytest.approx(600)
    assert (box[3] - box[1]) * scale <= 800
