"""Known already? Cases near in place, time, type and words, open ones first, best first."""

import math
from datetime import datetime

from console.desk.holdings import Holdings
from console.desk.questions import ask_rows
from console.desk.rows import QueueRow, Suspect
from console.domain.category import ReportType
from console.domain.duplicates import WITHIN, reach_m, score, shared_phrases, telling_words
from console.domain.place import Place, Point
from console.domain.zone import local_day
from console.models import queue
from console.models.times import to_ms

SHOWN = 8
READ = 40
"""The most likely ones whose whole text is read: on a flood night hundreds lie near."""
METRES_PER_DEGREE = 111_320.0


def suspects(
    held: Holdings, type_: str, place: Place, description: str, happened_at: datetime
) -> tuple[Suspect, ...]:
    """At most eight. Without a place there are none."""
    search = _Search(held, type_, place, description, happened_at)
    return search.found() if search.here is not None else ()


class _Search:
    """One look around a report that is being written."""

    def __init__(
        self, held: Holdings, type_: str, place: Place, description: str, happened_at: datetime
    ) -> None:
        self._held, self._at, self._description = held, happened_at, description
        self._type: ReportType | None = held.reference.type(type_) if type_ else None
        self._text = telling_words(description)
        unit = held.reference.unit(place.commune, local_day(happened_at))
        unit = unit or held.reference.unit(place.commune)
        self.reach = reach_m(unit.kind if unit else None)
        self.here = place.point or (Point(unit.lon, unit.lat) if unit else None)

    def found(self) -> tuple[Suspect, ...]:
        """By titles first, then the likeliest by all their words."""
        rough = [one for row in ask_rows(self._held, self._near()) if (one := self._judge(row, row.title))]
        likeliest = sorted(rough, key=_rank)[:READ]
        judged = [self._judge(one.row, self._words_of(one.row)) for one in likeliest]
        return tuple(sorted((one for one in judged if one), key=_rank)[:SHOWN])

    def _near(self) -> queue.Ask:
        assert self.here is not None
        high = self.reach / METRES_PER_DEGREE
        wide = high / max(0.1, math.cos(math.radians(self.here.lat)))
        box = (self.here.lat - high, self.here.lat + high, self.here.lon - wide, self.here.lon + wide)
        return queue.Ask(queue.RECENT_NEAR, (to_ms(self._at - WITHIN), *box))

    def _words_of(self, row: QueueRow) -> str:
        case = self._held.cases.get(row.id)
        return f"{row.title}\n{case.description}" if case is not None else row.title

    def _judge(self, row: QueueRow, words: str) -> Suspect | None:
        """None where it cannot be the same matter."""
        if row.lon is None or row.lat is None:
            return None
        metres = self._metres(row.lon, row.lat)
        alike = score(
            metres=metres,
            reach=self.reach,
            age=self._at - row.entered,
            one=self._type,
            other=self._held.reference.type(row.type),
            text=self._text,
            other_text=frozenset(telling_words(words)),
        )
        if alike is None:
            return None
        return Suspect(
            row=row,
            metres=round(metres),
            same_type=self._type is not None and row.type == self._type.code,
            words=shared_phrases(self._description, frozenset(alike.words)),
            score=alike.score,
        )

    def _metres(self, lon: float, lat: float) -> float:
        """Flat over a few kilometres: less than a metre wrong."""
        assert self.here is not None
        east = (lon - self.here.lon) * math.cos(math.radians(self.here.lat)) * METRES_PER_DEGREE
        return math.hypot(east, (lat - self.here.lat) * METRES_PER_DEGREE)


def _rank(one: Suspect) -> tuple[bool, float]:
    return not one.row.status.is_open, -one.score
