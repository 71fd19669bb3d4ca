"""Finding types and places by what is typed: without diacritics, in any order, small slips forgiven."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from console.domain.area import Area
from console.domain.category import ReportType
from console.domain.place import GazetteerEntry, Place, Point, Unit
from console.domain.reference import Reference, in_force
from console.domain.text import words

MOST = 20
SLIP_FROM = 4
"""Words shorter than this are taken as typed: one slip in three letters makes another word."""
_NUMBER = re.compile(r"^\s*(?:số\s+|so\s+)?(\d{1,4}[a-zA-Z]?(?:/\d{1,4})*)[\s,]+(?=\D)", re.IGNORECASE)
_LON_LAT = re.compile(r"^\s*(-?\d{1,3}[.]\d+)\s*[,; ]\s*(-?\d{1,3}[.]\d+)\s*$")


class TypeHit(msgspec.Struct, frozen=True):
    """A type that fits the words; higher scores fit better."""

    type: ReportType
    score: float


class PlaceHit(msgspec.Struct, frozen=True, kw_only=True):
    """`name` as listed, `label` with typed house number and commune, `place` ready to take."""

    name: str
    label: str
    place: Place
    score: float


def _near(one: str, other: str) -> bool:
    """One edit apart: a letter more, less, another, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _word_score(typed: str, known: Iterable[str]) -> float:
    best = 0.0
    for word in known:
        if word == typed:
            return 1.0
        if word.startswith(typed):
            best = max(best, 0.6 + 0.3 * len(typed) / len(word))
        elif best < 0.4 and len(typed) >= SLIP_FROM and _near(typed, word[: len(typed) + 1]):
            best = 0.4
    return best


def _score(typed: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """0 unless the typed words are there, of three or more all but one; more for the same order, and for a
    phrase that says little else."""
    total, missed = 0.0, 0
    for word in typed:
        found = _word_score(word, phrase)
        missed += not found
        total += found
    if missed > (len(typed) >= 3):
        return 0.0
    if missed:
        total *= 0.5
    head = phrase[: len(typed)]
    in_order = all(known.startswith(word) for word, known in zip(typed, head, strict=False))
    together = 0.3 if in_order and len(head) == len(typed) else 0.0
    return total / len(typed) + together + 0.2 * len(typed) / max(len(phrase), len(typed))


class TypeIndex:
    """The words of every type; `reference.built(TypeIndex)` gives the one kept with it."""

    def __init__(self, reference: Reference) -> None:
        self._entries = [
            (t, words(t.name), [words(keyword) for keyword in t.keywords]) for t in reference.types
        ]

    def find(self, text: str, on: date) -> list[TypeHit]:
        """Types in force that day, best first."""
        typed = words(text)
        if not typed:
            return []
        hits = [TypeHit(t, self._best(typed, name, keys)) for t, name, keys in self._entries if _holds(t, on)]
        hits = [hit for hit in hits if hit.score > 0]
        return sorted(hits, key=lambda hit: (-hit.score, hit.type.name))[:MOST]

    @staticmethod
    def _best(typed: tuple[str, ...], name: tuple[str, ...], keys: list[tuple[str, ...]]) -> float:
        by_name = _score(typed, name)
        by_key = max((_score(typed, key) for key in keys), default=0.0)
        spread = 0.0
        if not by_name and not by_key:  # words of several keywords: "nap cong vo"
            spread = 0.5 * _score(typed, (*name, *(word for key in keys for word in key)))
        return max(by_name * 1.1, by_key, spread)


def _holds(item: ReportType, on: date) -> bool:
    return item.valid_from <= on and (item.valid_to is None or on <= item.valid_to)


class PlaceIndex:
    """Gazetteer and communes by their words, by day; `reference.built(PlaceIndex)` gives the kept one."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._days: dict[date, _Day] = {}

    def on(self, on: date) -> "_Day":
        """The index of one day."""
        if on not in self._days:
            self._days.clear()  # the day changes once in a day
            self._days[on] = _Day(self._reference, on)
        return self._days[on]


class _Day:
    def __init__(self, reference: Reference, on: date) -> None:
        self.communes = {unit.code: unit for unit in reference.communes(on)}
        self.names = {code: _name_of(reference, unit, on) for code, unit in self.communes.items()}
        self.entries: list[tuple[tuple[str, ...], GazetteerEntry]] = []
        self._by_start: dict[str, set[int]] = {}
        for entry in in_force(reference.gazetteer, on):
            if entry.commune in self.communes:
                for name in (entry.name, *entry.also):
                    self._add(words(f"{name} {self.names[entry.commune]}"), entry)
        self.commune_words = [(words(self.names[code]), unit) for code, unit in self.communes.items()]

    def _add(self, phrase: tuple[str, ...], entry: GazetteerEntry) -> None:
        for word in phrase:
            self._by_start.setdefault(word[:1], set()).add(len(self.entries))
        self.entries.append((phrase, entry))

    def candidates(self, typed: tuple[str, ...]) -> list[tuple[tuple[str, ...], GazetteerEntry]]:
        """Entries with a word that begins like each typed one; a slip in a first letter is not forgiven."""
        starts = [self._by_start.get(word[:1], set()) for word in typed]
        return [self.entries[i] for i in sorted(set.intersection(*starts))] if starts else []


def _name_of(reference: Reference, unit: Unit, on: date) -> str:
    district = reference.district_of(unit.code, on)
    return f"{unit.name}, {district.short}" if district else unit.name


def find_types(reference: Reference, text: str, on: date) -> list[TypeHit]:
    """Types whose name or keywords fit, best first."""
    return reference.built(TypeIndex).find(text, on)


def find_places(reference: Reference, text: str, on: date, near_commune: str | None = None) -> list[PlaceHit]:
    """Named places and communes that fit, best first, those of `near_commune` before equals.

    "17.48,106.61" (latitude, longitude) gives that point with the commune it lies in. A house number in
    front is kept in the label.
    """
    day = reference.built(PlaceIndex).on(on)
    point = _typed_point(reference, text, on)
    if point is not None:
        return [_of_point(text, point, day)]
    number = _NUMBER.match(text)
    typed = words(text[number.end() :] if number else text)
    if not typed:
        return []
    hits: dict[str, PlaceHit] = {}
    for phrase, entry in day.candidates(typed):
        score = _score(typed, phrase)
        if score and (entry.code not in hits or hits[entry.code].score < score):
            hits[entry.code] = _of_entry(entry, day, number.group(1) if number else "", score, near_commune)
    found = [*hits.values(), *_communes(typed, day, near_commune)]
    return sorted(found, key=lambda hit: (-hit.score, hit.label))[:MOST]


def _typed_point(reference: Reference, text: str, on: date) -> tuple[Point, str] | None:
    match = _LON_LAT.match(text)
    if match is None:
        return None
    lat, lon = float(match.group(1)), float(match.group(2))
    commune = commune_at(reference, lon, lat, on)
    return (Point(lon, lat), commune) if commune else None


def _of_point(text: str, found: tuple[Point, str], day: _Day) -> PlaceHit:
    point, commune = found
    label = f"{text.strip()}, {day.names[commune]}" if commune in day.names else text.strip()
    place = Place(commune=commune, text=label, point=point, accuracy_m=10)
    return PlaceHit(name=text.strip(), label=label, place=place, score=2.0)


def _of_entry(
    entry: GazetteerEntry, day: _Day, number: str, score: float, near_commune: str | None
) -> PlaceHit:
    name = f"{number} {entry.name}" if number else entry.name
    label = f"{name}, {day.names[entry.commune]}"
    point = Point(entry.lon, entry.lat)
    accuracy = 300 if number else 150  # along a street a house may be anywhere
    place = Place(commune=entry.commune, text=label, point=point, accuracy_m=accuracy)
    bonus = 0.25 if entry.commune == near_commune else 0.0
    return PlaceHit(name=name, label=label, place=place, score=score + bonus)


def _communes(typed: tuple[str, ...], day: _Day, near_commune: str | None) -> list[PlaceHit]:
    hits = []
    for phrase, unit in day.commune_words:
        score = _score(typed, phrase)
        if score:
            bonus = 0.35 if unit.code == near_commune else 0.1
            name = day.names[unit.code]
            hits.append(PlaceHit(name=name, label=name, place=Place(commune=unit.code), score=score + bonus))
    return hits


def commune_at(reference: Reference, lon: float, lat: float, on: date) -> str | None:
    """The commune that the point (degrees) lies in on that day; None outside of all."""
    return reference.built(Area).commune_at(lon, lat, on)
