"""Why a text that is meant as a point or a kilometre is none: what the form tells under the box."""

from datetime import date
from typing import NamedTuple

from console.domain.places.find import LONGEST, NAMED, km_text, roads_named, typed_point
from console.domain.places.index import PlaceIndex
from console.domain.places.lines import Nearness
from console.domain.places.links import read_link
from console.domain.places.plus_code import find_code, is_full
from console.domain.places.roads import typed_km
from console.domain.reference import Reference
from console.domain.text import fold_text


class Unread(NamedTuple):
    """`why`: shortLink, link, km, code; `values`: what its sentence names."""

    why: str
    values: dict[str, object]


class Unreadable:
    """The answer for the text last asked for is kept: a form asks again with each letter typed elsewhere.

    `reference.built(Unreadable)` gives the one kept with it.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._last: tuple[tuple[str, date, str | None], Unread | None] | None = None

    def of(self, text: str, on: date, near_commune: str | None = None) -> Unread | None:
        """What is to be told of that text; None of one that is read, or is words."""
        asked = text, on, near_commune
        if self._last is None or self._last[0] != asked:
            self._last = asked, _why(self._reference, text, on, near_commune)
        return self._last[1]


def _why(reference: Reference, text: str, on: date, near_commune: str | None) -> Unread | None:
    if not text.strip() or typed_point(reference, text, on, near_commune) is not None:
        return None
    link = read_link(text)
    if link is not None:
        if link.short:
            return Unread("shortLink", {})
        return None if link.rest or link.name else Unread("link", {})
    code = find_code(text)
    if code is not None and not is_full(code[0]):
        return Unread("code", {"code": code[0]})
    return _no_such_km(reference, text[:LONGEST], on)


def _no_such_km(reference: Reference, text: str, on: date) -> Unread | None:
    typed = typed_km(fold_text(text))
    if typed is None or not NAMED.search(typed[1]):
        return None
    roads = roads_named(reference.built(PlaceIndex).on(on), typed[1], Nearness())
    if not roads or any(road.at(typed[0]) for _, road in roads):
        return None
    road = max(roads, key=lambda found: found[0])[1]
    first, last = road.ends
    ends = {"first": km_text(first), "last": km_text(last)}
    return Unread("km", {"road": road.name, "km": km_text(typed[0]), **ends})
