"""From facts to figures, one case at a time, in any order."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from console.domain.answer_keys import answer_keys
from console.domain.case import Status
from console.domain.figures.fact import Fact
from console.domain.figures.figures import (
    RATINGS,
    AgencyFigures,
    Answered,
    Count,
    Figures,
    Punctual,
    Satisfaction,
    Standing,
)
from console.domain.figures.period import Period, steps_of
from console.domain.place import Unit
from console.domain.reference import Reference
from console.domain.zone import MINUTE

_ENDED = (Status.CLOSED, Status.REJECTED)
_NOT_OPEN = (Status.RESOLVED, Status.CLOSED, Status.REJECTED, Status.MERGED)


class Districts(msgspec.Struct, frozen=True):
    """Which district a commune belonged to when, as plain rows: (commune, district, from, to)."""

    spans: tuple[tuple[str, str, date, date], ...]


def districts_of(reference: Reference) -> Districts:
    """Of all times. A unit that has no district on a day is nobody's then."""
    units: dict[str, list[Unit]] = {}
    for unit in reference.units:
        units.setdefault(unit.code, []).append(unit)
    spans = [
        (commune.code, district.code, *_both(commune, district))
        for commune in reference.units
        if commune.kind.is_commune and commune.parent
        for district in units.get(commune.parent, ())
        if district.kind.is_district
    ]
    return Districts(tuple(span for span in spans if span[2] <= span[3]))


def _both(one: Unit, other: Unit) -> tuple[date, date]:
    until = min(one.valid_to or date.max, other.valid_to or date.max)
    return max(one.valid_from, other.valid_from), until


class Counting:
    """Give it every case that may belong to the period; others are passed over."""

    def __init__(self, period: Period, districts: Districts, as_of: datetime) -> None:
        self._period, self._as_of = period, as_of
        self._start, self._end = period.start, period.end
        self._spans: dict[str, list[tuple[str, date, date]]] = {}
        for commune, district, since, until in districts.spans:
            self._spans.setdefault(commune, []).append((district, since, until))
        self._steps = steps_of(period)
        self._channels, self._types = Counter[str](), Counter[str]()
        self._places = Counter[tuple[str, int]]()
        self._answers = Counter[tuple[str, str]]()
        self._standing = Counter[str]()
        self._received = self._ended = self._reopened = 0
        self._kept = dict[str, Counter[str]]()  # by agency
        self._minutes = dict[str, list[int]]()
        self._ratings, self._calls = Counter[int](), Counter[str]()

    def take(self, facts: Iterable[Fact]) -> None:
        """More cases; each once."""
        start, end = self._start, self._end
        for fact in facts:
            if start <= fact.entered_at < end:
                self._receive(fact)
            if fact.resolved_at is not None and start <= fact.resolved_at < end:
                self._result(fact, fact.resolved_at)

    def _receive(self, fact: Fact) -> None:
        self._received += 1
        self._channels[fact.channel] += 1
        self._types[fact.type] += 1
        # The zone keeps its distance from UTC: whole days from the first midnight are the days here.
        self._places[fact.place.commune, (fact.entered_at - self._start).days] += 1
        if fact.answers:
            self._answers.update((fact.type, key) for key in answer_keys(fact.answers, None))
        if fact.reopened or fact.status in _ENDED:
            self._ended += 1
            self._reopened += fact.reopened > 0
        stands = fact.status
        if stands not in _NOT_OPEN:
            stands = "open"
            running = fact.deadline
            if running is not None and running.resting_since is None and running.due <= self._as_of:
                self._standing["overdue"] += 1
        elif stands == Status.CLOSED and fact.referred_to:
            stands = "referred"
        self._standing[stands] += 1

    def _result(self, fact: Fact, at: datetime) -> None:
        if fact.status == Status.MERGED:
            return  # counted with the one that it is part of
        lead = fact.lead or ""
        self._kept.setdefault(lead, Counter())[_outcome(fact, at)] += 1
        self._minutes.setdefault(lead, []).append(max(0, (at - fact.happened_at) // MINUTE))
        if not fact.callbacks:
            return
        said = next((call.satisfied for call in reversed(fact.callbacks) if call.satisfied), None)
        if said is not None:
            self._ratings[said] += 1
        else:
            self._calls["unrated" if any(call.reached for call in fact.callbacks) else "unreached"] += 1

    def figures(self) -> Figures:
        """Of all that were taken."""
        communes, districts = Counter[str](), Counter[str]()
        course = Counter[date](dict.fromkeys(self._steps, 0))
        for (commune, days), n in self._places.items():
            day = self._period.first + timedelta(days=days)
            communes[commune] += n
            districts[self._district(commune, day)] += n
            course[self._steps[bisect_right(self._steps, day) - 1]] += n
        every = sorted(minute for minutes in self._minutes.values() for minute in minutes)
        return Figures(
            period=self._period,
            as_of=self._as_of,
            received=self._received,
            channels=_counts(self._channels),
            districts=_counts(districts),
            communes=_counts(communes),
            types=_counts(self._types),
            course=tuple(Count(day.isoformat(), course[day]) for day in self._steps),
            standing=Standing(**self._standing),
            ended=self._ended,
            reopened=self._reopened,
            results=_punctual(sum(self._kept.values(), Counter())),
            median_minutes=_median(every) if every else None,
            agencies=tuple(sorted(map(self._agency, self._kept), key=lambda a: (-a.punctual.total, a.code))),
            satisfaction=Satisfaction(
                ratings=tuple(self._ratings[rating] for rating in RATINGS), **self._calls
            ),
            answers=tuple(Answered(type, key, n) for (type, key), n in sorted(self._answers.items())),
        )

    def _agency(self, code: str) -> AgencyFigures:
        minutes = _median(sorted(self._minutes[code]))
        return AgencyFigures(code=code, punctual=_punctual(self._kept[code]), median_minutes=minutes)

    def _district(self, commune: str, day: date) -> str:
        for district, since, until in self._spans.get(commune, ()):
            if since <= day <= until:
                return district
        return ""


def _outcome(fact: Fact, at: datetime) -> str:
    """As `console.domain.deadline.outcome`."""
    if fact.resolve_due is None:
        return "unjudged"
    if at > fact.resolve_due:
        return "late"
    return "met" if at <= (fact.resolve_original or fact.resolve_due) else "extended"


def _punctual(kept: Counter[str]) -> Punctual:
    return Punctual(**kept)


def _counts(found: Counter[str]) -> tuple[Count, ...]:
    return tuple(Count(code, n) for code, n in sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _median(minutes: list[int]) -> int:
    """Of sorted ones; of an even number, the middle between the two, rounded down."""
    middle = len(minutes) // 2
    return minutes[middle] if len(minutes) % 2 else (minutes[middle - 1] + minutes[middle]) // 2
