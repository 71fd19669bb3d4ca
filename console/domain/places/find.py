"""Places by what is typed, whatever it is: the one door for the form's box and the palette."""

import re
from datetime import date
from math import floor

from console.domain.area import Area
from console.domain.place import GazetteerKind, Place, Point
from console.domain.places.addressed import Addressed, addressed
from console.domain.places.index import Asked, Day, PlaceIndex
from console.domain.places.junctions import Junction, asks_for_junction, between, junctions, radius_m
from console.domain.places.lines import BESIDE_M, HOUSE_M, Line, Nearness, PlaceHit
from console.domain.places.links import read_link
from console.domain.places.pointed import TypedPoint, read_point
from console.domain.places.roads import Road, typed_km
from console.domain.reference import Reference
from console.domain.text import fold_text, spelled_words

MOST, BESIDE_UNKNOWN = 20, 5
LONGEST = 200
"""Characters that are looked at: a longer text is no name of a place."""
WORTH = 0.6
"""A share of the best score: what is found with less is noise beside it."""
SURE = 1.2
"""From this score on it is the place that was meant, with a slip at most."""
_LEAST, _MARKS = 1.0, 0.08
"""The least score (a name with a slip has 1.2, unlike words seldom 0.9), and what right marks add to it."""
_STREET = re.compile(r"^Đường ")
NAMED = re.compile(r"[^\W\d_]{2}")
"""Words, and not a number or a letter alone."""


def find_places(
    reference: Reference,
    text: str,
    on: date,
    near_commune: str | None = None,
    earlier: tuple[str, ...] = (),
) -> list[PlaceHit]:
    """Places that fit, best first; of equals those of `near_commune`, then of the caller's `earlier` ones.

    Takes names with house number or "opposite", two streets, a road and a kilometre, coordinates, links to
    maps, Plus Codes; slips and missing diacritics are forgiven.
    """
    pointed = typed_point(reference, text, on, near_commune)
    day = reference.built(PlaceIndex).on(on)
    if pointed is not None:
        return _of_point(reference, pointed, day, on)
    link = read_link(text)
    if link is not None:
        text = link.rest or link.name
    text, near = text[:LONGEST], Nearness(near_commune or "", earlier)
    on_road = _of_km(reference, text, day, near, on)
    if on_road:
        return on_road[:MOST]
    crossed = _of_junctions(reference, text, day, near, on) if asks_for_junction(text) else []
    hits = sorted([*crossed, *_named(day, addressed(text), near)], key=lambda hit: (-hit.score, hit.label))
    known = [hit for hit in hits if hit.score >= WORTH * hits[0].score][:MOST]
    doubtful = not near_commune and (not hits or hits[0].score < SURE)
    unknown = _unknown(day, text, near) if doubtful else []
    return [*known[:BESIDE_UNKNOWN], *unknown] if unknown else known


def typed_point(
    reference: Reference, text: str, on: date, near_commune: str | None = None
) -> TypedPoint | None:
    """The point that a text is (coordinates, a link, a Plus Code); None where it is words."""
    day = reference.built(PlaceIndex).on(on)
    chosen = day.around.get(near_commune or "")

    def where(words: str) -> Point | None:
        hits = _named(day, addressed(words[:LONGEST]), Nearness(near_commune or ""))
        return _point_of(hits[0], day) if hits else None

    return read_point(reference, text, on, where, Point(chosen.unit.lon, chosen.unit.lat) if chosen else None)


def commune_at(reference: Reference, lon: float, lat: float, on: date) -> str | None:
    """The commune that the point (degrees) lies in on that day; None outside of all."""
    return reference.built(Area).commune_at(lon, lat, on)


def _of_point(reference: Reference, typed: TypedPoint, day: Day, on: date) -> list[PlaceHit]:
    commune = commune_at(reference, typed.point.lon, typed.point.lat, on)
    if commune is None:
        return []
    label = f"{typed.name}, {day.around[commune].label}" if commune in day.around else typed.name
    place = Place(commune=commune, text=typed.name, point=typed.point, accuracy_m=typed.accuracy_m)
    return [PlaceHit(name=typed.name, label=label, place=place, score=2.0)]


def _named(day: Day, asked: Addressed, near: Nearness) -> list[PlaceHit]:
    typed, spelled = day.typed(asked.rest), _spelled(asked.rest)
    hits = []
    for score, line in day.search(typed, near)[: 2 * MOST] if typed else ():
        if spelled:
            said = set(spelled_words(f"{line.name} {day.around[line.commune].label}".casefold()))
            score += _MARKS * sum(word in said for word in spelled) / len(spelled)
        if asked.house:
            score += 0.1 if line.kind is GazetteerKind.STREET else -0.1
        if score >= _LEAST:
            hits.append(_of_line(line, day, asked, score))
    return hits


def _unknown(day: Day, text: str, near: Nearness) -> list[PlaceHit]:
    """A name that nobody has listed, with the commune that is named beside it."""
    typed = day.typed(text)
    spoken = {
        code
        for code in (Asked(day, typed).spoken() if typed else ())
        if len(day.around[code].own) < len(typed)
    }
    words = " ".join(text.split())
    found = [
        PlaceHit(
            name=words,
            label=f"{words}, {day.around[code].label}",
            place=Place(commune=code, text=words),
            score=0.5 + day.likelier(code, near),
            listed=False,
        )
        for code in spoken
    ]
    return sorted(found, key=lambda hit: (-hit.score, hit.label))


def _spelled(text: str) -> list[str]:
    """Words typed with marks: between "Quảng Phú" and "Quang Phú" they decide."""
    return [word for word in spelled_words(text.casefold()) if not word.isascii()]


def _of_line(line: Line, day: Day, asked: Addressed, score: float) -> PlaceHit:
    label = day.around[line.commune].label
    if line.kind is None:
        return PlaceHit(name=line.name, label=label, place=Place(commune=line.commune), score=score)
    name, accuracy = line.name, line.accuracy_m
    if asked.house:
        name = f"{asked.house} {_STREET.sub('', name)}"
        accuracy = HOUSE_M if line.kind is GazetteerKind.STREET else accuracy
    if asked.beside:
        name, accuracy = f"{asked.beside} {name}", max(accuracy, BESIDE_M)
    place = Place(commune=line.commune, text=name, point=line.point, accuracy_m=accuracy)
    return PlaceHit(name=name, label=f"{name}, {label}", place=place, score=score)


def _point_of(hit: PlaceHit, day: Day) -> Point | None:
    unit = day.around[hit.place.commune].unit
    return hit.place.point or Point(unit.lon, unit.lat)


def _of_km(reference: Reference, text: str, day: Day, near: Nearness, on: date) -> list[PlaceHit]:
    typed = typed_km(fold_text(text))
    hits = []
    for score, road in roads_named(day, typed[1], near) if typed else ():
        spot = road.at(typed[0]) if typed else None
        if spot is not None:
            commune = commune_at(reference, spot.point.lon, spot.point.lat, on) or spot.commune
            name = f"Km {km_text(spot.km)} {road.name}"
            place = Place(commune=commune, text=name, point=spot.point, accuracy_m=spot.accuracy_m)
            label = f"{name}, {day.around[commune].label}" if commune in day.around else name
            hits.append(PlaceHit(name=name, label=label, place=place, score=score + near.of(commune)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.label))


def roads_named(day: Day, words: str, near: Nearness) -> list[tuple[float, Road]]:
    """Roads that the words beside a kilometre name; all of them where there are none."""
    if not NAMED.search(words):
        return [(1.0, road) for road in day.roads.roads.values()]
    best: dict[str, float] = {}
    for score, line in day.search(day.typed(words), near, (GazetteerKind.ROAD_KM,)):
        if line.name in day.roads.roads:
            best.setdefault(line.name, score)
    most = max(best.values(), default=0.0)
    return [(score, day.roads.roads[name]) for name, score in best.items() if score >= max(0.85 * most, 0.9)]


def km_text(km: float) -> str:
    """ "658+300" as the stones on the road have it."""
    metres = round((km - floor(km)) * 1000)
    return f"{floor(km)}+{metres:03d}" if metres else f"{floor(km)}"


def _of_junctions(reference: Reference, text: str, day: Day, near: Nearness, on: date) -> list[PlaceHit]:
    return [_of_junction(reference, found, day, on) for found in junctions(day, text, near)[:MOST]]


def _of_junction(reference: Reference, found: Junction, day: Day, on: date) -> PlaceHit:
    one, other, commune = found.one, found.other, found.one.commune
    outline, unit = reference.built(Area).outlines(on).get(commune), day.around[commune].unit
    point = Point(unit.lon, unit.lat)
    if one.point and other.point:
        middle = between(one.point, other.point)
        point = middle if outline is None or outline.holds(middle.lon, middle.lat) else point
    name = f"Giao {_STREET.sub('', one.name)} – {_STREET.sub('', other.name)}"
    place = Place(commune=commune, text=name, point=point, accuracy_m=radius_m(outline))
    return PlaceHit(
        name=name, label=f"{name}, {day.around[commune].label}", place=place, score=found.score + 0.45
    )
