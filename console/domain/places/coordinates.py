"""Coordinates as people type, read out and paste them."""

import re

from console.domain.place import Point
from console.domain.text import fold_text

LONGEST = 120
"""Characters of the longest pair of coordinates that is looked at."""
_SAME = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "″": '"', "”": '"', "“": '"', "º": "°", "˚": "°"}
)
_LAT, _LON = r"vi do|vi tuyen|latitude|lat", r"kinh do|kinh tuyen|longitude|long|lng|lon"
_SIDES = {"n": 1, "b": 1, "bac": 1, "s": -1, "nam": -1, "e": 1, "d": 1, "dong": 1, "w": -1, "tay": -1}
_UPRIGHT = frozenset(("n", "b", "bac", "s", "nam"))
_AROUND = re.compile(r"^(?:(?:toa do|gps|vi tri|diem|loc|geo)\b[\s:=]*)*[(\[]?|[)\]]?[\s.;]*$")
_NUMBER = r"-?\d{1,3}(?:[.,]\d{1,15})?"


def _angle(n: int) -> str:
    """One angle; groups named with `n`: axis, side before, degrees, minutes, seconds, side after."""
    side = "bac|dong|nam|tay|[nsewbd]"
    return (
        rf"(?:(?P<a{n}>{_LAT}|{_LON})[\s:=]*)?(?:(?P<f{n}>{side})\s*)?"
        rf"(?P<d{n}>{_NUMBER})\s*(?P<o{n}>°|do\b)?"
        rf"(?:\s*(?P<m{n}>\d{{1,2}}(?:[.,]\d+)?)\s*(?:'|phut\b)?(?:\s*(?P<s{n}>\d{{1,2}}(?:[.,]\d+)?)\s*"
        rf"(?:\"|''|giay\b)?)?)?\s*(?P<g{n}>(?:{side})(?![a-z]))?"
    )


_PAIR = re.compile(rf"(?P<first>{_NUMBER})(?:\s*[,;/|]\s*|\s+)(?P<second>{_NUMBER})")
_ANGLES = re.compile(rf"{_angle(1)}(?:\s*[,;/|]\s*|\s+|(?<=[nsewbd])){_angle(2)}")


def read_coordinates(text: str) -> Point | None:
    """A pair of degrees in any usual spelling, longitude first too; None where it is none.

    "17.48,106.61", "17,48; 106,61", "17°28'48"N 106°36'36"E", "vĩ độ 17.48 kinh độ 106.61". Where nothing
    says which is which, latitude is the one that can be: no longitude of this country is under 90 degrees.
    """
    if len(text) > LONGEST or not any(c.isdigit() for c in text):
        return None
    plain = _AROUND.sub("", fold_text(text).translate(_SAME)).strip()
    pair = _PAIR.fullmatch(plain)
    if pair is not None:
        numbers = pair["first"], pair["second"]
        # two whole numbers, or one decimal place, are rather a house and something else
        if any(len(n.partition("," if "," in n else ".")[2]) < 2 for n in numbers):
            return None
        return _point(_number(numbers[0]), _number(numbers[1]), None)
    found = _ANGLES.fullmatch(plain)
    return _of_angles(found) if found is not None else None


def _of_angles(found: re.Match[str]) -> Point | None:
    values, uprights = list[float](), list[bool | None]()
    for n in "12":
        value, upright = _one(found, n)
        if value is None:
            return None
        values.append(value)
        uprights.append(upright)
    first, second = uprights
    if first is not None and first == second:
        return None
    first_is_lat = first if first is not None else (not second if second is not None else None)
    return _point(values[0], values[1], first_is_lat)


def _one(found: re.Match[str], n: str) -> tuple[float | None, bool | None]:
    """Degrees, and whether they are a latitude: None where nothing says so."""
    side, axis = found["f" + n] or found["g" + n], found["a" + n]
    fraction = re.search(r"[.,]\d{2,}", found["d" + n])
    if not (side or axis or found["o" + n]) and not fraction:
        return None, None  # numbers without any mark: a house number, a date
    minutes, seconds = _number(found["m" + n] or "0"), _number(found["s" + n] or "0")
    if minutes >= 60 or seconds >= 60 or (fraction and found["m" + n]):
        return None, None
    degrees = _number(found["d" + n])
    value = (abs(degrees) + minutes / 60 + seconds / 3600) * (-1 if found["d" + n].startswith("-") else 1)
    upright = side in _UPRIGHT if side else (bool(re.fullmatch(_LAT, axis)) if axis else None)
    return value * (_SIDES[side] if side else 1), upright


def _point(first: float, second: float, first_is_lat: bool | None) -> Point | None:
    if first_is_lat is None:
        first_is_lat = abs(first) <= 90
    lat, lon = (first, second) if first_is_lat else (second, first)
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    return Point(lon, lat)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
