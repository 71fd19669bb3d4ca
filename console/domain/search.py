"""Finding types and places by what is typed: without diacritics, in any order, small slips forgiven."""

import re
from collections import Counter
from datetime import date

import msgspec

from console.domain.area import Area
from console.domain.category import ReportType
from console.domain.lexicon import Lexicon, Words
from console.domain.place import GazetteerEntry, Place, Point, Unit
from console.domain.reference import Reference, in_force
from console.domain.text import words

MOST = 20
LONGEST = 200
"""Characters that are looked at: a longer text is no name of a place or a type."""
TYPED_POINT_M, NAMED_PLACE_M, ALONG_A_STREET_M = 10, 150, 300
"""Likely errors: of coordinates, of a named place, of a house known by its street alone."""
_NUMBER = re.compile(r"^\s*(?:số\s+|so\s+)?(\d{1,4}[a-zA-Z]?(?:/\d{1,4})*)[\s,]+(?=\D)", re.IGNORECASE)
_STREET = re.compile(r"^Đường ")
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


class TypeIndex:
    """The words of every type; `reference.built(TypeIndex)` gives the one kept with it."""

    def __init__(self, reference: Reference) -> None:
        self._of: list[tuple[ReportType, float]] = []
        phrases: list[Words] = []
        for kind in reference.types:
            keys = [words(keyword) for keyword in kind.keywords]
            name = words(kind.name)
            everything = tuple(dict.fromkeys((*name, *(word for key in keys for word in key))))
            # the name counts a little more than a keyword, words of several keywords half
            for phrase, weight in ((name, 1.1), *((key, 1.0) for key in keys), (everything, 0.5)):
                if phrase:
                    phrases.append(phrase)
                    self._of.append((kind, weight))
        self._lexicon = Lexicon(phrases)

    def find(self, text: str, on: date) -> list[TypeHit]:
        """Types in force that day, best first."""
        best: dict[str, TypeHit] = {}
        for position, found in self._lexicon.search(words(text[:LONGEST])):
            kind, weight = self._of[position]
            if not _holds(kind, on):
                continue
            score = found * weight
            if kind.code not in best or best[kind.code].score < score:
                best[kind.code] = TypeHit(kind, score)
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.type.name))[:MOST]


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
        self.entries: list[GazetteerEntry] = []
        phrases: list[Words] = []
        for entry in in_force(reference.gazetteer, on):
            if entry.commune in self.communes:
                for name in (entry.name, *entry.also):
                    self.entries.append(entry)
                    phrases.append(words(f"{name} {self.names[entry.commune]}"))
        self.places = Lexicon(phrases)
        self._people = self._listed_by_district(reference, on)
        self.units = list(self.communes.values())
        self.commune_words = Lexicon([words(self.names[unit.code]) for unit in self.units])

    def _listed_by_district(self, reference: Reference, on: date) -> dict[str, float]:
        """By commune: listed places of its district, as a share of the most in any."""
        of = {code: reference.district_of(code, on) for code in self.communes}
        districts = {code: district.code if district else code for code, district in of.items()}
        listed = Counter(districts[entry.commune] for entry in self.entries)
        most = max(listed.values(), default=1)
        return {code: listed[district] / most for code, district in districts.items()}

    def likelier(self, commune: str) -> float:
        """A hair more for where more is listed, and so more people live: it only parts equals."""
        return 0.02 * self._people[commune]


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
    text = text[:LONGEST]
    day = reference.built(PlaceIndex).on(on)
    point = _typed_point(reference, text, on)
    if point is not None:
        return [_of_point(text, point, day)]
    number = _NUMBER.match(text)
    typed = words(text[number.end() :] if number else text)
    best: dict[str, tuple[float, GazetteerEntry]] = {}
    for position, score in day.places.search(typed):
        entry = day.entries[position]
        score += 0.25 if entry.commune == near_commune else day.likelier(entry.commune)
        if entry.code not in best or best[entry.code][0] < score:
            best[entry.code] = score, entry
    first = sorted(best.values(), key=lambda found: (-found[0], found[1].name, found[1].code))[:MOST]
    house = number.group(1) if number else ""
    hits = [_of_entry(entry, day, house, score) for score, entry in first]
    hits += _communes(typed, day, near_commune)
    return sorted(hits, key=lambda hit: (-hit.score, hit.label))[:MOST]


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
    place = Place(commune=commune, text=text.strip(), point=point, accuracy_m=TYPED_POINT_M)
    return PlaceHit(name=text.strip(), label=label, place=place, score=2.0)


def _of_entry(entry: GazetteerEntry, day: _Day, house: str, score: float) -> PlaceHit:
    name = f"{house} {_STREET.sub('', entry.name)}" if house else entry.name
    label = f"{name}, {day.names[entry.commune]}"
    point = Point(entry.lon, entry.lat)
    accuracy = ALONG_A_STREET_M if house else NAMED_PLACE_M
    place = Place(commune=entry.commune, text=name, point=point, accuracy_m=accuracy)
    return PlaceHit(name=name, label=label, place=place, score=score)


def _communes(typed: Words, day: _Day, near_commune: str | None) -> list[PlaceHit]:
    hits = []
    for position, score in day.commune_words.search(typed):
        unit = day.units[position]
        bonus = 0.35 if unit.code == near_commune else 0.1
        name = day.names[unit.code]
        hits.append(PlaceHit(name=name, label=name, place=Place(commune=unit.code), score=score + bonus))
    return hits


def commune_at(reference: Reference, lon: float, lat: float, on: date) -> str | None:
    """The commune that the point (degrees) lies in on that day; None outside of all."""
    return reference.built(Area).commune_at(lon, lat, on)
