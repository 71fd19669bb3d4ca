"""The index over all names of places of a day: built once for a reference, asked at each keystroke.

Each typed word is held against the known words once (and remembered); then each line of the gazetteer gets
what its name and its commune's name explain of the typed words. Rare words count more than "đường".
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from heapq import nlargest
from itertools import pairwise
from math import log
from typing import TypeVar

from console.domain.place import GazetteerEntry, GazetteerKind, Point, Unit
from console.domain.places.likeness import Vocabulary
from console.domain.places.lines import ERROR_M, NAMED_M, Around, Line, Nearness
from console.domain.places.roads import KM, Roads
from console.domain.places.spelling import FILLERS, SHORT_FOR, Words, canonical, spellings
from console.domain.reference import Reference, in_force

MOST_WORDS = 14
"""Words of a name that are looked at."""
JUDGED = 70
"""Lines judged closely, those that explain most of the typed words."""
EXPLAINED = 0.5
"""The share of the typed words that a line has to explain."""
_FILLER, _HALF, _CONTEXT, _UNKNOWN = 0.2, 0.5, 0.9, 0.4
_INITIALS_FROM, _SPOKEN, _REMEMBERED = 3, 0.05, 40
Kinds = tuple[GazetteerKind, ...]
H = TypeVar("H", int, str)


class PlaceIndex:
    """Gazetteer, roads and communes, by day; `reference.built(PlaceIndex)` gives the kept one.

    Days between which no list changes share one: at midnight nobody waits.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        dated: tuple[GazetteerEntry | Unit, ...] = (*reference.gazetteer, *reference.units)
        ended = {one.valid_to for one in dated if one.valid_to is not None and one.valid_to < date.max}
        self._changes = sorted({one.valid_from for one in dated} | {day + timedelta(days=1) for day in ended})
        self._kept: dict[int, Day] = {}

    def on(self, on: date) -> "Day":
        """The index of one day. Takes a tenth of a second where it is not kept: see `warm`."""
        span = bisect_right(self._changes, on)
        kept = self._kept.get(span)
        if kept is None:
            kept = self._kept[span] = Day(self._reference, on)
        return kept


def warm(reference: Reference, on: date) -> None:
    """Build the index of a day ahead of the first letter; any thread may."""
    reference.built(PlaceIndex).on(on)


class Day:
    """All places of a day. `around`: communes by code, `roads`: their kilometres."""

    def __init__(self, reference: Reference, on: date) -> None:
        self.around = {unit.code: _around(reference, unit, on) for unit in reference.communes(on)}
        entries = [e for e in in_force(reference.gazetteer, on) if e.commune in self.around]
        self.roads = Roads(e for e in entries if e.kind is GazetteerKind.ROAD_KM)
        named = [e for e in entries if not (e.kind is GazetteerKind.ROAD_KM and KM.match(e.name))]
        self.lines = [*_of_entries(named), *self.roads.lines(), *_of_communes(self.around)]
        self._people = self._listed_by_district(reference, on, named)
        self.words = Vocabulary(
            word for said in (*(line.said for line in self.lines), *self._contexts()) for word in said
        )
        self._holders: dict[str, list[int]] = {}
        for position, line in enumerate(self.lines):
            for word in dict.fromkeys(line.said):
                self._holders.setdefault(word, []).append(position)
        self._told_by: dict[str, list[str]] = {}
        for code, around in self.around.items():
            for word in dict.fromkeys(around.said):
                self._told_by.setdefault(word, []).append(code)
        self.codes = [line.commune for line in self.lines]
        self._spread: dict[tuple[str, bool], tuple[dict[int, float], dict[str, float]]] = {}
        self._weights = {word: self._weight(word) for word in self.words.words}

    def _contexts(self) -> Iterable[Words]:
        return (around.said for around in self.around.values())

    def _weight(self, word: str) -> float:
        """More for what few names have."""
        known = len(self._holders.get(word, ())) + len(self._told_by.get(word, ()))
        return max(log(1 + len(self.lines) / (known + 1)) / log(1 + len(self.lines)), 0.08)

    def _listed_by_district(
        self, reference: Reference, on: date, named: Sequence[GazetteerEntry]
    ) -> dict[str, float]:
        """By commune: listed streets of its district, as a share of the most in any."""
        of = {code: reference.district_of(code, on) for code in self.around}
        districts = {code: district.code if district else code for code, district in of.items()}
        listed = Counter(districts[e.commune] for e in named if e.kind is GazetteerKind.STREET)
        most = max(listed.values(), default=1)
        return {code: listed[district] / most for code, district in districts.items()}

    def likelier(self, commune: str, near: Nearness) -> float:
        """What speaks for a commune: the caller, and by a hair where more is listed and more people live."""
        return near.of(commune) or 0.02 * self._people[commune]

    def typed(self, text: str) -> Words:
        """The words of a text being typed, the first of a long one; two that were run together are parted."""
        parted = list[str]()
        for word in canonical(text, self._begins):
            parted += self._parts(word)
        return tuple(parted[:MOST_WORDS])

    def _begins(self, word: str) -> bool:
        return any(known.startswith(word) for known in self.words.like(word, True))

    def _parts(self, word: str) -> Words:
        """ "lythuongkiet" as known words; itself where it is one, or like one, or no chain of them."""
        if len(word) < 5 or not word.isalpha() or max(self.words.like(word, True).values(), default=0) > 0.5:
            return (word,)
        chains: list[Words | None] = [(), *[None] * len(word)]
        for end in range(2, len(word) + 1):
            options = [
                (*chain, word[start:end])
                for start in range(max(0, end - 7), end - 1)
                if (chain := chains[start]) is not None and word[start:end] in self.words
            ]
            chains[end] = min(options, key=len, default=None)
        return chains[-1] or (word,)

    def spread(self, word: str, last: bool) -> tuple[dict[int, float], dict[str, float]]:
        """What a typed word is worth in each line's name, and in the words of each commune."""
        known = self._spread.get((word, last))
        if known is None:
            if len(self._spread) >= _REMEMBERED:
                self._spread.clear()
            like = self.words.like(word, last)
            known = _spread(like, self._holders), _spread(like, self._told_by)
            self._spread[word, last] = known
        return known

    def forget(self) -> None:
        """Drop what is remembered of typed words."""
        self._spread.clear()
        self.words.forget()

    def search(self, typed: Words, near: Nearness, kinds: Kinds | None = None) -> list[tuple[float, Line]]:
        """Lines (of these kinds) that explain the typed words, best first, each place once."""
        asked = Asked(self, typed)
        best: dict[str, tuple[float, Line]] = {}
        spoken = asked.spoken()
        for position, explained in asked.best(JUDGED, near, kinds):
            line = self.lines[position]
            score = explained + asked.fits(line) + self.likelier(line.commune, near)
            score += _SPOKEN if line.commune in spoken else 0.0
            if line.key not in best or best[line.key][0] < score:
                best[line.key] = score, line
        return sorted(best.values(), key=lambda found: (-found[0], found[1].name, found[1].key))


class Asked:
    """A few typed words over a day's lines."""

    def __init__(self, day: Day, typed: Words) -> None:
        self._day, self.typed = day, typed
        self.likes = [day.words.like(word, at == len(typed) - 1) for at, word in enumerate(typed)]
        self.weights = [self._weight(word, like) for word, like in zip(typed, self.likes, strict=True)]
        self.whole = sum(self.weights) or 1.0
        spread = [day.spread(word, at == len(typed) - 1) for at, word in enumerate(typed)]
        self.named, self.around = [named for named, _ in spread], [around for _, around in spread]

    def _weight(self, word: str, like: dict[str, float]) -> float:
        weights = self._day._weights
        known = [score * weights[w] for w, score in like.items()]
        weight = max(known, default=_UNKNOWN)
        if word in FILLERS:
            return weight * (_HALF if word in weights else _FILLER)
        return weight

    def best(
        self, most: int, near: Nearness, kinds: Kinds | None = None, least: float = EXPLAINED
    ) -> list[tuple[int, float]]:
        """Positions of the lines that explain most, with the share that they explain.

        The commune's words are summed once for each commune, and a line gets what its name says better.
        """
        lines, codes = self._day.lines, self._day.codes
        sums = dict[int, float]()
        for weight, found, told in zip(self.weights, self.named, self.around, strict=True):
            in_context = told.get
            for position, score in found.items():
                more = score - _CONTEXT * in_context(codes[position], 0.0)
                sums[position] = sums.get(position, 0.0) + (weight * more if more > 0 else 0.0)
        base, enough = self._by_communes(), least * self.whole
        nearer = {code: near.of(code) * self.whole for code in base}
        fitting = (
            (total + nearer[code], position, total)
            for position, more in sums.items()
            if (total := more + base[code := codes[position]]) >= enough
            and (kinds is None or lines[position].kind in kinds)
        )
        return [(position, total / self.whole) for _, position, total in nlargest(most, fitting)]

    def _by_communes(self) -> dict[str, float]:
        """What the words of each commune explain."""
        sums = dict.fromkeys(self._day.around, 0.0)
        for weight, told in zip(self.weights, self.around, strict=True):
            for code, score in told.items():
                sums[code] += weight * _CONTEXT * score
        return sums

    def heard_at(self, said: Words, start: int) -> float:
        """How well the typed words from `start` on are these, one after another."""
        weights = self._day._weights
        heard = sum(weights[word] * self.likes[start + n].get(word, 0.0) for n, word in enumerate(said))
        return heard / sum(weights[word] for word in said)

    def spoken(self) -> set[str]:
        """Communes whose own name stands in the typed words, one word after another."""
        return {
            code
            for code, around in self._day.around.items()
            if any(
                self.heard_at(around.own, start) > 0.8
                for start in range(len(self.typed) - len(around.own) + 1)
                if self.likes[start].get(around.own[0])
            )
        }

    def told(self, commune: str, positions: Sequence[int]) -> float:
        """How much of these typed words the commune's name explains; all where there are none."""
        whole = sum(self.weights[n] for n in positions)
        told = sum(self.weights[n] * self.around[n].get(commune, 0.0) for n in positions)
        return told / whole if whole else 1.0

    def fits(self, line: Line) -> float:
        """How much of the name was typed, and whether in its order; the commune itself a little more."""
        said, weights = line.said, self._day._weights
        rows = [[like.get(word, 0.0) for like in self.likes] for word in said]
        whole = sum(weights[word] for word in said)
        name = sum(weights[word] * max(row) for word, row in zip(said, rows, strict=True)) / whole
        columns = list(zip(*rows, strict=True))
        places = [column.index(best) if (best := max(column)) else -2 for column in columns]
        pairs = [(a, b) for a, b in pairwise(places) if a >= 0 and b >= 0]
        order = sum(b == a + 1 for a, b in pairs) / max(1, len(said) - 1, len(pairs))
        return 0.4 * name + 0.12 * order + (0.05 if line.kind is None else 0.0)


def _spread(like: dict[str, float], holders: dict[str, list[H]]) -> dict[H, float]:
    """By holder the best likeness of any of its words."""
    found: dict[H, float] = {}
    for word, score in sorted(like.items(), key=lambda one: -one[1]):
        for holder in holders.get(word, ()):
            found.setdefault(holder, score)
    return found


def _around(reference: Reference, unit: Unit, on: date) -> Around:
    district = reference.district_of(unit.code, on)
    label = f"{unit.name}, {district.short}" if district else unit.name
    said = canonical(f"{unit.name} {district.name}" if district else unit.name)
    return Around(unit, canonical(unit.short), said, label)


def _of_entries(entries: Iterable[GazetteerEntry]) -> Iterable[Line]:
    for entry in entries:
        said_so = {said: None for name in (entry.name, *entry.also) for said in spellings(name)}
        if entry.kind is GazetteerKind.STREET:
            name = canonical(entry.name.removeprefix("Đường "))
            said_so[name] = None
            initials = "".join(word[0] for word in name)
            if len(name) >= _INITIALS_FROM and initials not in SHORT_FOR:
                said_so[(initials,)] = None
        error = ERROR_M.get(entry.kind, NAMED_M)
        point = Point(entry.lon, entry.lat)
        for said in said_so:
            if said:
                yield Line(entry.code, said, entry.name, entry.commune, entry.kind, point, error)


def _of_communes(around: dict[str, Around]) -> Iterable[Line]:
    for code, one in around.items():
        for name in dict.fromkeys((canonical(one.unit.short), canonical(one.unit.name))):
            yield Line(f"commune {code}", name, one.label, code, None, None, 0)
