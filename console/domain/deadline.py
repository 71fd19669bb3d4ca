"""Deadlines: by rule from type, urgency and stage; rested, extended, and judged at the end."""

from datetime import datetime

import msgspec

from console.domain.case import Case, Deadline
from console.domain.category import Clock, ReportType, Term, Urgency
from console.domain.reference import Reference
from console.domain.working_time import WorkingTime

replace = msgspec.structs.replace

ASSIGN, RESOLVE = "assign", "resolve"
NEAR = 0.75
"""A deadline is near in its last quarter."""


def term_of(type_: ReportType, urgency: Urgency, stage: str) -> Term | None:
    """How long the type gives for the stage ("assign", "resolve"); without one for that urgency, the
    nearest more pressing one, then the nearest less pressing; None where the type gives none at all."""
    terms = type_.assign if stage == ASSIGN else type_.resolve
    term = terms.get(urgency)
    if term is not None or not terms:
        return term
    rank = urgency.rank
    return terms[min(terms, key=lambda u: (u.rank < rank, abs(u.rank - rank)))]


def deadline_for(
    type_: ReportType, urgency: Urgency, stage: str, start: datetime, reference: Reference
) -> Deadline | None:
    """The deadline by rule, counted from `start` (UTC). None where the type gives no time for the stage."""
    term = term_of(type_, urgency, stage)
    if term is None:
        return None
    time = reference.built(WorkingTime)
    due = time.add(term.clock, start, term.minutes)
    near = time.add(term.clock, start, term.minutes * NEAR)
    return Deadline(stage=stage, clock=term.clock, start=start, due=due, near=near, original=due)


def near_of(clock: Clock, start: datetime, due: datetime, reference: Reference) -> datetime:
    """When the last quarter between `start` and `due` begins, on the clock."""
    time = reference.built(WorkingTime)
    length = time.length(clock, start, due)
    if length:
        return min(due, time.shift(clock, start, length * NEAR))
    return start + (due - start) * NEAR  # no working time between them: plain time


def due_by_hand(
    deadline: Deadline | None, clock: Clock, due: datetime, at: datetime, reference: Reference
) -> Deadline:
    """A time to resolve that a person set at `at`. A running one keeps its start, and as its original the
    earlier of the two, so that a later date set by hand shows as one that was extended."""
    start = deadline.start if deadline else at
    original = min(due, deadline.original) if deadline else due
    near = near_of(clock, start, due, reference)
    return Deadline(
        stage=RESOLVE, clock=clock, start=start, due=due, near=near, original=original, by_hand=True
    )


def extended(deadline: Deadline, due: datetime, reference: Reference) -> Deadline:
    """More time was granted; the original stays beside the new one."""
    near = near_of(deadline.clock, deadline.start, due, reference)
    return replace(deadline, due=due, near=near)


def rest(deadline: Deadline, at: datetime, reference: Reference) -> Deadline:
    """The clock stops at `at`; what is left is kept, negative minutes where it was overdue."""
    left = reference.built(WorkingTime).between(deadline.clock, at, deadline.due)
    return replace(deadline, resting_since=at, remaining_minutes=left)


def resume(deadline: Deadline, at: datetime, reference: Reference) -> Deadline:
    """The clock goes on at `at` with exactly what was left: start, near, due and original all move on by
    the time that rested."""
    since = deadline.resting_since
    if since is None:
        return deadline
    time, clock, at = reference.built(WorkingTime), deadline.clock, max(at, since)

    def moved(moment: datetime) -> datetime:
        return time.shift(clock, at, time.length(clock, since, moment))

    return replace(
        deadline,
        start=moved(deadline.start),
        near=moved(deadline.near),
        due=moved(deadline.due),
        original=moved(deadline.original),
        resting_since=None,
        remaining_minutes=None,
    )


def by_rule_again(
    deadline: Deadline | None, type_: ReportType, urgency: Urgency, reference: Reference
) -> Deadline | None:
    """After type or urgency changed: counted anew from its start, unless a person set or extended it."""
    if deadline is None or deadline.by_hand or deadline.due != deadline.original:
        return deadline
    new = deadline_for(type_, urgency, deadline.stage, deadline.start, reference)
    if new is None or deadline.resting_since is None:
        return new
    return rest(new, deadline.resting_since, reference)


def resting(case: Case) -> bool:
    """Whether the case's clock stands still."""
    return case.deadline is not None and case.deadline.resting_since is not None


def outcome(case: Case) -> str:
    """How a resolved case ended: "met", "metExtended" (in time thanks to an extension), "late"; else ""."""
    if case.resolved_at is None or case.resolve_due is None:
        return ""
    if case.resolved_at > case.resolve_due:
        return "late"
    original = case.resolve_original or case.resolve_due
    return "met" if case.resolved_at <= original else "metExtended"
