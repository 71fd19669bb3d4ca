"""What a person has chosen to see on the map, remembered by user name."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from console.domain.zone import ZONE, local_day
from console.ui.memory import Memory


class Period(StrEnum):
    """Which reports warm the map."""

    DAY = "day"  # the last 24 hours
    WEEK = "week"
    MONTH = "month"  # the last 30 days
    RANGE = "range"  # from one day to another, both included


_SPANS = {Period.DAY: timedelta(days=1), Period.WEEK: timedelta(days=7), Period.MONTH: timedelta(days=30)}


class Measure(StrEnum):
    """By what communes are shaded."""

    NONE = ""
    OPEN = "open"
    OVERDUE = "overdue"
    PER_1000 = "per_1000"  # open ones per 1,000 people


class Ground(StrEnum):
    """What lies under the boundaries."""

    DRAWN = "drawn"
    FILE = "file"  # raster MBTiles
    ADDRESS = "address"  # an office's own tile server


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """`day`: boundaries in force then, None: today. `since`, `until`: the days of Period.RANGE."""

    legend: bool = True  # unfolded
    pins: bool = True
    heat: bool = False
    period: Period = Period.DAY
    since: date | None = None
    until: date | None = None
    measure: Measure = Measure.NONE
    day: date | None = None
    posts: bool = False
    marks: bool = False
    marks_file: str = ""
    ground: Ground = Ground.DRAWN
    ground_file: str = ""
    address: str = ""

    def changed(self, **fields: object) -> "Choices":
        """The same with other fields."""
        return msgspec.structs.replace(self, **fields)


def bounds(choices: Choices, now: datetime) -> tuple[datetime, datetime]:
    """When the chosen period begins and ends (half open), aware; never empty."""
    span = _SPANS.get(choices.period)
    if span is not None:
        return now - span, now + timedelta(minutes=1)  # the minute that runs belongs to it
    last = choices.until or local_day(now)
    first = min(choices.since or last, last)
    return (
        datetime.combine(first, time(), ZONE),
        datetime.combine(last + timedelta(days=1), time(), ZONE),
    )


def recall(memory: Memory, user: str) -> Choices:
    """What this user had chosen; the defaults where that cannot be read any more."""
    try:
        return msgspec.json.decode(memory.text(_name(user), "{}"), type=Choices)
    except msgspec.DecodeError:
        return Choices()


def remember(memory: Memory, user: str, choices: Choices) -> None:
    """Keep it for this user's next shift."""
    memory.keep(_name(user), msgspec.json.encode(choices).decode())


def _name(user: str) -> str:
    return f"map.layers.{user}"
