"""Coordinates as people type or paste them into the place box."""

import re

from console.domain.place import Point

_PAIR = re.compile(r"^\s*(-?\d{1,3}[.,]\d{2,})\s*[,;\s]\s*(-?\d{1,3}[.,]\d{2,})\s*$")
_MARKS = re.compile(r"[°NEBĐ]", re.IGNORECASE)


def read_coordinates(text: str) -> Point | None:
    """Reads "17.48,106.61", "17,48; 106,61" or longitude first; None when it is no pair of degrees.

    Latitude is the number that can be one: no place of this country has a longitude under 90 degrees.
    """
    found = _PAIR.match(_MARKS.sub("", text))
    if found is None:
        return None
    first, second = (float(part.replace(",", ".")) for part in found.groups())
    lat, lon = (second, first) if abs(first) > 90 else (first, second)
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    return Point(lon, lat)
