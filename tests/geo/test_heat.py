"""Heat: every report counts once, a lone one weighs one, and what is dense is darker."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from console.geo.heat import (
    CELL_PX,
    SHADES,
    WITHIN_PX,
    _blurred,
    _counted,
    amount_of,
    enlarged,
    heat,
    palette,
    round_above,
)
from console.geo.mercator import Window, metres_to_world, point_to_world

DONG_HOI = point_to_world(106.62, 17.47)
REGION = Window(*DONG_HOI, 12.0, 400, 300)


def at(*pixels: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    places = [REGION.to_world(*p) for p in pixels]
    return np.array([p[0] for p in places]), np.array([p[1] for p in places])


@given(st.lists(st.tuples(st.floats(80, 320), st.floats(80, 220)), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_blur_neither_loses_nor_invents_reports(pixels: list[tuple[float, float]]) -> None:
    amounts = _blurred(_counted(*at(*pixels), REGION))
    bell = math.pi * (WITHIN_PX / CELL_PX) ** 2  # cells
    assert math.isclose(amounts.sum() / bell, len(pixels), rel_tol=1e-9)


def test_a_lone_report_weighs_one_where_it_is_and_fades_around_it() -> None:
    amounts = _blurred(_counted(*at((200, 150)), REGION))
    row, column = np.unravel_index(int(amounts.argmax()), amounts.shape)
    assert (row, column) == (150 // CELL_PX, 200 // CELL_PX)
    assert math.isclose(amounts.max(), 1, rel_tol=1e-9)
    assert amounts[row, column] > amounts[row, column + 3] > amounts[row, column + 8] > 0
    assert amounts[row, column + 20] < 1e-9


def test_reports_just_outside_warm_the_edge() -> None:
    assert heat(*at((-6, 150)), REGION).shades[:, 0].max() > 0
    assert heat(*at((-600, 150)), REGION).shades.max() == 0


def test_the_scale_is_round_and_says_how_far_it_looks() -> None:
    crowd = at(*[(200.0, 150.0)] * 37)
    found = heat(*crowd, REGION)
    assert found.top == 50
    assert amount_of(1.0, found.top) == 50
    assert found.shades.shape == (75, 100)
    assert found.shades.max() == math.ceil(math.sqrt(_blurred(_counted(*crowd, REGION)).max() / 50) * 255)
    px = found.within_m * metres_to_world(1.0, REGION.y) * REGION.scale
    assert math.isclose(px, WITHIN_PX, rel_tol=1e-9)


@given(st.floats(0, 1e6))
def test_round_above_is_the_next_round_number(amount: float) -> None:
    found = round_above(amount)
    assert found >= amount
    assert str(found).rstrip("0") in ("1", "2", "5")
    assert found == 1 or found < amount * 2.5 + 1e-9


def test_no_reports_no_shades() -> None:
    found = heat(np.zeros(0), np.zeros(0), REGION)
    assert (found.shades.max(), found.top) == (0, 1)


def test_the_palette_grows_in_strength_and_is_premultiplied() -> None:
    colors = palette([(217, 199, 245), (74, 35, 146)])
    assert (len(colors), colors[0]) == (SHADES, 0)
    alpha = colors >> 24
    assert np.all(np.diff(alpha.astype(int)) >= 0)
    for shift in (16, 8, 0):
        assert np.all(((colors >> shift) & 255) <= alpha)


def test_enlarging_keeps_shades_where_they_are_and_makes_no_steps() -> None:
    found = heat(*at((200, 150), (200, 150), (60, 40)), REGION)
    colors = np.arange(SHADES, dtype=np.uint32)  # a picture of the shades themselves
    for factor in (4.0, 6.0):
        picture = enlarged(found, colors, factor)
        assert picture.shape == (round(75 * factor), round(100 * factor))
        middles = (np.arange(75)[:, None] + 0.5) * factor, (np.arange(100) + 0.5) * factor
        seen = picture[middles[0].astype(int), middles[1].astype(int)].astype(int)
        assert np.abs(seen - found.shades).max() <= 8
        steps = np.abs(np.diff(picture.astype(int), axis=1)).max()
        assert steps <= np.abs(np.diff(found.shades.astype(int), axis=1)).max() / factor + 1
