"""Where two streets meet: "ngã tư Trần Hưng Đạo Lý Thường Kiệt", with or without a word between them.

The lists have one point of a street, so that a junction is known to lie in a commune and no nearer: its error
is the radius of a circle as large as that commune.
"""

import re
from itertools import combinations
from math import cos, pi, radians, sqrt
from typing import NamedTuple

from console.domain.area import Outline, metres_between
from console.domain.place import GazetteerKind, Point
from console.domain.places.index import Asked, Day
from console.domain.places.lines import Line, Nearness
from console.domain.text import fold_text

_AT_START = re.compile(
    r"^(?:nga (?:tu|ba|nam|sau|bay|[3-7])|goc(?: duong| pho)?|giao (?:lo|cua|giua)|nut giao(?: thong)?"
    r"|vong xuyen|vong xoay|bung binh|cho giao|doan giao)\b"
)
_BETWEEN = re.compile(r"\s(?:x|giao|cat|gap|va|voi)\s|[×&]")
_JOINING = frozenset(("x", "xa", "giao", "va", "voi", "gap"))
_STREETS = (GazetteerKind.STREET, GazetteerKind.ROAD_KM)
_HEARD, _SHARE, _FAR_M, _LOOKED_AT, _PAIRED = 0.66, 0.15, 3_000.0, 150, 24
_UNKNOWN_M = 2_000
_M_PER_DEGREE = 111_320.0


class Junction(NamedTuple):
    """Two streets of a commune, or of neighbouring ones; the first of the two names the commune."""

    score: float
    one: Line
    other: Line


def asks_for_junction(text: str) -> bool:
    """Whether a text names the meeting of two streets."""
    folded = fold_text(text)
    return bool(_AT_START.match(folded) or _BETWEEN.search(folded))


class _Heard(NamedTuple):
    """A street whose whole name stands in the text, at those words."""

    share: float
    line: Line
    start: int
    end: int


def junctions(day: Day, text: str, near: Nearness) -> list[Junction]:
    """Pairs of streets that the words name, best first, each pair of names once in a commune."""
    typed = tuple(word for word in day.typed(_AT_START.sub("", fold_text(text))) if word not in _JOINING)
    asked = Asked(day, typed)
    best: dict[tuple[str, str, str], Junction] = {}
    for one, other in combinations(_heard(day, asked, near), 2):
        found = _pair(day, asked, one, other, near)
        if found is not None:
            first, second = sorted((found.one.name, found.other.name))
            key = found.one.commune, first, second
            if key not in best or best[key].score < found.score:
                best[key] = found
    return sorted(best.values(), key=lambda one: (-one.score, one.one.name, one.other.name, one.one.commune))


def _heard(day: Day, asked: Asked, near: Nearness) -> list[_Heard]:
    found: dict[tuple[str, int], _Heard] = {}
    for position, _ in asked.best(_LOOKED_AT, near, _STREETS, _SHARE):
        line = day.lines[position]
        for start in range(len(asked.typed) - len(line.said) + 1):
            share = asked.heard_at(line.said, start)
            key = line.key, start
            if share >= _HEARD and (key not in found or found[key].share < share):
                found[key] = _Heard(share, line, start, start + len(line.said))
    most = sorted(found.values(), key=lambda one: -(one.share + day.likelier(one.line.commune, near)))
    return most[: _PAIRED * 2]


def _pair(day: Day, asked: Asked, a: _Heard, b: _Heard, near: Nearness) -> Junction | None:
    one, other = (a, b) if a.start < b.start else (b, a)
    if one.end > other.start or one.line.name == other.line.name:
        return None
    from_one, from_other = one.line.point, other.line.point
    same = one.line.commune == other.line.commune
    if not from_one or not from_other or not (same or metres_between(from_one, from_other) <= _FAR_M):
        return None
    rest = [
        n for n in range(len(asked.typed)) if not (one.start <= n < one.end or other.start <= n < other.end)
    ]
    score = (one.share + other.share) / 2 + (0.1 if same else 0.0) + 0.3 * asked.told(one.line.commune, rest)
    return Junction(score + day.likelier(one.line.commune, near), one.line, other.line)


def radius_m(outline: Outline | None) -> int:
    """Of a circle as large as the commune."""
    if outline is None:
        return _UNKNOWN_M
    square = sum(abs(_area(rings[0])) for rings in outline.polygons)
    return round(sqrt(square / pi))


def _area(ring: tuple[tuple[float, float], ...]) -> float:
    """Square metres inside a ring of degrees."""
    scale = cos(radians(ring[0][1])) * _M_PER_DEGREE * _M_PER_DEGREE
    return (
        scale
        * sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True))
        / 2
    )


def between(one: Point, other: Point) -> Point:
    """The middle of two points."""
    return Point(round((one.lon + other.lon) / 2, 6), round((one.lat + other.lat) / 2, 6))
