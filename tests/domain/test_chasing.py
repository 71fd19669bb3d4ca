"""The ladder of escalation: each step once, by the deadline's own clock; what counts as standing still."""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from console.domain.case import Case, Role, Status
from console.domain.category import Urgency
from console.domain.chase_lists import Escalation, Whom
from console.domain.chasing import NextStep, coming_step, due_step, last_move
from console.domain.command import (
    AddNote,
    AskExtension,
    AskInfo,
    Assign,
    Command,
    Escalate,
    GiveInfo,
    GrantExtension,
    Remind,
    Reopen,
    Watch,
)
from console.domain.fold import Accepted, Outcome, fold
from console.domain.reference import Reference
from console.domain.refusal import Code
from tests.support.builders import (
    AGENCY,
    DISPATCHER,
    NOW,
    OPERATOR,
    OUTAGE,
    REFERENCE,
    START,
    SUPERVISOR,
    actor,
    an_id,
    case_in,
)

SYSTEM = actor(Role.SYSTEM)
HOUR = timedelta(hours=1)


def step(code: str, **more: object) -> Escalation:
    usual = {"name": code, "name_en": code, "tell": (Whom.CONTACT,), "valid_from": START}
    return Escalation(code=code, **(usual | more))  # type: ignore[arg-type]


LADDER = (
    step("half", share=50),
    step("due", overdue_minutes=0, level=2, tell=(Whom.SUPERVISOR,)),
    step("late", overdue_minutes=120, level=3, urgencies=(Urgency.NORMAL,)),
    step("unassigned", stage="assign", overdue_minutes=0, tell=(Whom.SUPERVISOR,)),
)


def with_ladder() -> Reference:
    return replace(REFERENCE, escalations=LADDER)


REF = with_ladder()


def give(case: Case, body: object, at: datetime, by: object = SYSTEM) -> Outcome:
    command = Command(id=an_id(), case=case.id, at=at, by=by, body=body)  # type: ignore[arg-type]
    return fold(case, command, REF, lambda _: None)


def done(case: Case, body: object, at: datetime, by: object = SYSTEM) -> Case:
    outcome = give(case, body, at, by)
    assert isinstance(outcome, Accepted), outcome
    return outcome.case


def forwarded() -> Case:
    """An outage: its clock runs round the clock, 2100 minutes from `NOW`."""
    case = msgspec.structs.replace(case_in(Status.NEW), type=OUTAGE)
    return done(case, Assign(lead=str(AGENCY.agency), expects=None), NOW, DISPATCHER)


def next_step(case: Case, reference: Reference, at: datetime) -> NextStep | None:
    """What has been reached, else what comes."""
    return due_step(case, reference, at) or coming_step(case, reference, at)


def code(outcome: Outcome) -> Code | None:
    return None if isinstance(outcome, Accepted) else outcome.refusal.code


def test_each_step_comes_at_its_time_and_is_taken_once() -> None:
    case = forwarded()
    half = NOW + timedelta(minutes=1050)
    coming = next_step(case, REF, NOW)
    assert coming is not None
    assert (coming.step.code, coming.at) == ("half", half)
    assert code(give(case, Escalate(step="half"), half - HOUR)) is Code.NOT_DUE
    assert code(give(case, Escalate(step="due"), half)) is Code.NOT_DUE
    after = done(case, Escalate(step="half"), half)
    assert code(give(after, Escalate(step="half"), half + HOUR)) is Code.NOT_DUE
    due = NOW + timedelta(minutes=2100)
    after = done(after, Escalate(step="due"), due)
    after = done(after, Escalate(step="late"), due + 2 * HOUR)
    assert next_step(after, REF, due + 99 * HOUR) is None


def test_of_several_that_were_missed_the_last_is_taken() -> None:
    late = NOW + timedelta(days=3)
    coming = next_step(forwarded(), REF, late)
    assert coming is not None
    assert coming.step.code == "late"
    assert next_step(done(forwarded(), Escalate(step="late"), late), REF, late) is None


def test_a_rest_stops_the_ladder_and_takes_no_step_again() -> None:
    half = NOW + timedelta(minutes=1050)
    case = done(forwarded(), Escalate(step="half"), half + HOUR)
    asked = done(case, AskInfo(question="Ở đâu?"), half + 2 * HOUR, OPERATOR)
    assert next_step(asked, REF, half + 99 * HOUR) is None
    assert code(give(asked, Escalate(step="due"), half + 99 * HOUR)) is Code.WRONG_STATUS
    back = done(asked, GiveInfo(answer="Đầu cầu"), half + 50 * HOUR, OPERATOR)
    coming = next_step(back, REF, half + 50 * HOUR)
    assert coming is not None
    assert (coming.step.code, coming.at) == ("due", NOW + timedelta(minutes=2100) + 48 * HOUR)


def test_more_time_puts_steps_ahead_again() -> None:
    due = NOW + timedelta(minutes=2100)
    case = done(forwarded(), Escalate(step="due"), due)
    asked = done(case, AskExtension(new_due=due + 70 * HOUR, reason="Chờ vật tư"), due + HOUR, AGENCY)
    more = done(asked, GrantExtension(), due + HOUR, SUPERVISOR)
    coming = next_step(more, REF, due + HOUR)
    assert coming is not None
    assert (coming.step.code, coming.at) == ("half", NOW + timedelta(minutes=3150))


def test_another_urgency_has_its_own_ladder() -> None:
    case = msgspec.structs.replace(forwarded(), urgency=Urgency.HIGH)
    late = NOW + timedelta(days=9)
    coming = next_step(case, REF, late)
    assert coming is not None
    assert coming.step.code == "due"


def test_before_it_is_forwarded_the_other_stage_counts_and_reopening_begins_anew() -> None:
    case = msgspec.structs.replace(case_in(Status.NEW), type=OUTAGE)
    assert case.deadline is not None
    after = done(case, Escalate(step="unassigned"), case.deadline.due)
    assert after.chased is not None
    closed = msgspec.structs.replace(after, status=Status.CLOSED, reminders=2)
    again = done(closed, Reopen(reason="Lại hỏng"), NOW + 99 * HOUR, SUPERVISOR)
    assert (again.chased, again.reminders) == (None, 0)


def test_a_reminder_has_words_a_level_and_nobody_elses_pen() -> None:
    case = forwarded()
    assert code(give(case, Remind(text=" "), NOW, DISPATCHER)) is Code.MISSING
    assert code(give(case, Remind(text="Nhanh lên", level=4), NOW, DISPATCHER)) is Code.BAD_VALUE
    assert code(give(case, Remind(text="Nhanh lên"), NOW, OPERATOR)) is Code.NOT_ALLOWED
    outcome = give(case, Remind(text="Đề nghị báo kết quả", level=2), NOW + HOUR, DISPATCHER)
    assert isinstance(outcome, Accepted)
    assert (outcome.case.reminders, outcome.case.reminded_at) == (1, NOW + HOUR)
    assert outcome.events[0].data["tell"] == ["agency_contact", "agency_leader"]
    assert outcome.events[0].public


def test_what_agencies_are_not_told_of_they_do_not_see() -> None:
    due = NOW + timedelta(minutes=2100)
    outcome = give(forwarded(), Escalate(step="due"), due)
    assert isinstance(outcome, Accepted)
    assert not outcome.events[0].public


def test_looking_and_chasing_move_nothing() -> None:
    case = forwarded()
    later = done(case, Remind(text="Nhanh lên"), NOW + HOUR, DISPATCHER)
    later = done(later, Watch(), NOW + 2 * HOUR, OPERATOR)
    assert last_move(later) == NOW
    assert last_move(done(later, AddNote(text="Đã gọi"), NOW + 3 * HOUR, OPERATOR)) == NOW + 3 * HOUR
    early = done(
        done(later, AddNote(text="Đã gọi"), NOW + 3 * HOUR, OPERATOR), AddNote(text="Cũ"), NOW, OPERATOR
    )
    assert last_move(early) == NOW + 3 * HOUR
