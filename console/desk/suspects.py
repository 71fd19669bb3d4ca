"""Known already? Cases near in place, time, type and words: likely ones first, open before closed.

Which cases are of the type's group and young enough is asked of the index in memory; only those are read.
"""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from console.desk.holdings import Holdings
from console.desk.questions import row_of
from console.desk.rows import Filter, QueueRow, Suspect, View
from console.domain.category import ReportType
from console.domain.duplicates import (
    WITHIN,
    Likeness,
    crowd,
    rarity,
    reach_m,
    same_group,
    score,
    shared_phrases,
    telling_words,
)
from console.domain.place import Place, Point
from console.domain.zone import local_day
from console.models import queue
from console.models.times import to_ms

SHOWN = 8
FILLED_UP_TO = 5
"""Merely near ones are listed behind fewer likely ones than these."""
READ = 40
"""The most likely ones whose whole text is read: on a flood night hundreds lie near."""
SLICE = 2_000
METRES_PER_DEGREE = 111_320.0


def suspects(
    held: Holdings, type_: str, place: Place, description: str, happened_at: datetime
) -> tuple[Suspect, ...]:
    """At most eight likely ones, up to five together with those merely near. Without a place none."""
    search = _Search(held, type_, place, description, happened_at)
    return search.found() if search.here is not None else ()


class _Near(NamedTuple):
    """A case around. `metres` None: one of both has no pin."""

    row: QueueRow
    metres: float | None
    words: frozenset[str]


class _Search:
    """One look around a report that is being written."""

    def __init__(
        self, held: Holdings, type_: str, place: Place, description: str, happened_at: datetime
    ) -> None:
        self._held, self._at, self._description = held, happened_at, description
        self._type: ReportType | None = held.reference.type(type_) if type_ else None
        self._text = telling_words(f"{description}\n{place.text}")
        unit = held.reference.unit(place.commune, local_day(happened_at))
        unit = unit or held.reference.unit(place.commune)
        self.reach = reach_m(unit.kind if unit else None)
        self.here = place.point or (Point(unit.lon, unit.lat) if unit else None)
        self._commune, self._pinned = place.commune, place.point is not None

    def found(self) -> tuple[Suspect, ...]:
        """By titles first, then the likeliest by all their words."""
        near = [_Near(row, metres, _words(row.title)) for row, metres in self._near()]
        rough = self._judged(near, 0.0)
        crowded = crowd((one.metres, self._at - one.row.entered) for one, _ in rough)
        whole = [one._replace(words=self._words_of(one.row)) for one, _ in rough[:READ]]
        found = self._judged(whole, crowded)
        likely = sum(alike.likely for _, alike in found)
        return tuple(self._told(*one) for one in found[: min(SHOWN, max(likely, FILLED_UP_TO))])

    def _near(self) -> Iterator[tuple[QueueRow, float | None]]:
        """Whatever lies within reach, and in the same commune where one of both has no pin."""
        agencies = self._held.agency_names
        for ask in self._asks():
            for *values, unpinned in self._held.store.read(ask.sql, ask.values):
                row = row_of(tuple(values), agencies)
                yield row, self._metres(row) if self._pinned and not unpinned else None

    def _box(self) -> queue.Box | None:
        if not self._pinned or self.here is None:
            return None
        high = self.reach / METRES_PER_DEGREE
        wide = high / max(0.1, math.cos(math.radians(self.here.lat)))
        return (self.here.lat - high, self.here.lat + high, self.here.lon - wide, self.here.lon + wide)

    def _asks(self) -> Iterator[queue.Ask]:
        since, box, finder = to_ms(self._at - WITHIN), self._box(), self._held.index.finder
        if finder is None:  # not read in yet
            yield queue.recent_near(since, box, self._commune)
            return
        from console.desk.index.select import Asked, chosen  # numpy with it, which the start does without

        asked = Filter(types=self._types(), entered_from_ms=since)
        keys = chosen(finder.columns, Asked(View.ALL, asked, self._held.actor.user, 0)).tolist()
        for start in range(0, len(keys), SLICE):
            yield queue.near_of(tuple(keys[start : start + SLICE]), box, self._commune)

    def _types(self) -> tuple[str, ...]:
        """Those that may be the same trouble; none: all of them."""
        one = self._type
        return tuple(t.code for t in self._held.reference.types if one is not None and same_group(one, t))

    def _words_of(self, row: QueueRow) -> frozenset[str]:
        case = self._held.cases.get(row.id)
        return _words(
            f"{row.title}\n{case.description}\n{case.place.text}" if case is not None else row.title
        )

    def _judged(self, around: list[_Near], crowded: float) -> list[tuple[_Near, Likeness]]:
        """Those that can be the same matter, best first."""
        weigh = rarity([near.words for near in around])
        judged = ((near, self._judge(near, weigh, crowded)) for near in around)
        return sorted(((near, alike) for near, alike in judged if alike is not None), key=_rank)

    def _judge(self, near: _Near, weigh: Callable[[str], float], crowded: float) -> Likeness | None:
        return score(
            metres=near.metres,
            reach=self.reach,
            age=self._at - near.row.entered,
            one=self._type,
            other=self._held.reference.type(near.row.type),
            text=self._text,
            other_text=near.words,
            weigh=weigh,
            crowded=crowded,
        )

    def _told(self, near: _Near, alike: Likeness) -> Suspect:
        return Suspect(
            row=near.row,
            metres=None if near.metres is None else round(near.metres),
            same_type=alike.same_type,
            words=shared_phrases(self._description, frozenset(alike.words)),
            score=alike.score,
            likely=alike.likely,
        )

    def _metres(self, row: QueueRow) -> float | None:
        """Flat over a few kilometres: less than a metre wrong."""
        if self.here is None or row.lon is None or row.lat is None:
            return None
        east = (row.lon - self.here.lon) * math.cos(math.radians(self.here.lat)) * METRES_PER_DEGREE
        return math.hypot(east, (row.lat - self.here.lat) * METRES_PER_DEGREE)


def _words(text: str) -> frozenset[str]:
    return frozenset(telling_words(text))


def _rank(one: tuple[_Near, Likeness]) -> tuple[bool, bool, float]:
    near, alike = one
    return not alike.likely, alike.likely and not near.row.status.is_open, -alike.score
