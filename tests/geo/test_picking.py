"""The nearest of what was painted."""

import numpy as np

from console.geo.picking import nearest

XS, YS = np.array([10.0, 50.0, 60.0]), np.array([10.0, 10.0, 10.0])


def test_the_nearest_within_reach_is_hit() -> None:
    assert nearest(XS, YS, np.full(3, 13.0), 54, 10) == 1
    assert nearest(XS, YS, np.full(3, 13.0), 57, 10) == 2


def test_beyond_reach_nothing_is_hit() -> None:
    assert nearest(XS, YS, np.full(3, 13.0), 30, 10) is None


def test_reach_is_each_things_own() -> None:
    assert nearest(XS, YS, np.array([22.0, 5.0, 5.0]), 31, 10) == 0


def test_what_lies_on_top_wins_a_tie() -> None:
    same = np.array([5.0, 5.0])
    assert nearest(same, same, np.full(2, 10.0), 5, 5) == 1


def test_an_empty_map_gives_nothing() -> None:
    none = np.zeros(0)
    assert nearest(none, none, none, 0, 0) is None
