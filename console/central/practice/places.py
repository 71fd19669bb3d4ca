"""Where practice reports happen: towns more than hills, streets for lamps, beaches for bathers."""

from bisect import bisect
from datetime import date
from itertools import accumulate
from random import Random

from console.central.practice.words import words
from console.domain.area import Area
from console.domain.place import GazetteerEntry, GazetteerKind, Place, Point, UnitKind
from console.domain.reference import Reference, in_force
from console.reference.inside import drawn_near

K = GazetteerKind
SIGHTS = frozenset({K.MARKET, K.SCHOOL, K.HOSPITAL, K.LANDMARK})
EVERYDAY = frozenset[str]({K.STREET, K.HAMLET, K.MARKET, K.SCHOOL, K.LANDMARK})
WEIGHTS = {UnitKind.WARD: 4.0, UnitKind.TOWNSHIP: 3.5, UnitKind.COMMUNE: 1.0}
CITY_WEIGHT = 2.2
EXACT, NEAR_M, ABOUT_M = 0.6, 60, 350
POINTLESS = 0.1  # of phone reports: "about here", no pin


def _kinds(type_code: str) -> frozenset[str]:
    """Kinds of place that a type happens at: its own, or its category's, or everyday ones."""
    kinds = words().habits.kinds
    return kinds.get(type_code) or kinds.get(type_code.partition(".")[0], EVERYDAY)


class Where:
    """The places of one reference on one day."""

    def __init__(self, reference: Reference, on: date) -> None:
        self._outlines = reference.built(Area).outlines(on)
        self._units = {unit.code: unit for unit in reference.communes(on)}
        self._entries = [e for e in in_force(reference.gazetteer, on) if e.commune in self._outlines]
        self._weights = {code: self._weight(reference, code, on) for code in self._units}
        self._drawn: dict[tuple[str, str], tuple[list[GazetteerEntry], list[float]]] = {}
        self._district = {code: unit.parent or "" for code, unit in self._units.items()}

    def _weight(self, reference: Reference, code: str, on: date) -> float:
        district = reference.district_of(code, on)
        in_city = district is not None and district.kind is UnitKind.CITY
        return WEIGHTS.get(self._units[code].kind, 1.0) * (CITY_WEIGHT if in_city else 1.0)

    def entry(self, type_code: str, district: str, rng: Random) -> GazetteerEntry:
        """A named place fit for the type, in the district ("": anywhere)."""
        key = type_code, district
        if key not in self._drawn:
            self._drawn[key] = self._choice(type_code, district)
        entries, weights = self._drawn[key]
        return entries[bisect(weights, rng.random() * weights[-1])]

    def _choice(self, type_code: str, district: str) -> tuple[list[GazetteerEntry], list[float]]:
        """Fit places with running weights: a commune's weight is shared by its places."""
        kinds = _kinds(type_code)
        fit = [e for e in self._entries if e.kind in kinds and district in ("", self._district[e.commune])]
        shares: dict[str, int] = {}
        for e in fit:
            shares[e.commune] = shares.get(e.commune, 0) + 1
        return fit, list(accumulate(self._weights[e.commune] / shares[e.commune] for e in fit))

    def place(self, entry: GazetteerEntry, rng: Random, pointless: float) -> Place:
        """A place at or near the entry; without a pin for a share of `pointless`."""
        text = place_text(entry, rng)
        if rng.random() < pointless:
            return Place(commune=entry.commune, text=text)
        metres = NEAR_M if rng.random() < EXACT else ABOUT_M
        return self.beside(entry.commune, entry.lon, entry.lat, text, metres, rng)

    def beside(self, commune: str, lon: float, lat: float, text: str, metres: float, rng: Random) -> Place:
        """A place with a pin about `metres` from a point, in the same commune."""
        near = drawn_near(self._outlines[commune], lon, lat, metres, rng)
        accuracy = max(10, round(metres * rng.uniform(0.3, 0.8) / 5) * 5)
        return Place(commune=commune, text=text, point=Point(*near), accuracy_m=accuracy)


def noun(entry: GazetteerEntry) -> str:
    """The place as a noun: "chợ Nam Lý", "thôn Trung Bính"."""
    name = entry.name.partition(",")[0]
    return name if name.startswith("Quảng Bình") else name[0].lower() + name[1:]


def spoken(entry: GazetteerEntry, type_code: str) -> str:
    """The place inside a sentence about a type: near a school or market, unless it is meant itself."""
    usual = entry.kind in SIGHTS and _kinds(type_code) == EVERYDAY
    return f"gần {noun(entry)}" if usual else noun(entry)


def place_text(entry: GazetteerEntry, rng: Random) -> str:
    """The place as an operator types it."""
    name, word = entry.name.partition(",")[0], noun(entry)
    if entry.kind is K.STREET:
        return rng.choice((f"Số {rng.randint(2, 280)} {word}", name, f"Ngõ {rng.randint(3, 150)} {word}"))
    if entry.kind in SIGHTS:
        return rng.choice((f"Gần {word}", f"Trước {word}", name, f"Đối diện {word}"))
    return name
