"""What becomes of a call, whatever order an exchange tells its facts in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.telephone import (
    Answered,
    Call,
    CallFact,
    CallState,
    Ended,
    Ending,
    Held,
    Rang,
    Resumed,
    Said,
    fold_call,
)

AT = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)
RINGING = Call(number="0912345678", rang_at=AT)


def folded(*facts: CallFact, call: Call = RINGING) -> Call:
    for after, fact in enumerate(facts, start=1):
        call = fold_call(call, fact, AT + timedelta(seconds=after))
    return call


def ended(how: Ending) -> Ended:
    return Ended(call="1", how=how)


ANSWERED, HELD, RESUMED = Answered(call="1"), Held(call="1"), Resumed(call="1")


def test_a_call_from_ring_to_end() -> None:
    call = folded(ANSWERED, HELD, Said(call="1", text="Alo"))
    assert (call.state, call.answered_at, call.held_at) == (
        CallState.HELD, AT + timedelta(seconds=1), AT + timedelta(seconds=2),
    )  # fmt: skip
    call = folded(RESUMED, ended(Ending.CALLER), call=call)
    assert (call.state, call.held_at, call.how, call.said) == (
        CallState.ENDED, None, Ending.CALLER, ("Alo",),
    )  # fmt: skip
    assert not call.missed


def test_what_nobody_took_is_missed_unless_it_was_taken_elsewhere() -> None:
    assert folded(ended(Ending.MISSED)).missed
    assert folded(ended(Ending.FAILED)).missed, "the line broke while it rang"
    assert not folded(ended(Ending.ELSEWHERE)).missed
    assert not folded(ended(Ending.FAILED), call=Call(number="1", rang_at=AT, incoming=False)).missed


def test_a_number_that_comes_later_is_taken_and_one_that_is_there_stays() -> None:
    withheld = Call(number="", rang_at=AT)
    assert folded(Rang(call="1", number="113"), call=withheld).number == "113"
    assert folded(Rang(call="1", number="")).number == RINGING.number


FACTS = st.sampled_from([ANSWERED, HELD, RESUMED, ended(Ending.CALLER), ended(Ending.MISSED)])


@given(st.lists(FACTS, max_size=12))
def test_in_any_order_the_times_fit_the_state(facts: list[CallFact]) -> None:
    call = folded(*facts)
    assert (call.state is CallState.HELD) == (call.held_at is not None)
    assert (call.state is CallState.ENDED) == (call.how is not None) == (call.ended_at is not None)
    assert call.answered_at is not None or call.state in (CallState.RINGING, CallState.ENDED)
    first_end = next((at for at, fact in enumerate(facts, start=1) if isinstance(fact, Ended)), None)
    assert call.ended_at == (None if first_end is None else AT + timedelta(seconds=first_end))
