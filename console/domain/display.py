"""How a case is shown: derived statuses and the state of its deadline. Words are the screens' own."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from console.domain.case import Case, Channel, Status
from console.domain.deadline import outcome

_PENDING_IN = (Status.ASSIGNED, Status.IN_PROGRESS)
_HOURS_UP_TO = 48


def display_status(case: Case) -> str:
    """A key of tokens.json `status.items`: the stored status, or `triage` (from portal or app, not yet
    taken up by an operator), `reopened`, `pending_approval` (a request waits for a supervisor)."""
    if case.request is not None:
        return "pending_approval"
    if case.status is Status.NEW:
        if case.reopened:
            return "reopened"
        if case.channel is not Channel.PHONE and not case.handler:
            return "triage"
    if case.status in _PENDING_IN and any(e.state == "pending" for e in case.extensions):
        return "pending_approval"
    return case.status.value


class DueState(StrEnum):
    """A key of tokens.json `deadline.items`, or NONE where no deadline is to be shown."""

    OK = "ok"
    SOON = "soon"
    OVER = "over"
    PAUSED = "paused"
    MET = "met"
    MET_EXTENDED = "metExtended"
    LATE = "late"
    NONE = "none"


class Length(msgspec.Struct, frozen=True):
    """A length of time in the two largest units that are shown: "2 ngày 5 giờ", "3 giờ 10", "28 giờ"."""

    days: int = 0
    hours: int = 0
    minutes: int = 0


class DueText(msgspec.Struct, frozen=True):
    """What the deadline text says: its state, and how long to or since the due time."""

    state: DueState
    length: Length = Length()


def split_length(length: timedelta) -> Length:
    """Hours and minutes below 24 hours, whole hours up to 48, then days and hours. Whole minutes begun
    count down as a clock does; a negative length counts as its amount."""
    minutes = int(abs(length).total_seconds()) // 60
    hours = minutes // 60
    if hours < 24:
        return Length(0, hours, minutes % 60)
    if hours < _HOURS_UP_TO:
        return Length(0, hours, 0)
    return Length(hours // 24, hours % 24, 0)


def due_state(due: datetime | None, near: datetime | None, resting: bool, now: datetime) -> DueState:
    """The state of a running deadline."""
    if due is None:
        return DueState.NONE
    if resting:
        return DueState.PAUSED
    if now >= due:
        return DueState.OVER
    return DueState.SOON if near is not None and now >= near else DueState.OK


def due_text(case: Case, now: datetime) -> DueText:
    """What to say of the case's deadline at `now`; for one that ended, how it ended and by how much late."""
    ended = outcome(case)
    if ended and case.resolved_at is not None and case.resolve_due is not None:
        late = split_length(case.resolved_at - case.resolve_due) if ended == "late" else Length()
        return DueText(DueState(ended), late)
    deadline = case.deadline
    if deadline is None or not case.status.is_open:
        return DueText(DueState.NONE)
    state = due_state(deadline.due, deadline.near, deadline.resting_since is not None, now)
    length = Length() if state is DueState.PAUSED else split_length(deadline.due - now)
    return DueText(state, length)
