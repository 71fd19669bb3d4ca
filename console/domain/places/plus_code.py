"""Plus Codes (Open Location Code), by the published specification: reading full and short ones.

A code names a rectangle. Its first ten digits are five pairs, latitude and longitude in turn, in base 20;
each further digit parts the rectangle into five rows of four. Short codes leave out the first pairs.
https://github.com/google/open-location-code/blob/main/Documentation/Specification/specification.md
"""

import re
from math import cos, hypot, radians
from typing import NamedTuple

from console.domain.place import Point

_DIGITS = "23456789CFGHJMPQRVWX"
_BEFORE, _PAIRED, _MOST = 8, 10, 15
_IN_TEXT = re.compile(
    rf"(?<![\w+])((?:[{_DIGITS}]{{2}}){{1,4}}(?:00){{0,3}}\+(?:[{_DIGITS}]{{2,20}})?)(?![\w+])", re.IGNORECASE
)
_M_PER_DEGREE = 111_320.0


class Cell(NamedTuple):
    """The rectangle of a full code, in degrees."""

    south: float
    west: float
    height: float
    width: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return Point(self.west + self.width / 2, self.south + self.height / 2)

    @property
    def accuracy_m(self) -> int:
        """From the centre to a corner."""
        wide = self.width * cos(radians(self.south))
        return max(1, round(hypot(wide, self.height) / 2 * _M_PER_DEGREE))


def is_full(code: str) -> bool:
    """Whether it says where it is without a place beside it."""
    return code.find("+") == _BEFORE


def find_code(text: str) -> tuple[str, str] | None:
    """The first code in a text and the rest of the text; None where there is none.

    Short codes count from four digits before the plus on: "58+322" is rather a kilometre.
    """
    for found in _IN_TEXT.finditer(text):
        code = found[1].upper()
        before = code.index("+")
        padded = "0" in code
        if before < 4 or (padded and not (is_full(code) and code.endswith("+"))):
            continue
        if before < _BEFORE and (len(code) < before + 3 or code.replace("+", "").isdigit()):
            continue
        if is_full(code) and (_DIGITS.index(code[0]) > 8 or (code[1] != "0" and _DIGITS.index(code[1]) > 17)):
            continue  # beyond the pole or the last meridian
        return code, f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;")
    return None


def cell_of(code: str) -> Cell:
    """The rectangle of a full code."""
    digits = code.upper().replace("+", "").rstrip("0")[:_MOST]
    south, west, height, width = _parted(digits[:_PAIRED], 20.0)
    for digit in digits[_PAIRED:]:
        row, column = divmod(_DIGITS.index(digit), 4)
        height, width = height / 5, width / 4
        south, west = south + row * height, west + column * width
    return Cell(south - 90, west - 180, height, width)


def _parted(digits: str, size: float) -> tuple[float, float, float, float]:
    """South, west, height and width of pairs, the first of which counts in steps of `size` degrees."""
    south = west = 0.0
    for at in range(0, len(digits), 2):
        south += _DIGITS.index(digits[at]) * size
        west += _DIGITS.index(digits[at + 1]) * size
        size /= 20
    return south, west, size * 20, size * 20


def nearest_cell(code: str, to: Point) -> Cell:
    """The rectangle of a short code whose centre lies nearest to `to`."""
    missing = _BEFORE - code.index("+")
    step = 20.0 ** (2 - missing // 2)  # what the last left out pair counts in: the code repeats so often
    cell = cell_of(_DIGITS[0] * missing + code)
    up = round((to.lat - cell.middle.lat) / step) * step
    along = round((to.lon - cell.middle.lon) / step) * step
    south = cell.south + up
    if south < -90:
        south += step
    elif south + cell.height > 90:
        south -= step
    return Cell(south, cell.west + along, cell.height, cell.width)
