"""Case numbers, `YYMM-SSNNN-C`: month, station, the station's counter in that month, Damm check digit."""

import re
from enum import StrEnum

import msgspec

# Damm's quasigroup of order 10 (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004): it finds every
# wrong digit and every pair of neighbours exchanged.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_SPOKEN = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015/]+")
_DIGITS = re.compile(r"(\d\d)(\d\d)(\d\d)(\d{3,6})(\d)\Z", re.ASCII)
COUNTER_MAX = 999_999


class BadNumber(StrEnum):
    """Why a text is no case number."""

    EMPTY = "empty"
    SHAPE = "shape"  # not made of the right digits
    MONTH = "month"  # there is no such month
    CHECK = "check"  # a digit is wrong or two are exchanged


class CaseNumber(msgspec.Struct, frozen=True):
    """The parts of a valid number. `month` is "YYMM", `station` two digits."""

    month: str
    station: str
    counter: int
    check: int

    def __str__(self) -> str:
        return f"{self.month}-{self.station}{self.counter:03d}-{self.check}"


def damm(digits: str) -> int:
    """The check digit of a run of digits; 0 for a run that already ends in its own."""
    row = 0
    for digit in digits:
        row = _DAMM[row][int(digit)]
    return row


def make_number(month: str, station: str, counter: int) -> str:
    """The number of a station's `counter`-th report of the month "YYMM". Raises ValueError on a bad part."""
    if not 1 <= counter <= COUNTER_MAX or not re.fullmatch(r"\d\d(0[1-9]|1[0-2])", month, re.ASCII):
        raise ValueError("no such month or counter")
    if not re.fullmatch(r"\d\d", station, re.ASCII):
        raise ValueError("a station has two digits")
    digits = f"{month}{station}{counter:03d}"
    return f"{digits[:4]}-{digits[4:]}-{damm(digits)}"


def parse_number(text: str) -> CaseNumber | BadNumber:
    """Reads a number as printed, spaced or as bare digits from a keypad; or says what is wrong with it."""
    digits = _SEPARATORS.sub("", text[:40])
    if not digits:
        return BadNumber.EMPTY
    parts = _DIGITS.match(digits)
    if parts is None or (len(parts[4]) > 3 and parts[4][0] == "0") or int(parts[4]) == 0:
        return BadNumber.SHAPE
    if not 1 <= int(parts[2]) <= 12:
        return BadNumber.MONTH
    if damm(digits) != 0:
        return BadNumber.CHECK
    return CaseNumber(parts[1] + parts[2], parts[3], int(parts[4]), int(parts[5]))


def spoken_number(number: str) -> str:
    """As it is read to the caller: "hai ba một một – không ba, bốn tám năm – ba"."""
    month, middle, check = number.split("-")
    station, counter = middle[:2], middle[2:]
    return f"{_say(month)} – {_say(station)}, {_say(counter)} – {_say(check)}"


def _say(digits: str) -> str:
    return " ".join(_SPOKEN[int(digit)] for digit in digits)
