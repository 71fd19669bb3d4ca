"""Known already? Cases near in place, time, type and words, open ones first, best first."""

import math
from datetime import datetime, timedelta

from console.desk.holdings import Holdings
from console.desk.questions import ask_rows
from console.desk.rows import QueueRow, Suspect
from console.domain.place import Place, Point, UnitKind
from console.domain.reference import Reference
from console.domain.text import words
from console.domain.zone import local_day
from console.models import queue
from console.models.times import to_ms

WITHIN = timedelta(days=30)
TOWN_M, COUNTRY_M = 1000, 3000
SHOWN = 8
METRES_PER_DEGREE = 111_320.0


def suspects(
    held: Holdings, type_: str, place: Place, description: str, happened_at: datetime
) -> tuple[Suspect, ...]:
    """At most eight. Without a place there are none."""
    reference = held.reference
    here, reach = _here(place, reference, happened_at)
    if here is None:
        return ()
    found = ask_rows(held, _near(here, reach, happened_at))
    wanted = frozenset(words(description))
    judged = [_judge(row, type_, here, reach, wanted, happened_at, reference) for row in found]
    near = [one for one in judged if one is not None and one.metres <= reach]
    return tuple(sorted(near, key=lambda one: (not one.row.status.is_open, -one.score))[:SHOWN])


def _here(place: Place, reference: Reference, at: datetime) -> tuple[Point | None, int]:
    """The point looked around, and how far: further in the country than in town."""
    unit = reference.unit(place.commune, local_day(at)) or reference.unit(place.commune)
    in_town = unit is not None and unit.kind in (UnitKind.WARD, UnitKind.TOWNSHIP)
    reach = TOWN_M if in_town else COUNTRY_M
    if place.point is not None:
        return place.point, reach
    return (Point(unit.lon, unit.lat) if unit else None), reach


def _near(here: Point, reach: int, at: datetime) -> queue.Ask:
    high = reach / METRES_PER_DEGREE
    wide = high / max(0.1, math.cos(math.radians(here.lat)))
    box = (here.lat - high, here.lat + high, here.lon - wide, here.lon + wide)
    return queue.Ask(queue.RECENT_NEAR, (to_ms(at - WITHIN), *box))


def _judge(
    row: QueueRow,
    type_: str,
    here: Point,
    reach: int,
    wanted: frozenset[str],
    at: datetime,
    reference: Reference,
) -> Suspect | None:
    """None for another kind of trouble. The score mixes nearness, age, type and words, each 0 to 1."""
    if not _same_group(row.type, type_, reference) or row.lon is None or row.lat is None:
        return None
    metres = _metres(here, row.lon, row.lat)
    shared = tuple(w for w in dict.fromkeys(words(row.title)) if w in wanted and len(w) > 2)
    same_type = row.type == type_
    age = min(1.0, abs(at - row.entered) / WITHIN)
    score = 0.4 * (1 - metres / reach) + 0.2 * (1 - age) + 0.15 * same_type + 0.25 * min(1.0, len(shared) / 4)
    return Suspect(row=row, metres=round(metres), same_type=same_type, words=shared, score=score)


def _same_group(one: str, other: str, reference: Reference) -> bool:
    if not other or one == other:
        return True
    mine, theirs = reference.type(other), reference.type(one)
    if mine is None or theirs is None:
        return False
    return bool(mine.group) and mine.group == theirs.group


def _metres(here: Point, lon: float, lat: float) -> float:
    """Flat over a few kilometres: less than a metre wrong."""
    east = (lon - here.lon) * math.cos(math.radians(here.lat)) * METRES_PER_DEGREE
    return math.hypot(east, (lat - here.lat) * METRES_PER_DEGREE)
