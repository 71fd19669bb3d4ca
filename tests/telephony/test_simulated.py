"""Practice callers: the same for the same seed, patient for a while, and silent while they are held."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from console.desk.errors import LineError
from console.domain.telephone import (
    Answered,
    CallFact,
    CallKind,
    Dialled,
    Ended,
    Ending,
    Held,
    Rang,
    Said,
)
from console.telephony.callers import read_callers
from console.telephony.simulated import HELLO, SimulatedLine
from tests.telephony.ears import Listener

FAST = 4000.0
Begin = Callable[..., tuple[SimulatedLine, "Trainee"]]


class Trainee(Listener):
    """Does something at once with each fact, in the line's own thread: before anybody loses patience."""

    def __init__(self, does: Callable[[SimulatedLine, CallFact], None]) -> None:
        super().__init__()
        self.line: SimulatedLine | None = None
        self._does = does

    def heard(self, fact: CallFact) -> None:
        super().heard(fact)
        assert self.line is not None
        self._does(self.line, fact)


@pytest.fixture
def begin() -> Iterator[Begin]:
    with ExitStack() as open_:

        def begun(
            does: Callable[[SimulatedLine, CallFact], None] = lambda line, fact: None, **more: object
        ) -> tuple[SimulatedLine, Trainee]:
            line, ear = SimulatedLine("một", **{"speed": FAST, **more}), Trainee(does)  # type: ignore[arg-type]
            ear.line = line
            open_.callback(line.stop)
            line.start(ear)
            return line, ear

        yield begun
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]


def answers(line: SimulatedLine, fact: CallFact) -> None:
    if isinstance(fact, Rang):
        line.answer(fact.call)


def of(ear: Listener, kind: type) -> list[CallFact]:
    return [fact for fact in ear.facts if isinstance(fact, kind)]


def test_who_is_answered_says_all_in_order_and_hangs_up_after_a_while(begin: Begin) -> None:
    _, ear = begin(answers)
    ear.until(lambda: len(of(ear, Ended)) >= 3)
    first = ear.facts[0].call
    mine = [fact for fact in ear.facts if fact.call == first]
    said = tuple(fact.text for fact in mine if isinstance(fact, Said))
    assert said in [caller.says for caller in read_callers()]
    assert mine[1] == Answered(call=first)
    assert mine[-1] == Ended(call=first, how=Ending.CALLER)


def test_who_is_not_answered_hangs_up_and_the_next_ones_are_the_same_for_the_same_seed(begin: Begin) -> None:
    (_, one), (_, two) = begin(), begin()
    for ear in (one, two):
        ear.until(lambda ear=ear: len(of(ear, Rang)) >= 20)  # type: ignore[misc]
    numbers = [[fact.number for fact in of(ear, Rang)[:20]] for ear in (one, two)]  # type: ignore[attr-defined]
    assert numbers[0] == numbers[1]
    assert len(set(numbers[0])) == 20
    assert {fact.how for fact in of(one, Ended)} == {Ending.MISSED}  # type: ignore[attr-defined]


def test_nobody_new_rings_at_who_rests(begin: Begin) -> None:
    def rests(line: SimulatedLine, fact: CallFact) -> None:
        line.rest(True)

    line, ear = begin(rests, callers=4)
    ear.until(lambda: bool(of(ear, Ended)))
    assert len(of(ear, Rang)) == 1
    assert line.state.resting
    line.rest(False)
    ear.until(lambda: len(of(ear, Rang)) > 1)


def test_one_at_a_time_and_several_where_that_is_practised(begin: Begin) -> None:
    def most(ear: Listener) -> int:
        running, most = 0, 0
        for fact in ear.facts:
            running += isinstance(fact, Rang) - isinstance(fact, Ended)
            most = max(most, running)
        return most

    (_, one), (_, many) = begin(answers), begin(answers, callers=4)
    for ear in (one, many):
        ear.until(lambda ear=ear: len(of(ear, Ended)) >= 6)  # type: ignore[misc]
    assert most(one) == 1
    assert 2 <= most(many) <= 4


def test_who_is_held_is_silent_and_goes_on_where_they_were(begin: Begin) -> None:
    def does(line: SimulatedLine, fact: CallFact) -> None:
        answers(line, fact)
        if isinstance(fact, Said) and sum(said.call == fact.call for said in of(ear, Said)) == 2:
            line.hold(fact.call)
            if fact.call == ear.facts[0].call:
                line.resume(fact.call)

    ear: Listener = Listener()
    _, ear = begin(does)
    ear.until(lambda: len(of(ear, Held)) >= 2 and len(of(ear, Ended)) >= 4)
    first, second = (fact.call for fact in of(ear, Held)[:2])
    resumed = tuple(fact.text for fact in of(ear, Said) if fact.call == first)  # type: ignore[attr-defined]
    assert resumed in [caller.says for caller in read_callers()]
    kinds = [kind for kind, call in ear.said if call == second]
    assert kinds[kinds.index("held") + 1 :] == ["ended"]


def test_what_the_operator_ends_is_over(begin: Begin) -> None:
    def does(line: SimulatedLine, fact: CallFact) -> None:
        if isinstance(fact, Rang):
            line.answer(fact.call)
            line.transfer(fact.call, "115")
            with pytest.raises(LineError):
                line.hang_up(fact.call)

    _, ear = begin(does)
    ear.until(lambda: len(of(ear, Ended)) >= 2)
    assert {fact.how for fact in of(ear, Ended)} == {Ending.TRANSFERRED}  # type: ignore[attr-defined]


def test_who_is_dialled_answers_or_not_and_nobody_calls_where_none_shall(begin: Begin) -> None:
    line, ear = begin(callers=0)
    for _ in range(12):
        line.dial("0905123456")
    ear.until(lambda: len(of(ear, Ended)) == 12)
    assert len(of(ear, Dialled)) == 12
    assert of(ear, Rang) == []
    assert {fact.how for fact in of(ear, Ended)} == {Ending.CALLER, Ending.FAILED}  # type: ignore[attr-defined]
    assert {fact.text for fact in of(ear, Said)} == {HELLO}  # type: ignore[attr-defined]


def test_every_kind_of_call_is_practised() -> None:
    assert {caller.about for caller in read_callers()} == set(CallKind)
    assert len(read_callers()) >= 12
