"""Links to maps, as they are copied or shared out of Google Maps and others: the point or the name in them.

Nothing is asked of the network: a short link holds neither, and that is said.
"""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote_plus, urlsplit

from console.domain.place import Point
from console.domain.places.coordinates import read_coordinates

LONGEST = 4_000
MARKED_M, NAMED_BY_LINK_M = 20, 30
"""Likely errors: of a link's marker, of coordinates in its question."""
_LINK = re.compile(r"(?:https?://|(?:www|maps)\.|goo\.gl/|g\.co/|openstreetmap\.)\S+|geo:\S+", re.IGNORECASE)
_SHORT = re.compile(r"(?:maps\.app\.goo\.gl|goo\.gl|g\.co|g\.page|share\.google)$", re.IGNORECASE)
_MARKER = re.compile(r"!3d(-?\d{1,3}\.\d+)!4d(-?\d{1,3}\.\d+)")
_VIEW = re.compile(r"@(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)(?:,(\d+(?:\.\d+)?)(z|m))?")
_HASH = re.compile(r"map=(\d+(?:\.\d+)?)/(-?\d{1,3}\.\d+)/(-?\d{1,3}\.\d+)")
_ASKED = ("q", "query", "ll", "destination", "daddr", "center", "sll")
_IN_PATH = re.compile(r"/(?:place|search|dir)/+([^/@?#]+)")
_LOOSE_VIEW_M = 2_000


class Link(NamedTuple):
    """What a link tells: its point with the likely error, a name, or neither where it is a short one.

    `rest`: the words beside the link.
    """

    point: Point | None
    accuracy_m: int
    name: str
    short: bool
    rest: str


def read_link(text: str) -> Link | None:
    """The first link to a map in a text, also its bare "@17.46,106.62,17z"; None where there is none."""
    text = text[:LONGEST]
    found = _LINK.search(text)
    if found is None:
        seen = _viewed(text)
        if seen is None:
            return None
        return Link(*seen, "", False, _VIEW.sub(" ", text, count=1).strip(" ,"))
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;:\n")
    address = found[0]
    if address.lower().startswith("geo:"):
        point = read_coordinates(address[4:].partition("?")[0].partition(";")[0])
        return Link(point, NAMED_BY_LINK_M, "", False, rest)
    try:
        parts = urlsplit(address if "//" in address else f"https://{address}")
    except ValueError:  # "https://[": no address at all
        return Link(None, 0, "", False, rest)
    point, accuracy, name = _told(parts, unquote_plus(address))
    short = point is None and not name and bool(_SHORT.search(parts.hostname or ""))
    return Link(point, accuracy, name, short, rest)


def _told(parts: SplitResult, plain: str) -> tuple[Point | None, int, str]:
    """Point, error and name. The marker comes first: what stands after @ is the middle of the view only."""
    markers = _MARKER.findall(plain)
    name, pointed = _named(parts)
    if markers:
        lat, lon = markers[-1]
        return _checked(float(lat), float(lon)), MARKED_M, name
    if pointed is not None:
        return pointed, NAMED_BY_LINK_M, name
    seen = _viewed(plain)
    if seen is not None:
        return *seen, name
    placed = _HASH.search(plain)
    if placed is not None:
        point = _checked(float(placed[2]), float(placed[3]))
        return point, _view_m(float(placed[1])), name
    return None, 0, name


def _named(parts: SplitResult) -> tuple[str, Point | None]:
    """A place's name in the link, and coordinates that stand where a name may."""
    asked = parse_qs(parts.query)
    if "mlat" in asked and "mlon" in asked:
        point = read_coordinates(f"{asked['mlat'][0]}, {asked['mlon'][0]}")
        if point is not None:
            return "", point
    said = [asked[key][0] for key in _ASKED if key in asked]
    said += [unquote_plus(part) for part in _IN_PATH.findall(parts.path)]
    points = [point for point in map(read_coordinates, said) if point is not None]
    names = [one for one in said if read_coordinates(one) is None and any(c.isalpha() for c in one)]
    return (names[0] if names else ""), (points[0] if points else None)


def _viewed(text: str) -> tuple[Point | None, int] | None:
    """The middle of the view and how far the meant place may lie from it."""
    seen = _VIEW.search(text)
    if seen is None:
        return None
    point = _checked(float(seen[1]), float(seen[2]))
    if seen[3] is None:
        return point, _LOOSE_VIEW_M
    size = float(seen[3])
    return point, _view_m(size) if seen[4] == "z" else max(MARKED_M, round(size / 4))


def _view_m(zoom: float) -> int:
    """Some 200 pixels of a map at that zoom, at this latitude."""
    return max(MARKED_M, round(149_000 / 2 ** min(zoom, 22) * 200))


def _checked(lat: float, lon: float) -> Point | None:
    return Point(lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None
