"""States by time, and the order of deadlines."""

import numpy as np
import pytest

from console.geo.states import NEW, RESTING, PinState, by_deadline, pin_states

MINUTE = 60_000
DUE, NEAR = 100 * MINUTE, 75 * MINUTE


def state(now: int, due: int = DUE, near: int = NEAR, flags: int = 0) -> PinState:
    one = pin_states(np.array([due]), np.array([near]), np.array([flags], np.int8), now)
    return PinState(int(one[0]))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (0, PinState.WITHIN),
        (NEAR - 1, PinState.WITHIN),
        (NEAR, PinState.SOON),
        (DUE - 1, PinState.SOON),
        (DUE, PinState.OVERDUE),
    ],
)
def test_a_case_ages(now: int, expected: PinState) -> None:
    assert state(now) is expected


def test_a_new_case_is_a_ring_until_its_deadline_is_near() -> None:
    assert state(0, flags=NEW) is PinState.NEW
    assert state(NEAR, flags=NEW) is PinState.SOON
    assert state(DUE, flags=NEW) is PinState.OVERDUE


def test_a_resting_clock_is_never_late() -> None:
    assert state(DUE + MINUTE, flags=RESTING) is PinState.RESTING


def test_without_a_deadline_nothing_is_late() -> None:
    assert state(DUE, due=0, near=0) is PinState.WITHIN


def test_nearest_deadline_first_and_resting_ones_last() -> None:
    due = np.array([30, 10, 0, 20, 5])
    flags = np.array([0, 0, 0, 0, RESTING], np.int8)
    assert by_deadline(due, flags).tolist() == [1, 3, 0, 2, 4]
