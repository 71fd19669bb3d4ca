"""Chasing (đôn đốc): where a case stands on the ladder of escalation, and since when nothing has moved.

A step of the ladder lies at a share of the term, or so long after its end, counted on the deadline's own
clock. What is remembered of a case is how much of that clock had gone at the last step: a rest moves the
deadline's start and changes nothing in it, more time puts steps that have been taken ahead again.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from console.domain.case import Case, Chased, Deadline
from console.domain.category import Urgency
from console.domain.chase_lists import USUAL_IDLE_DAYS, Chasing, Escalation, MessageText
from console.domain.reference import Reference, in_force
from console.domain.table import FROM
from console.domain.working_time import WorkingTime
from console.domain.zone import MINUTE, local_day


class NextStep(NamedTuple):
    """The step of the ladder that comes next, and when."""

    step: Escalation
    at: datetime


def chasing_on(reference: Reference, day: date) -> Chasing | None:
    """What holds on that day; None: nothing is set."""
    return next(iter(in_force(reference.chasing, day)), None)


def idle_since(reference: Reference, now: datetime) -> datetime:
    """Cases without an event since then are dormant."""
    set_ = chasing_on(reference, local_day(now))
    return now - timedelta(days=set_.idle_days if set_ else USUAL_IDLE_DAYS)


def last_move(case: Case) -> datetime:
    """When something last happened in it."""
    known = (
        case.entered_at,
        case.moved_at,
        case.assigned_at,
        case.accepted_at,
        case.resolved_at,
        case.closed_at,
    )
    return max(at for at in known if at is not None)


def text_for(reference: Reference, use: str, day: date, level: int = 0) -> MessageText | None:
    """The words for a use: those of the level, else those for any; None: there are none."""
    fitting = [text for text in in_force(reference.message_texts, day) if text.use == use]
    return next((text for text in fitting if text.level == level), None) or next(
        (text for text in fitting if text.level == 0), None
    )


def reminder_text(reference: Reference, level: int, day: date) -> str:
    """The words of a reminder, with its fields in braces; "" where there are none."""
    text = text_for(reference, "remind", day, level)
    return text.text if text is not None else ""


# the ladder


def open_steps(case: Case, reference: Reference, now: datetime) -> list[NextStep]:
    """The steps that are not behind the case, as they follow one another, reached or not. None while the
    clock rests or where nobody is to be chased."""
    deadline = case.deadline
    if deadline is None or case.status not in FROM["escalate"] or deadline.resting_since is not None:
        return []
    found = sorted(_untaken(case, deadline, reference, now), key=lambda pair: (pair[0], pair[1].code))
    return [NextStep(step, moment_of(deadline, needed, reference)) for needed, step in found]


def due_step(case: Case, reference: Reference, at: datetime) -> NextStep | None:
    """The step that must be taken at `at`: of those that have been reached the last."""
    return next((s for s in reversed(open_steps(case, reference, at)) if s.at <= at), None)


def coming_step(case: Case, reference: Reference, now: datetime) -> NextStep | None:
    """The step that comes next if nothing happens."""
    return next((s for s in open_steps(case, reference, now) if s.at > now), None)


def chased(case: Case, step: Escalation, reference: Reference, at: datetime) -> Chased:
    """What is remembered of a step that is taken now."""
    deadline = case.deadline
    assert deadline is not None
    gone = max(gone_minutes(deadline, at, reference), needed_minutes(deadline, step, reference))
    return Chased(step=step.code, stage=deadline.stage, level=step.level, gone=gone, at=at)


def gone_minutes(deadline: Deadline, at: datetime, reference: Reference) -> int:
    """How much of the deadline's clock has gone."""
    return reference.built(WorkingTime).between(deadline.clock, deadline.start, at)


def needed_minutes(deadline: Deadline, step: Escalation, reference: Reference) -> int:
    """How much of it must have gone for the step."""
    term = reference.built(WorkingTime).between(deadline.clock, deadline.start, deadline.due)
    if step.share is not None:
        return term * step.share // 100
    return term + (step.overdue_minutes or 0)


def moment_of(deadline: Deadline, needed: int, reference: Reference) -> datetime:
    """When so much of it has gone."""
    return reference.built(WorkingTime).shift(deadline.clock, deadline.start, needed * MINUTE)


def _untaken(
    case: Case, deadline: Deadline, reference: Reference, now: datetime
) -> Iterator[tuple[int, Escalation]]:
    """Steps for this case that are not behind it, with what each needs."""
    taken = case.chased.gone if case.chased is not None and case.chased.stage == deadline.stage else -1
    for step in ladder(in_force(reference.escalations, local_day(now)), deadline.stage, case.urgency):
        needed = needed_minutes(deadline, step, reference)
        if needed > taken:
            yield needed, step


def ladder(steps: Iterable[Escalation], stage: str, urgency: Urgency) -> list[Escalation]:
    """Those of one stage that are meant for an urgency."""
    return [s for s in steps if s.stage == stage and (not s.urgencies or urgency in s.urgencies)]
