"""The roster: who works in which shift at which desk, and who leads. What is wrong with it is found here."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import msgspec

from console.domain.case import Role
from console.domain.reference import Reference
from console.domain.shifts import DAY, Duty, duties, duty_after, duty_at, time_gaps
from console.domain.table import OPERATORS


class RosterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in one shift, at one desk: day, shift and user name it, so the last writing says where.

    `name` as of the writing; `by…`: who wrote it, and at which desk; `version`: given by the centre.
    """

    day: date
    shift: str
    user: str
    name: str
    station: str
    leads: bool = False
    by: str = ""
    by_name: str = ""
    by_station: str = ""
    changed_at: datetime
    version: int = 0
    deleted: bool = False

    @property
    def key(self) -> str:
        """Its name among all."""
        return f"{self.day.isoformat()}/{self.shift}/{self.user}"


class Fault(StrEnum):
    """What may be wrong with a roster."""

    NOBODY = "nobody"  # a shift without anybody
    NO_LEAD = "no_lead"
    TWO_LEADS = "two_leads"
    DESK_TWICE = "desk_twice"  # two people at one desk
    NO_REST = "no_rest"  # somebody in two shifts of which one begins when, or before, the other ends
    NO_SHIFT = "no_shift"  # a shift that is not in force on that day
    HOURS_OPEN = "hours_open"  # hours that no shift covers
    HOURS_TWICE = "hours_twice"


class RosterFault(NamedTuple):
    """`names`: of whom it speaks; `station`: of which desk; `begins`, `ends`: of which hours."""

    kind: Fault
    day: date
    shift: str = ""
    names: tuple[str, ...] = ()
    station: str = ""
    begins: datetime | None = None
    ends: datetime | None = None


def may_roster(role: Role) -> bool:
    """Whether somebody of this role writes the roster."""
    return role is Role.SUPERVISOR


def leads(entries: Iterable[RosterEntry], day: date, shift: str, user: str) -> bool:
    """Whether the roster says that this person leads that shift."""
    return any((e.day, e.shift, e.user) == (day, shift, user) and e.leads and not e.deleted for e in entries)


SOON = timedelta(minutes=45)
"""So long before its begin whoever is on the next shift signs in to that."""


def duty_for(reference: Reference, entries: Sequence[RosterEntry], user: str, now: datetime) -> Duty | None:
    """The shift that somebody works who comes now: the one that runs, or the next where they are on that and
    it is about to begin. None: no list says so."""
    running = duty_at(reference, now)
    following = duty_after(reference, running) if running is not None else None
    if running is None or following is None or following.begins - now > SOON:
        return running
    on = {(entry.day, entry.shift) for entry in entries if entry.user == user and not entry.deleted}
    here, there = ((duty.day, duty.shift.code) in on for duty in (running, following))
    return following if there and not here else running


def expected(reference: Reference, entries: Sequence[RosterEntry], station: str, now: datetime) -> str:
    """Who by the roster comes to this desk now; "" where that is nobody, or several."""
    at = [entry for entry in entries if entry.station == station and not entry.deleted]
    users = set()
    for entry in at:
        duty = duty_for(reference, at, entry.user, now)
        if duty is not None and (entry.day, entry.shift) == (duty.day, duty.shift.code):
            users.add((duty.begins, entry.user))
    latest = max((begins for begins, _ in users), default=None)
    found = [user for begins, user in users if begins == latest]
    return found[0] if len(found) == 1 else ""


def roster_faults(
    reference: Reference, entries: Sequence[RosterEntry], first: date, last: date
) -> list[RosterFault]:
    """What is wrong from one day to another (both included). `entries` of a day more on both sides show also
    who gets no rest at the edges."""
    found: list[RosterFault] = []
    here = [entry for entry in entries if not entry.deleted]
    day = first
    while day <= last:
        found += _of_day(reference, here, day)
        day += DAY
    return found


def _of_day(reference: Reference, entries: Sequence[RosterEntry], day: date) -> Iterator[RosterFault]:
    today = duties(reference, day)
    for gap in time_gaps(reference, day):
        kind = Fault.HOURS_TWICE if gap.doubled else Fault.HOURS_OPEN
        yield RosterFault(kind, day, begins=gap.begins, ends=gap.ends)
    for duty in today:
        yield from _of_duty(duty, [e for e in entries if (e.day, e.shift) == (day, duty.shift.code)])
    known = {duty.shift.code for duty in today}
    for entry in entries:
        if entry.day == day and entry.shift not in known:
            yield RosterFault(Fault.NO_SHIFT, day, entry.shift, (entry.name,))
    yield from _no_rest(reference, entries, day)


def _of_duty(duty: Duty, here: Sequence[RosterEntry]) -> Iterator[RosterFault]:
    said: Callable[..., RosterFault] = lambda kind, **more: RosterFault(  # noqa: E731
        kind, duty.day, duty.shift.code, **more
    )
    if not here:
        yield said(Fault.NOBODY)
        return
    leading = tuple(entry.name for entry in here if entry.leads)
    if not leading:
        yield said(Fault.NO_LEAD)
    elif len(leading) > 1:
        yield said(Fault.TWO_LEADS, names=leading)
    for station, count in sorted(Counter(entry.station for entry in here).items()):
        if count > 1:
            names = tuple(entry.name for entry in here if entry.station == station)
            yield said(Fault.DESK_TWICE, names=names, station=station)


def _no_rest(reference: Reference, entries: Sequence[RosterEntry], day: date) -> Iterator[RosterFault]:
    """Told on the day of the later shift."""
    when = {d.key: d for other in (day - DAY, day) for d in duties(reference, other)}
    of_user: dict[str, list[tuple[Duty, RosterEntry]]] = {}
    for entry in entries:
        duty = when.get(f"{entry.day.isoformat()}/{entry.shift}")
        if duty is not None:
            of_user.setdefault(entry.user, []).append((duty, entry))
    for works in of_user.values():
        works.sort(key=lambda work: work[0].begins)
        for (one, _), (two, entry) in pairwise(works):
            if two.day == day and two.begins <= one.ends:
                yield RosterFault(Fault.NO_REST, day, two.shift.code, (entry.name,))


STAFF = OPERATORS
"""Who can stand on a roster."""
