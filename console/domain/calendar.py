"""Working time: hours of the day and kinds of day. All of it is reference data."""

from datetime import date, time
from enum import StrEnum

import msgspec


class DayKind(StrEnum):
    """What a calendar day is, where it differs from its weekday's habit."""

    WORKING = "working"
    OFF = "off"
    MAKE_UP = "make_up"  # a day off by habit, worked for a bridge day


class CalendarDay(msgspec.Struct, frozen=True, kw_only=True):
    """An exception to the weekly habit, e.g. a public holiday or a make-up Saturday."""

    day: date
    kind: DayKind
    name: str = ""


class WorkingHours(msgspec.Struct, frozen=True, kw_only=True):
    """The weekly habit: `weekdays` (0 = Monday) and the `spans` worked on each, local time."""

    code: str
    weekdays: tuple[int, ...]
    spans: tuple[tuple[time, time], ...]
    valid_from: date
    valid_to: date | None = None
