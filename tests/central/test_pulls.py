"""Answers that many desks share."""

import pytest

from console.central.pulls import KEPT_S, Pull, Shared


class Hand:
    """A clock that is set by hand."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


def step(cursor: int) -> Pull:
    return Pull(cursor, more=True, records=b"")


def test_a_step_is_made_once_for_those_who_come_together() -> None:
    shared = Shared(Hand())
    assert shared.get(3, 2, 9, lambda: step(5)) == shared.get(3, 2, 11, lambda: pytest.fail("made twice"))
    assert shared.get(5, 2, 9, lambda: step(7)).cursor == 7
    assert shared.get(3, 4, 9, lambda: step(8)).cursor == 8


def test_a_last_answer_is_of_its_place_of_the_ledger() -> None:
    shared = Shared(Hand())
    assert shared.get(8, 2, 9, lambda: Pull(9, more=False, records=b"")).cursor == 9
    assert shared.get(8, 2, 10, lambda: Pull(10, more=False, records=b"")).cursor == 10


def test_a_restored_ledger_is_not_answered_from_before() -> None:
    clock = Hand()
    shared = Shared(clock)
    shared.get(3, 2, 9, lambda: step(5))
    clock.at = KEPT_S + 0.1
    assert shared.get(3, 2, 9, lambda: step(4)).cursor == 4


def test_a_failure_is_not_kept() -> None:
    shared = Shared(Hand())

    def fail() -> Pull:
        raise LookupError

    with pytest.raises(LookupError):
        shared.get(3, 2, 9, fail)
    assert shared.get(3, 2, 9, lambda: step(5)).cursor == 5
