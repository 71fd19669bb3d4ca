"""Periods of a report: whole days where the switchboard stands, both ends included."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

import msgspec

from console.domain.zone import ZONE, local_day

LONGEST_DAYS = 3 * 366
DAYS_SHOWN = 31
"""Longer periods are shown week by week, or month by month."""
WEEKS_SHOWN = 26
_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How long."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FREE = "free"


class Period(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """From the first day to the last. Two with the same days are the same, whatever they are called."""

    first: date
    last: date

    @cached_property
    def start(self) -> datetime:
        """Its first moment."""
        return _midnight(self.first)

    @cached_property
    def end(self) -> datetime:
        """The first moment that is behind it."""
        return _midnight(self.last + _DAY)

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def kind(self) -> PeriodKind:
        """What it is by its days."""
        for kind in (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR):
            if period_of(kind, self.first) == self:
                return kind
        return PeriodKind.FREE

    def over(self, now: datetime) -> bool:
        """Whether nothing can be received in it any more."""
        return now >= self.end


class PeriodFault(StrEnum):
    """Why there can be no report of it."""

    BACKWARD = "backward"
    FUTURE = "future"
    TOO_LONG = "too_long"


def fault_of(period: Period, now: datetime) -> PeriodFault | None:
    """What is wrong with it, if anything."""
    if period.last < period.first:
        return PeriodFault.BACKWARD
    if period.days > LONGEST_DAYS:
        return PeriodFault.TOO_LONG
    return PeriodFault.FUTURE if period.first > local_day(now) else None


def period_of(kind: PeriodKind, day: date) -> Period:
    """The one that has this day; of a free one, the day alone. Weeks begin on Monday."""
    if kind is PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(first=first, last=first + timedelta(days=6))
    if kind is PeriodKind.FREE:
        return Period(first=day, last=day)
    months = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[kind]
    month = (day.month - 1) // months * months
    return Period(first=date(day.year, month + 1, 1), last=_month(day.year, month + months) - _DAY)


def beside(kind: PeriodKind, period: Period, by: int) -> Period:
    """The one after it (`by` 1) or before (-1); a free one moves by its own length."""
    if kind is PeriodKind.FREE:
        shift = timedelta(days=period.days * by)
        return Period(first=period.first + shift, last=period.last + shift)
    return period_of(kind, period.last + _DAY if by > 0 else period.first - _DAY)


def steps_of(period: Period) -> tuple[date, ...]:
    """First days of the steps by which its course is shown: days, weeks or months, the first one cut."""
    if period.days <= DAYS_SHOWN:
        return tuple(period.first + timedelta(days=n) for n in range(period.days))
    kind = PeriodKind.WEEK if period.days <= 7 * WEEKS_SHOWN else PeriodKind.MONTH
    found = [period.first]
    while (following := period_of(kind, found[-1]).last + _DAY) <= period.last:
        found.append(following)
    return tuple(found)


def _month(year: int, month: int) -> date:
    """The first of a month, counted on from January (0) of a year."""
    return date(year + month // 12, month % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
