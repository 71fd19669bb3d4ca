"""Answers of /changes that many desks share."""

import threading
from collections.abc import Callable

import pytest

from console.central.pulls import KEPT, KEPT_BYTES, Pull, Shared

ANSWER = Pull(7, False, b"{}")


def making(calls: list[int], answer: Pull = ANSWER) -> Callable[[], Pull]:
    def make() -> Pull:
        calls.append(1)
        return answer

    return make


def test_an_answer_is_made_once_for_all_who_wait_for_it() -> None:
    shared, begun, go = Shared(), threading.Event(), threading.Event()
    answers, calls = list[Pull](), list[int]()

    def slow() -> Pull:
        begun.set()
        go.wait(30)
        return making(calls)()

    desks = [threading.Thread(target=lambda: answers.append(shared.get(0, 1, 7, slow))) for _ in range(5)]
    desks[0].start()
    begun.wait(30)
    for desk in desks[1:]:
        desk.start()
    go.set()
    for desk in desks:
        desk.join()
    assert (answers, len(calls)) == ([ANSWER] * 5, 1)


def test_what_is_asked_otherwise_or_later_is_made_anew() -> None:
    shared, calls = Shared(), list[int]()
    for key in ((0, 1, 7), (1, 1, 7), (0, 2, 7), (0, 1, 8), (0, 1, 7)):
        shared.get(*key, making(calls))
    assert len(calls) == 4


def test_a_failure_is_told_and_not_kept() -> None:
    shared = Shared()

    def fail() -> Pull:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        shared.get(0, 1, 7, fail)
    assert shared.get(0, 1, 7, making([])) == ANSWER


def test_neither_large_nor_very_many_answers_are_kept() -> None:
    shared, calls = Shared(), list[int]()
    for _ in range(2):
        shared.get(0, 1, 7, making(calls, Pull(7, False, b" " * (KEPT_BYTES + 1))))
    assert len(calls) == 2
    for cursor in (*range(KEPT + 1), 0):
        shared.get(cursor, 1, 99, making(calls))
    assert len(calls) == 2 + KEPT + 2


def test_a_step_on_the_way_is_the_same_for_those_who_come_later() -> None:
    shared, calls = Shared(), list[int]()
    step = Pull(3, True, b"{}")
    assert shared.get(0, 3, 7, making(calls, step)) == step
    assert shared.get(0, 3, 9, making(calls)) == step
    assert shared.get(3, 3, 9, making(calls)) == ANSWER
    assert len(calls) == 2
