"""Cases as arrays: small changes in place, new ones in the tail, order by deadline."""

import numpy as np

from console.desk.rows import Points
from console.geo.board import Board, joined, no_points
from console.geo.mercator import point_to_world
from console.geo.states import ABOUT_HERE, NEW, PinState

NOW = 1_730_700_000_000
HOUR = 3_600_000


def some(*cases: tuple[str, float, float, int, int]) -> Points:
    """Cases as (id, lon, lat, hours to the deadline, flags)."""
    due = np.array([NOW + c[3] * HOUR for c in cases], dtype=np.int64)
    return Points(
        [c[0] for c in cases],
        np.array([c[1] for c in cases], dtype=np.float64),
        np.array([c[2] for c in cases], dtype=np.float64),
        due,
        due - HOUR,
        np.array([c[4] for c in cases], dtype=np.int8),
    )


def three() -> Points:
    return some(("a", 106.6, 17.5, 5, 0), ("b", 106.0, 17.8, 2, NEW), ("c", 106.7, 17.1, -1, ABOUT_HERE))


def test_look_and_place() -> None:
    board = Board(three(), NOW)
    assert board.look("c") == (PinState.OVERDUE, True)
    assert board.look("b") == (PinState.NEW, False)
    assert board.look("z") is None
    assert board.place("a") == point_to_world(106.6, 17.5)
    assert board.place("z") is None


def test_a_minute_changes_states() -> None:
    board = Board(three(), NOW)
    assert not board.tick(NOW + 60_000)
    assert board.tick(NOW + 2 * HOUR)
    assert board.look("b") == (PinState.OVERDUE, False)
    assert board.level(8.0).shares[:, PinState.OVERDUE].sum() == 2


def test_a_change_in_place_needs_no_sorting() -> None:
    points = three()
    board = Board(points, NOW)
    board.update(some(("a", 106.6, 17.5, -3, 0)))
    assert not board.unsorted
    assert board.look("a") == (PinState.OVERDUE, False)
    assert points.due_ms[0] == NOW + 5 * HOUR  # the caller's arrays are the caller's


def test_a_new_case_waits_in_the_tail_and_is_there_at_once() -> None:
    board = Board(three(), NOW)
    board.update(some(("d", 106.2, 17.6, 9, NEW)))
    assert len(board) == 4
    assert board.unsorted
    assert board.place("d") == point_to_world(106.2, 17.6)
    assert board.level(8.0).count.sum() == 3
    board = board.settled()
    assert not board.unsorted
    assert board.level(8.0).count.sum() == 4


def test_a_moved_case_leaves_its_old_place() -> None:
    board = Board(three(), NOW)
    board.update(some(("a", 106.1, 17.9, 5, 0)))
    assert len(board) == 3
    assert board.level(18.0).count.sum() == 2
    assert board.place("a") == point_to_world(106.1, 17.9)
    board = board.settled()
    assert sorted(board.names) == ["a", "b", "c"]


def test_a_case_of_the_tail_may_change_again_and_go() -> None:
    board = Board(three(), NOW)
    board.update(some(("d", 106.2, 17.6, 9, NEW)))
    board.update(some(("d", 106.2, 17.6, -1, 0)))
    assert len(board) == 4
    assert board.look("d") == (PinState.OVERDUE, False)
    board.update(no_points(), ["d", "b"])
    assert len(board) == 2
    assert board.look("d") is None
    assert board.look("b") is None
    board = board.settled()
    assert sorted(board.names) == ["a", "c"]


def test_a_case_that_went_may_come_back() -> None:
    board = Board(three(), NOW)
    board.update(no_points(), ["a"])
    board.update(some(("a", 106.6, 17.5, 5, 0)))
    assert len(board) == 3
    board = board.settled()
    assert sorted(board.names) == ["a", "b", "c"]


def test_what_is_gone_stays_gone_when_a_minute_passes() -> None:
    board = Board(three(), NOW)
    board.update(no_points(), ["c"])
    board.tick(NOW + 9 * HOUR)
    assert board.level(8.0).count.sum() == 2


def test_stepping_by_deadline_goes_round() -> None:
    board = Board(three(), NOW)
    board.update(some(("d", 106.2, 17.6, 3, 0)))
    walk = [board.step(None, 1)]
    while len(walk) < 5:
        walk.append(board.step(walk[-1], 1))
    assert walk == ["c", "b", "d", "a", "c"]
    assert board.step("c", -1) == "a"
    assert board.step("gone", -1) == "a"
    assert Board().step(None, 1) is None


def test_members_come_nearest_deadline_first() -> None:
    board = Board(some(("a", 106.6, 17.5, 5, 0), ("b", 106.6, 17.5, 1, 0), ("c", 106.6, 17.5, 3, 0)), NOW)
    assert board.by_deadline(board.members(board.level(10.0), 0)) == ["b", "c", "a"]
    assert board.bubble_of(board.level(10.0), "c") == 0
    assert board.bubble_of(board.level(10.0), "z") is None


def test_joined_keeps_both() -> None:
    both = joined(three(), some(("d", 1.0, 2.0, 3, 0)))
    assert both.ids == ["a", "b", "c", "d"]
    assert len(both.due_ms) == 4
