"""Working time: adding and counting it on a calendar of spans, days off and make-up days.

Works by whole spans, never minute by minute: each day's spans are worked out once and kept.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from console.domain.calendar import DayKind, WorkingHours
from console.domain.category import Clock
from console.domain.reference import Reference
from console.domain.zone import MINUTE, ZONE, local_day

Span = tuple[datetime, datetime]

_ZERO = timedelta(0)
_DAY = timedelta(days=1)
_LONGEST_GAP = 400
"""Days in a row without work after which a calendar is taken to be empty: then time runs round the clock."""


class WorkingTime:
    """The clocks of one reference. `reference.built(WorkingTime)` gives the one that is kept with it."""

    def __init__(self, reference: Reference) -> None:
        self._hours = reference.hours
        self._days = {day.day: day.kind for day in reference.days}
        self._spans: dict[date, tuple[Span, ...]] = {}

    def spans(self, day: date) -> tuple[Span, ...]:
        """The spans worked on a local calendar day, as UTC times, in order."""
        known = self._spans.get(day)
        if known is None:
            known = self._spans[day] = self._spans_of(day)
        return known

    def _spans_of(self, day: date) -> tuple[Span, ...]:
        kind = self._days.get(day)
        if kind is DayKind.OFF:
            return ()
        spans = [
            (_utc(day, begin), _utc(day, end))
            for hours in self._hours
            if _holds(hours, day) and (kind is not None or day.weekday() in hours.weekdays)
            for begin, end in hours.spans
        ]
        return _merged(sorted(spans))

    def add(self, clock: Clock, start: datetime, minutes: float) -> datetime:
        """The moment when `minutes` have gone on the clock, counted from `start`; back in time if negative.

        On the working clock it lies within a span, at its end rather than at the next one's beginning.
        """
        return self.shift(clock, start, minutes * MINUTE)

    def between(self, clock: Clock, start: datetime, end: datetime) -> int:
        """Whole minutes that go on the clock from `start` to `end`; negative if `end` comes first."""
        length = self.length(clock, start, end)
        return length // MINUTE if length >= _ZERO else -(-length // MINUTE)

    def length(self, clock: Clock, start: datetime, end: datetime) -> timedelta:
        """As `between`, exact."""
        if end < start:
            return -self.length(clock, end, start)
        if clock is Clock.ROUND or not self._hours:
            return end - start
        day, last = local_day(start), local_day(end)
        total = _ZERO
        while day <= last:
            for begin, close in self.spans(day):
                if begin < end and start < close:
                    total += min(close, end) - max(begin, start)
            day += _DAY
        return total

    def shift(self, clock: Clock, start: datetime, length: timedelta) -> datetime:
        """As `add`, exact."""
        if clock is Clock.ROUND or not self._hours:
            return start + length
        return self._onward(start, length) if length >= _ZERO else self._backward(start, -length)

    def _onward(self, start: datetime, left: timedelta) -> datetime:
        for begin, close in self._from(start):
            begin = max(begin, start)
            if left <= close - begin:
                return begin + left
            left -= close - begin
        return start + left

    def _backward(self, start: datetime, left: timedelta) -> datetime:
        for begin, close in self._until(start):
            close = min(close, start)
            if left <= close - begin:
                return close - left
            left -= close - begin
        return start - left

    def _from(self, start: datetime) -> Iterator[Span]:
        day, idle = local_day(start), 0
        while idle < _LONGEST_GAP:
            spans = self.spans(day)
            idle = 0 if spans else idle + 1
            for span in spans:
                if span[1] > start:
                    yield span
            day += _DAY

    def _until(self, start: datetime) -> Iterator[Span]:
        day, idle = local_day(start), 0
        while idle < _LONGEST_GAP:
            spans = self.spans(day)
            idle = 0 if spans else idle + 1
            for span in reversed(spans):
                if span[0] < start:
                    yield span
            day -= _DAY


def _utc(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def _holds(hours: WorkingHours, day: date) -> bool:
    return hours.valid_from <= day and (hours.valid_to is None or day <= hours.valid_to)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Overlapping spans (of two habits in force at once) count once."""
    merged: list[Span] = []
    for begin, close in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(close, merged[-1][1]))
        elif begin < close:
            merged.append((begin, close))
    return tuple(merged)
