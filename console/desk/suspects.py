"""Known already? Cases near in place, time, type and words: likely ones first, open before closed.

Which cases are of the type's group and young enough is asked of the index in memory; only those are read.
"""

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from console.desk.holdings import Holdings
from console.desk.questions import row_of
from console.desk.rows import Filter, QueueRow, Suspect, View
from console.domain.area import Area, Outline
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
from console.domain.reference import Reference
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
BESIDE_M = 1_000.0
"""So far a pin may lie outside the outline of its commune, which is drawn roughly."""


def suspects(
    held: Holdings, type_: str, place: Place, description: str, happened_at: datetime
) -> tuple[Suspect, ...]:
    """At most eight likely ones, up to five together with those merely near. Without a place none."""
    search = _Search(held, type_, place, description, happened_at)
    return search.found() if search.here is not None else ()


class _Near(NamedTuple):
    """A case around. `metres` None: one of both has no pin."""

    key: int
    row: QueueRow
    metres: float | None
    words: frozenset[str]


class _Drawn:
    """The communes of one reference with their outlines, by day."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._days: dict[date, tuple[tuple[Outline, ...], frozenset[str]]] = {}

    def near(self, day: date, at: Point, wide: float, high: float) -> set[str]:
        """Codes of those within the margins (degrees), and of those without an outline."""
        if day not in self._days:
            outlines = self._reference.built(Area).outlines(day)
            undrawn = frozenset(u.code for u in self._reference.communes(day) if u.code not in outlines)
            self._days[day] = tuple(outlines.values()), undrawn
        outlined, undrawn = self._days[day]
        return {o.code for o in outlined if o.near(at.lon, at.lat, wide, high)} | undrawn


class _Where(msgspec.Struct, frozen=True):
    text: str = ""


class _Told(msgspec.Struct, frozen=True):
    """Of a case, what was told."""

    description: str
    place: _Where

    @property
    def text(self) -> str:
        return f"{self.description}\n{self.place.text}"


_told = msgspec.json.Decoder(_Told)


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
        rough = self._judged(list(self._near()), 0.0)
        crowded = crowd((one.metres, self._at - one.row.entered) for one, _ in rough)
        found = self._judged(self._with_texts([one for one, _ in rough[:READ]]), crowded)
        likely = sum(alike.likely for _, alike in found)
        return tuple(self._told(*one) for one in found[: min(SHOWN, max(likely, FILLED_UP_TO))])

    def _near(self) -> Iterator[_Near]:
        """Whatever lies within reach, and in the same commune where one of both has no pin."""
        agencies = self._held.agency_names
        for ask in self._asks():
            for *values, unpinned in self._held.store.read(ask.sql, ask.values):
                row = row_of(tuple(values), agencies)
                metres = self._metres(row) if self._pinned and not unpinned else None
                yield _Near(values[0], row, metres, _words(row.title))

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

        asked = Filter(types=self._types(), communes=self._communes(), entered_from_ms=since)
        keys = chosen(finder.columns, Asked(View.ALL, asked, self._held.actor.user, 0)).tolist()
        for start in range(0, len(keys), SLICE):
            yield queue.near_of(tuple(keys[start : start + SLICE]), box, self._commune)

    def _communes(self) -> tuple[str, ...]:
        """Those that lie within reach, of today's units and of those of thirty days ago."""
        if not self._pinned or self.here is None:
            return (self._commune,)
        high = (self.reach + BESIDE_M) / METRES_PER_DEGREE
        wide = high / max(0.1, math.cos(math.radians(self.here.lat)))
        drawn = self._held.reference.built(_Drawn)
        days = (local_day(self._at), local_day(self._at - WITHIN))
        found = {code for day in days for code in drawn.near(day, self.here, wide, high)}
        return tuple(found | {self._commune})

    def _types(self) -> tuple[str, ...]:
        """Those that may be the same trouble; none: all of them."""
        one = self._type
        return tuple(t.code for t in self._held.reference.types if one is not None and same_group(one, t))

    def _with_texts(self, around: list[_Near]) -> list[_Near]:
        """With all that was told of them and where."""
        ask = queue.bodies_at(tuple(one.key for one in around))
        told = {key: _told.decode(body) for key, body in self._held.store.read(ask.sql, ask.values)}
        return [one._replace(words=_words(f"{one.row.title}\n{told[one.key].text}")) for one in around]

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
