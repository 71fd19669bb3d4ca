from datetime import UTC, datetime

import pytest

from console.sync.clock_offset import ClockOffset


class Clocks:
    """A desk whose wall clock is wrong, and a steady one."""

    def __init__(self) -> None:
        self.steady = 100.0
        self.wrong_by = -7200.0

    def wall(self) -> float:
        return 1_700_000_000.0 + self.steady + self.wrong_by

    def true(self) -> datetime:
        return datetime.fromtimestamp(1_700_000_000.0 + self.steady, UTC)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def offset(clocks: Clocks) -> ClockOffset:
    return ClockOffset(clocks.wall, lambda: clocks.steady)


def trip(clocks: Clocks, offset: ClockOffset, out: float, back: float) -> None:
    started = offset.started()
    clocks.steady += out
    stamped = clocks.true()
    clocks.steady += back
    offset.answered(started, stamped)


def test_nothing_is_known_before_the_first_answer(offset: ClockOffset) -> None:
    assert offset.seconds is None


def test_half_the_round_trip_is_the_way_back(clocks: Clocks, offset: ClockOffset) -> None:
    trip(clocks, offset, 0.2, 0.2)
    assert offset.seconds == pytest.approx(7200.0)


def test_the_shortest_trip_is_believed(clocks: Clocks, offset: ClockOffset) -> None:
    trip(clocks, offset, 0.01, 0.01)
    trip(clocks, offset, 0.0, 4.0)
    assert offset.seconds == pytest.approx(7200.0)


def test_an_old_short_trip_does_not_count_for_ever(clocks: Clocks, offset: ClockOffset) -> None:
    trip(clocks, offset, 0.0, 0.002)
    for _ in range(8):
        trip(clocks, offset, 0.1, 0.1)
    assert offset.seconds == pytest.approx(7200.0, abs=1e-6)


def test_a_step_of_the_desks_clock_throws_older_measurements_away(
    clocks: Clocks, offset: ClockOffset
) -> None:
    trip(clocks, offset, 0.001, 0.001)
    clocks.wrong_by = 3600.0
    trip(clocks, offset, 1.0, 1.0)
    assert offset.seconds == pytest.approx(-3600.0)
