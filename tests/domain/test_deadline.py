"""Deadlines: by rule, near, rested, judged, and as text."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import Channel, Status
from console.domain.category import Clock, Term, Urgency
from console.domain.command import AskExtension, Reopen
from console.domain.deadline import (
    ASSIGN,
    RESOLVE,
    deadline_for,
    due_by_hand,
    near_of,
    outcome,
    rest,
    resting,
    resume,
    term_of,
)
from console.domain.display import DueState, Length, display_status, due_state, due_text, split_length
from console.domain.number import make_number
from console.domain.working_time import WorkingTime
from tests.support.builders import (
    AGENCY,
    NOW,
    OUTAGE,
    POTHOLE,
    REFERENCE,
    ROADS,
    SUPERVISOR,
    a_type,
    actor,
    case_in,
    done,
    new_case,
)

HOUR = timedelta(hours=1)
pothole, outage = REFERENCE.type(POTHOLE), REFERENCE.type(OUTAGE)
assert pothole is not None
assert outage is not None


@pytest.mark.parametrize(
    ("urgency", "stage", "due"),
    [
        (Urgency.NORMAL, ASSIGN, "2024-11-04T16:00"),
        (Urgency.LOW, ASSIGN, "2024-11-05T08:30"),
        (Urgency.CRITICAL, ASSIGN, "2024-11-04T14:10"),
        (Urgency.HIGH, RESOLVE, "2024-11-06T14:00"),
        (Urgency.CRITICAL, RESOLVE, "2024-11-04T16:00"),
    ],
)
def test_by_rule(urgency: Urgency, stage: str, due: str) -> None:
    deadline = deadline_for(pothole, urgency, stage, NOW, REFERENCE)
    assert deadline is not None
    assert deadline.due == deadline.original == datetime.fromisoformat(f"{due}+07:00")
    assert deadline.clock is (Clock.ROUND if urgency is Urgency.CRITICAL else Clock.WORKING)


def test_a_term_that_is_missing_is_that_of_the_next_more_pressing_urgency() -> None:
    terms = {Urgency.HIGH: Term(30, Clock.ROUND), Urgency.CRITICAL: Term(10, Clock.ROUND)}
    kind = a_type("t", "road", "T", assign=terms, resolve={})
    assert term_of(kind, Urgency.LOW, ASSIGN) == Term(30, Clock.ROUND)
    assert term_of(kind, Urgency.NORMAL, RESOLVE) is None
    assert deadline_for(kind, Urgency.NORMAL, RESOLVE, NOW, REFERENCE) is None


starts = st.integers(0, 20_000).map(lambda m: NOW + m * timedelta(minutes=1))


@settings(max_examples=60, deadline=None)
@given(starts, st.sampled_from(Urgency), st.sampled_from([ASSIGN, RESOLVE]), st.booleans())
def test_near_is_the_last_quarter(start: datetime, urgency: Urgency, stage: str, working: bool) -> None:
    kind = pothole if working else outage
    deadline = deadline_for(kind, urgency, stage, start, REFERENCE)
    term = term_of(kind, urgency, stage)
    assert deadline is not None
    assert term is not None
    quarter = WorkingTime(REFERENCE).length(deadline.clock, deadline.near, deadline.due)
    assert quarter == timedelta(minutes=term.minutes) / 4
    assert deadline.start <= deadline.near <= deadline.due


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(0, 9_000), st.integers(0, 9_000), st.booleans())
def test_rest_takes_nothing_and_gives_nothing(start: datetime, ran: int, rested: int, working: bool) -> None:
    deadline = deadline_for(pothole if working else outage, Urgency.NORMAL, RESOLVE, start, REFERENCE)
    assert deadline is not None
    length = WorkingTime(REFERENCE).length
    since, on = start + ran * timedelta(minutes=1), start + (ran + rested) * timedelta(minutes=1)
    again = resume(rest(deadline, since, REFERENCE), on, REFERENCE)
    for mark in ("start", "near", "due", "original"):
        before, after = getattr(deadline, mark), getattr(again, mark)
        assert length(deadline.clock, since, before) == length(deadline.clock, on, after), mark


def test_a_running_deadline_is_not_resumed() -> None:
    deadline = deadline_for(outage, Urgency.LOW, RESOLVE, NOW, REFERENCE)
    assert deadline is not None
    assert resume(deadline, NOW + HOUR, REFERENCE) is deadline


def test_near_without_working_time_between_counts_plain_time() -> None:
    saturday = datetime.fromisoformat("2024-11-09T08:00+07:00")
    assert near_of(Clock.WORKING, saturday, saturday + 8 * HOUR, REFERENCE) == saturday + 6 * HOUR
    by_hand = due_by_hand(None, Clock.WORKING, saturday + 8 * HOUR, saturday, REFERENCE)
    assert by_hand.near <= by_hand.due


def test_judged_only_with_a_result() -> None:
    assert [outcome(case_in(status)) for status in (Status.NEW, Status.IN_PROGRESS, Status.REJECTED)] == [
        ""
    ] * 3
    assert outcome(case_in(Status.CLOSED)) == "met"
    assert not resting(case_in(Status.ASSIGNED))
    assert resting(case_in(Status.NEED_INFO))


# as it is shown


def test_derived_statuses() -> None:
    system = msgspec.structs.replace(new_case(), channel=Channel.APP, handler="")
    taken = msgspec.structs.replace(system, handler="op01")
    reopened = done(case_in(Status.CLOSED), Reopen(reason="Lại hỏng"), SUPERVISOR)
    ask = AskExtension(new_due=NOW + 90 * 24 * HOUR, reason="Chờ")
    asked = done(case_in(Status.IN_PROGRESS), ask, AGENCY)
    shown = [
        display_status(case) for case in (system, taken, reopened, asked, new_case(), case_in(Status.MERGED))
    ]
    assert shown == ["triage", "new", "reopened", "pending_approval", "new", "merged"]


@pytest.mark.parametrize(
    ("minutes", "length"),
    [
        (18, Length(0, 0, 18)),
        (190, Length(0, 3, 10)),
        (28 * 60 + 40, Length(0, 28, 0)),
        (47 * 60 + 59, Length(0, 47, 0)),
        (53 * 60, Length(2, 5, 0)),
        (-190, Length(0, 3, 10)),
    ],
)
def test_lengths_in_two_units(minutes: int, length: Length) -> None:
    assert split_length(timedelta(minutes=minutes)) == length


def test_states_of_a_running_deadline() -> None:
    due, near = NOW + 4 * HOUR, NOW + 3 * HOUR
    assert due_state(None, None, False, NOW) is DueState.NONE
    assert due_state(due, near, True, NOW) is DueState.PAUSED
    assert due_state(due, near, False, NOW) is DueState.OK
    assert due_state(due, near, False, near) is DueState.SOON
    assert due_state(due, near, False, due) is DueState.OVER


def test_deadline_texts() -> None:
    case = new_case(urgency=Urgency.NORMAL, number=make_number("2411", "07", 3))
    assert due_text(case, NOW + 100 * timedelta(minutes=1)).state is DueState.SOON
    over = due_text(case, NOW + 5 * HOUR)
    assert (over.state, over.length) == (DueState.OVER, Length(0, 3, 0))
    assert due_text(case_in(Status.NEED_INFO), NOW).state is DueState.PAUSED
    assert due_text(case_in(Status.REJECTED), NOW).state is DueState.NONE
    late = msgspec.structs.replace(case_in(Status.RESOLVED), resolve_due=NOW - 2 * HOUR)
    shown = due_text(late, NOW + 99 * HOUR)
    assert (shown.state, shown.length) == (DueState.LATE, Length(0, 2, 0))
    assert actor(AGENCY.role).agency == ROADS
