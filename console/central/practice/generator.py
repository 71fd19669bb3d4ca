"""The practice province: believable reports and their lives, the same ones for the same seed.

`generate` tells lives as commands, `records` folds them as a central server would have. A planted
duplicate keeps the truth of which case it repeats. Pure: no clock, no file but the bundled words.
"""

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

import msgspec

from console.central.practice.arrivals import Arrival, arrivals
from console.central.practice.identifiers import made_id
from console.central.practice.life import live
from console.central.practice.people import OPERATORS, SYSTEM, reporter, staff
from console.central.practice.places import POINTLESS, Where, spoken
from console.central.practice.script import Kit, Script, Told
from console.central.practice.words import Night, words
from console.central.practice.writing import describe
from console.domain.case import Channel, Reporter
from console.domain.category import ReportType
from console.domain.command import LogReport, Merge, Reject
from console.domain.number import make_number
from console.domain.place import GazetteerEntry, Place, Point
from console.domain.questions import asked, laid_out
from console.domain.reference import Reference, in_force
from console.domain.suggest import propose_urgency
from console.domain.zone import local_day, month_code

PHONE, PORTAL = 0.55, 0.75  # running shares of channels; the rest is the app
DUPLICATES = 0.05  # share of reports that repeat a recent one
REPEAT_WINDOW = timedelta(hours=30)
REPEAT_METRES = 70
UNSORTED = timedelta(hours=3)  # so long reports of portal and app wait at the most to be sorted
MERGED = 0.6  # share of duplicates that somebody found
REGULARS = 0.16  # share of reports by people who call often
FRESH, UNREST = timedelta(hours=30), 3.0  # so that every status stands in the queue at the end
NIGHT_DESKS = (1, 3, 7)


class Recent(msgspec.Struct, frozen=True):
    """A report that may be repeated by others."""

    case: str
    at: datetime
    type: ReportType
    entry: GazetteerEntry
    place: Place
    ended: datetime | None
    takes: bool  # others may be merged into it while it is open


class Draft(msgspec.Struct, frozen=True):
    """What a report is to be about. `of`: the one it repeats."""

    type: ReportType
    entry: GazetteerEntry
    place: Place
    channel: Channel
    of: Recent | None


class Province:
    """One practice province in the making."""

    def __init__(self, reference: Reference, seed: int, count: int, start: datetime, end: datetime) -> None:
        self._reference, self._seed, self._count = reference, seed, count
        self._start, self._end = start, end
        self._kit = Kit(reference)
        self._counters: Counter[tuple[str, str]] = Counter()
        self._recent: deque[Recent] = deque(maxlen=60)
        self._wheres: dict[date, Where] = {}
        self._types: dict[tuple[date, int], tuple[list[ReportType], list[float]]] = {}

    def tell(self) -> Iterator[Told]:
        """Lives in the order of their arrival, cut off at the end of the period."""
        moments = arrivals(self._count, self._start, self._end - timedelta(minutes=6), Random(self._seed))
        for index, arrival in enumerate(moments):
            yield self._life(index, arrival)

    def _life(self, index: int, arrival: Arrival) -> Told:
        rng = Random(self._seed * 10_000_019 + index)
        draft = self._draft(arrival, rng)
        script = self._logged(index, arrival, draft, rng)
        if self._end - arrival.at < FRESH:
            script.unrest = UNREST
        script.last = self._end - arrival.at < UNSORTED
        live(script, self._found(draft, script))
        script.commands = [command for command in script.commands if command.at <= self._end]
        takes = not any(isinstance(command.body, Merge | Reject) for command in script.commands)
        self._recent.append(
            Recent(script.case, arrival.at, draft.type, draft.entry, draft.place, script.ended, takes)
        )
        return Told(
            case=script.case,
            commands=tuple(script.commands),
            duplicate_of=draft.of.case if draft.of else None,
        )

    def _found(self, draft: Draft, script: Script) -> str | None:
        """The case to merge into: where somebody found the duplicate while the other was open."""
        of = draft.of
        soon = script.now + timedelta(hours=1)
        if of is None or not of.takes or (of.ended is not None and of.ended <= soon):
            return None
        return of.case if script.chance(MERGED) else None

    def _draft(self, arrival: Arrival, rng: Random) -> Draft:
        night = arrival.night
        channel = _channel(night, rng)
        if rng.random() < DUPLICATES:
            of = self._repeatable(arrival, rng)
            if of is not None:
                return Draft(of.type, of.entry, self._beside(of, arrival.at, rng), channel, of)
        type_ = self._type(arrival, rng)
        where = self._where(local_day(arrival.at))
        district = _drawn(night.districts, rng) if night and night.districts else ""
        entry = where.entry(type_.code, district, rng)
        place = where.place(entry, rng, POINTLESS if channel is Channel.PHONE else 0)
        return Draft(type_, entry, place, channel, None)

    def _repeatable(self, arrival: Arrival, rng: Random) -> Recent | None:
        fit = [r for r in self._recent if arrival.at - r.at < REPEAT_WINDOW and r.place.point and r.takes]
        return rng.choice(fit) if fit else None

    def _beside(self, of: Recent, at: datetime, rng: Random) -> Place:
        point = of.place.point or Point(of.entry.lon, of.entry.lat)
        where = self._where(local_day(at))
        return where.beside(of.place.commune, point.lon, point.lat, of.place.text, REPEAT_METRES, rng)

    def _where(self, day: date) -> Where:
        """Places of the lists in force on that day: one for each list of units."""
        begins = max(u.valid_from for u in self._reference.units if u.valid_from <= day)
        if begins not in self._wheres:
            self._wheres[begins] = Where(self._reference, day)
        return self._wheres[begins]

    def _type(self, arrival: Arrival, rng: Random) -> ReportType:
        key = local_day(arrival.at).replace(day=1), id(arrival.night)
        if key not in self._types:
            self._types[key] = self._weighted_types(arrival)
        types, running = self._types[key]
        return types[bisect_right(running, rng.random() * running[-1])]

    def _weighted_types(self, arrival: Arrival) -> tuple[list[ReportType], list[float]]:
        special = arrival.night.types if arrival.night else {}
        types = [
            t
            for t in in_force(self._reference.types, local_day(arrival.at))
            if t.code in words().sayings and (not special or t.code in special)
        ]
        weights = special or words().habits.weights
        return types, list(accumulate(weights.get(t.code, 1.0) for t in types))

    def _logged(self, index: int, arrival: Arrival, draft: Draft, rng: Random) -> Script:
        """The script with its first command."""
        called, phone = arrival.at, draft.channel is Channel.PHONE
        entered = called + timedelta(seconds=rng.randint(50, 260) if phone else 1)
        if phone and rng.random() < 0.01:  # entered late, from paper
            called -= timedelta(minutes=rng.randint(60, 400))
        operator = staff()[f"op{_desk(entered, rng):02d}"]
        by = operator if phone else SYSTEM
        script = Script(self._kit, rng, made_id(entered, rng), operator, draft.type)
        answers = _answers(draft.type, rng) if phone else {}
        script.urgency, _ = propose_urgency(draft.type, answers)
        title, text = describe(draft.type.code, draft.channel, spoken(draft.entry, draft.type.code), rng)
        script.log = LogReport(
            number=self._number(entered, by.station),
            channel=draft.channel,
            type=draft.type.code,
            urgency=script.urgency,
            title=title,
            description=text,
            place=draft.place,
            reporter=self._reporter(index, draft, rng),
            answers=answers,
            happened_at=called,
        )
        script.act(by, script.log, entered)
        return script

    def _number(self, entered: datetime, station: str) -> str:
        month = month_code(entered)
        self._counters[month, station] += 1
        return make_number(month, station, self._counters[month, station])

    def _reporter(self, index: int, draft: Draft, rng: Random) -> Reporter:
        """Somebody who calls often, or a new one. Who repeats a report is never its first caller."""
        regulars = max(8, self._count // 40)
        often = draft.of is None and rng.random() < REGULARS
        return reporter(
            self._seed,
            int(regulars * rng.random() ** 2) if often else regulars + index,
            draft.channel is not Channel.PHONE,
        )


def _channel(night: Night | None, rng: Random) -> Channel:
    drawn = rng.random()
    if night is not None:
        return Channel.PHONE if drawn < night.phone else Channel.APP
    return Channel.PHONE if drawn < PHONE else Channel.PORTAL if drawn < PORTAL else Channel.APP


def _drawn(weighted: dict[str, float], rng: Random) -> str:
    return rng.choices(list(weighted), list(weighted.values()))[0]


def _desk(at: datetime, rng: Random) -> int:
    """Nine desks by day, three at night (UTC 15-23 is 22-06 here)."""
    return rng.choice(NIGHT_DESKS) if 15 <= at.hour < 23 else rng.randint(1, OPERATORS)


def _answers(type_: ReportType, rng: Random) -> dict[str, str]:
    """Answers to the scripted questions; the calm one, which comes first, most of the time."""
    if rng.random() < 0.15:
        return {}
    given: dict[str, str] = {}
    for question, _ in laid_out(type_):
        if question.answers and question in asked(type_, given):
            drawn = min(int(rng.expovariate(1.35)), len(question.answers) - 1)
            given[question.code] = question.answers[drawn].code
    return given


def generate(reference: Reference, seed: int, count: int, start: datetime, end: datetime) -> Iterator[Told]:
    """`count` lives that begin between `start` and `end` (aware) and are cut off at `end`."""
    return Province(reference, seed, count, start, end).tell()
