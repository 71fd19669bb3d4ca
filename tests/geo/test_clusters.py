"""Bubbles: whole, apart, and right to the last point, against slow obvious counting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from console.geo import morton
from console.geo.clusters import MERGE_PX, STATES, ClusterIndex, merge_near, near_pairs
from console.geo.mercator import to_world
from console.geo.states import GONE, PinState

Floats = NDArray[np.float64]
ZOOMS = st.sampled_from([6.0, 8.25, 9.5, 11.0, 13.75, 16.0, 18.0])


def crowd(count: int, seed: int) -> tuple[Floats, Floats, NDArray[np.int8]]:
    """Points in clumps and alone, some on one and the same place."""
    rng = np.random.default_rng(seed)
    middle = rng.integers(0, 5, count)
    lon = 105.7 + middle * 0.3 + rng.normal(0, 0.03, count)
    lat = 17.0 + middle * 0.2 + rng.normal(0, 0.03, count)
    same = rng.random(count) < 0.2
    lon[same], lat[same] = 106.62, 17.47
    x, y = to_world(lon, lat)
    return x, y, rng.integers(GONE, STATES, count).astype(np.int8)


def greedy(x: Floats, y: Floats, count: NDArray[np.int64], radius: float) -> list[int]:
    """The one-by-one loop: for each point the one whose place it takes."""
    order = sorted(range(len(x)), key=lambda i: (-count[i], i))
    owner: dict[int, int] = {}
    for i in order:
        if i in owner:
            continue
        owner[i] = i
        for j in order:
            if j not in owner and (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 < radius * radius:
                owner[j] = i
    return [owner[i] for i in range(len(x))]


@given(st.integers(0, 60), st.integers(0, 5000))
def test_rounds_merge_like_the_loop(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.random(count), rng.random(count)
    weight = rng.integers(1, 4, count)
    owner, anchors = merge_near(x, y, weight, 0.2)
    assert [int(anchors[o]) for o in owner] == greedy(x, y, weight, 0.2)


@given(st.integers(0, 80), st.integers(0, 5000))
def test_near_pairs_are_all_and_once(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.random(count), rng.random(count)
    a, b = near_pairs(x, y, 0.15)
    found = sorted((min(i, j), max(i, j)) for i, j in zip(a.tolist(), b.tolist(), strict=True))
    slow = [
        (i, j)
        for i in range(count)
        for j in range(i + 1, count)
        if (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 < 0.15**2
    ]
    assert found == slow


@settings(max_examples=40)
@given(st.integers(0, 400), st.integers(0, 1000), ZOOMS)
def test_bubbles_never_overlap(count: int, seed: int, zoom: float) -> None:
    level = ClusterIndex(*crowd(count, seed)).level(zoom)
    scale = 512 * 2**zoom
    away = np.hypot(level.x[:, None] - level.x, level.y[:, None] - level.y) * scale
    np.fill_diagonal(away, np.inf)
    assert len(level) == 0 or away.min() >= MERGE_PX - 1e-6


@settings(max_examples=40)
@given(st.integers(1, 300), st.integers(0, 1000), ZOOMS)
def test_every_point_is_in_exactly_one_bubble(count: int, seed: int, zoom: float) -> None:
    index = ClusterIndex(*crowd(count, seed))
    level = index.level(zoom)
    members = [index.members(level, i) for i in range(len(level))]
    assert sorted(np.concatenate(members).tolist()) == list(range(count))
    for bubble, rows in enumerate(members):
        assert all(index.bubble_of(level, int(row)) == bubble for row in rows)


@settings(max_examples=40)
@given(st.integers(1, 300), st.integers(0, 1000), ZOOMS)
def test_sums_agree_with_counting(count: int, seed: int, zoom: float) -> None:
    x, y, states = crowd(count, seed)
    index = ClusterIndex(x, y, states)
    level = index.level(zoom)
    for bubble in range(len(level)):
        own = states[index.members(level, bubble)]
        assert level.shares[bubble].tolist() == [int((own == s).sum()) for s in PinState]
        assert level.count[bubble] == int((own >= 0).sum())


def test_a_bubble_stands_in_the_middle_of_its_cell() -> None:
    x, y = np.array([0.79, 0.79 + 1e-9]), np.array([0.45, 0.45])
    level = ClusterIndex(x, y, np.zeros(2, np.int8)).level(8.0)
    assert level.x.tolist() == pytest.approx([x.mean()], abs=1e-12)


def test_new_states_change_shares_and_leave_the_places() -> None:
    x, y, states = crowd(200, 3)
    index = ClusterIndex(x, y, states)
    before = index.level(9.5).x.copy()
    late = np.full(200, PinState.OVERDUE, dtype=np.int8)
    index.restate(late)
    after = index.level(9.5)
    assert np.array_equal(before, after.x)
    assert after.shares[:, PinState.OVERDUE].tolist() == after.count.tolist()
    assert after.count.sum() == 200


def test_the_lone_point_of_a_bubble_is_the_one_that_is_still_there() -> None:
    x, y = np.full(3, 0.79), np.full(3, 0.45)
    index = ClusterIndex(x, y, np.zeros(3, np.int8))
    index.restate(np.array([GONE, PinState.SOON, GONE], np.int8))
    level = index.level(10.0)
    assert level.count.tolist() == [1]
    assert index.lone_points(level, np.array([0])).tolist() == [1]


def test_an_empty_map_has_no_bubbles() -> None:
    none = np.zeros(0)
    assert len(ClusterIndex(none, none, none.astype(np.int8)).level(9.0)) == 0


@given(st.integers(0, 2**26 - 1), st.integers(0, 2**26 - 1), st.integers(1, 26))
def test_a_coarser_cell_is_a_prefix(cx: int, cy: int, bits: int) -> None:
    code = morton.interleave(np.array([cx]), np.array([cy]))
    shift = 26 - bits
    coarse = morton.interleave(np.array([cx >> shift]), np.array([cy >> shift]))
    assert morton.prefix(code, bits) == coarse


@given(st.integers(0, 2**26 - 1), st.integers(0, 2**26 - 1))
def test_codes_interleave_bit_by_bit(cx: int, cy: int) -> None:
    slow = sum(((cx >> i & 1) << 2 * i) | ((cy >> i & 1) << 2 * i + 1) for i in range(26))
    assert int(morton.interleave(np.array([cx]), np.array([cy]))[0]) == slow
