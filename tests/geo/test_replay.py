"""Going through a night, against looking at every case at each moment."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.spots import STILL_OPEN, Spots
from console.geo.mercator import Window, point_to_world
from console.geo.replay import Replay
from console.geo.states import PinState

BEGIN, END = 1_000_000, 2_000_000


def night(count: int, seed: int) -> Spots:
    """Cases that come and go before, in and after the night; some open still, some without a deadline."""
    rng = np.random.default_rng(seed)
    entered = rng.integers(BEGIN - 500_000, END, count)
    closed = np.where(rng.random(count) < 0.4, STILL_OPEN, entered + rng.integers(0, 900_000, count))
    due = np.where(rng.random(count) < 0.2, 0, entered + rng.integers(1, 900_000, count))
    near = np.where(due > 0, due - rng.integers(0, 100_000, count), 0)
    lon, lat = 106.3 + rng.normal(0, 0.2, count), 17.5 + rng.normal(0, 0.2, count)
    flags = rng.integers(0, 8, count).astype(np.int8)
    return Spots(lon, lat, entered, closed, due, near, flags, np.zeros(count, np.int32), ("x",))


def slowly(spots: Spots, at: int) -> list[int]:
    """How many stand in each state at a moment."""
    found = [0] * len(PinState)
    for entered, closed, due, near in zip(
        spots.entered_ms.tolist(), spots.closed_ms.tolist(), spots.due_ms.tolist(), spots.near_ms.tolist(),
        strict=True,
    ):  # fmt: skip
        if entered <= at < closed:
            late, soon = 0 < due <= at, 0 < near <= at
            found[PinState.OVERDUE if late else PinState.SOON if soon else PinState.WITHIN] += 1
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 120), st.integers(0, 999), st.lists(st.integers(BEGIN, END), min_size=1, max_size=6))
def test_every_moment_is_as_it_was_forward_and_back(count: int, seed: int, moments: list[int]) -> None:
    spots = night(count, seed)
    replay = Replay(spots, BEGIN, END)
    level = replay.level(9.0)
    for at in [BEGIN, *moments]:
        replay.go(at)
        wanted = slowly(spots, at)
        assert replay.level(9.0).shares.sum(axis=0).tolist() == wanted
        assert len(replay) == sum(wanted)
        assert replay.level(9.0) is level  # counted over, not built anew


def test_nothing_of_another_time_can_be_chosen() -> None:
    replay = Replay(night(50, 1), BEGIN, END)
    window = Window(*point_to_world(106.3, 17.5), 8.0, 300, 300)
    assert replay.caught(np.ones((300, 300), dtype=bool), window) == []
    assert replay.step(None, 1) is None
    assert replay.place("x") is None
