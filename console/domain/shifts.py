"""The day's shifts, by the reference data. A night shift belongs to the day on which it begins."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from console.domain.reference import Reference, in_force
from console.domain.shift_time import ShiftTime
from console.domain.zone import ZONE, local_day

DAY = timedelta(days=1)


class Duty(NamedTuple):
    """One shift on one day."""

    day: date
    shift: ShiftTime
    begins: datetime
    ends: datetime

    @property
    def key(self) -> str:
        """Its name among all, "2026-12-01/night"."""
        return f"{self.day.isoformat()}/{self.shift.code}"


class TimeGap(NamedTuple):
    """Hours of a day that no shift covers, or two do."""

    doubled: bool
    begins: datetime
    ends: datetime


def duty_of(shift: ShiftTime, day: date) -> Duty:
    """The shift on a day."""
    begins, ends = (datetime.combine(day, time.fromisoformat(at), ZONE) for at in (shift.starts, shift.ends))
    return Duty(day, shift, begins, ends if ends > begins else ends + DAY)


def duties(reference: Reference, day: date) -> list[Duty]:
    """The shifts that begin on a day, in order."""
    found = (duty_of(shift, day) for shift in in_force(reference.shifts, day))
    return sorted(found, key=lambda duty: (duty.begins, duty.shift.code))


def duty_by(reference: Reference, day: date, code: str) -> Duty | None:
    """The shift of this code on a day; None where none is in force."""
    return next((duty for duty in duties(reference, day) if duty.shift.code == code), None)


def duty_at(reference: Reference, now: datetime) -> Duty | None:
    """The shift that runs; of two the later one. None: no list says so."""
    today = local_day(now)
    running = (d for day in (today - DAY, today) for d in duties(reference, day) if d.begins <= now < d.ends)
    return max(running, key=lambda duty: duty.begins, default=None)


def duty_before(reference: Reference, duty: Duty) -> Duty | None:
    """The one that began last before this one."""
    return max(
        (d for d in _around(reference, duty.day) if d.begins < duty.begins),
        key=lambda d: d.begins,
        default=None,
    )


def duty_after(reference: Reference, duty: Duty) -> Duty | None:
    """The one that begins next after this one."""
    return min(
        (d for d in _around(reference, duty.day) if d.begins > duty.begins),
        key=lambda d: d.begins,
        default=None,
    )


def _around(reference: Reference, day: date) -> Iterator[Duty]:
    for other in (day - DAY, day, day + DAY):
        yield from duties(reference, other)


def time_gaps(reference: Reference, day: date) -> list[TimeGap]:
    """Where the shifts of a day leave hours uncovered or cover some twice, from its first shift to the next
    day's."""
    today, following = duties(reference, day), duties(reference, day + DAY)
    gaps = []
    for duty, after in zip(today, [*today[1:], *following[:1]], strict=False):
        if duty.ends != after.begins:
            low, high = sorted((duty.ends, after.begins))
            gaps.append(TimeGap(duty.ends > after.begins, low, high))
    return gaps
