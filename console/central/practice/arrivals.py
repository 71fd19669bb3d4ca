"""When reports arrive: rush hours, quiet nights, weekends, and the nights that were different."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

import msgspec

from console.central.practice.words import Night, words

OFFSET = timedelta(hours=7)  # Asia/Ho_Chi_Minh has had no other since 1975
HOUR = timedelta(hours=1)
BY_HOUR = (1, 0.6, 0.4, 0.3, 0.5, 1.5, 4, 8, 10, 9, 8, 6, 4, 5, 8, 9, 9, 8, 7, 7, 7, 6, 4, 2)
WEEKEND = 0.7


class Arrival(msgspec.Struct, frozen=True):
    """The moment a report is called in or sent; `night` where it belongs to one."""

    at: datetime
    night: Night | None = None


def arrivals(count: int, start: datetime, end: datetime, rng: Random) -> list[Arrival]:
    """`count` arrivals between `start` and `end`, in time order, at whole seconds."""
    made: list[Arrival] = []
    for night in words().habits.nights:
        if start <= night.begin and night.end <= end:
            made += [Arrival(at, night) for at in _in_night(round(count * night.share), night, rng)]
    hours = _hours(start, end)
    running = list(accumulate(weight for _, _, weight in hours))
    for _ in range(count - len(made)):
        begin, seconds, _ = hours[bisect_right(running, rng.random() * running[-1])]
        made.append(Arrival(begin + timedelta(seconds=rng.randrange(seconds))))
    return sorted(made, key=lambda a: a.at)


def _hours(start: datetime, end: datetime) -> list[tuple[datetime, int, float]]:
    """Begin, seconds and weight of each hour of the period."""
    found = []
    begin = start.astimezone(UTC)
    while begin < end:
        local = begin + OFFSET
        close = min(begin + HOUR - timedelta(minutes=local.minute, seconds=local.second), end)
        seconds = max(1, int((close - begin).total_seconds()))
        weight = BY_HOUR[local.hour] * (WEEKEND if local.weekday() >= 5 else 1) * seconds / 3600
        found.append((begin, seconds, weight))
        begin = close
    return found


def _in_night(count: int, night: Night, rng: Random) -> list[datetime]:
    """Thickest a third of the way in, as the water rises."""
    begin, seconds = night.begin.astimezone(UTC), (night.end - night.begin).total_seconds()
    return [begin + timedelta(seconds=int(rng.triangular(0, seconds, seconds / 3))) for _ in range(count)]
