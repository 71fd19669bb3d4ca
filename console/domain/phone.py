"""Phone numbers: every Vietnamese spelling read into one (E.164), shown, and masked.

The number plan (`phonenumbers`) is imported where it is first asked: the start does without it.
"""

import re
from functools import lru_cache

REGION = "VN"
LONGEST = 40
"""No spelling of a phone number is longer; anything longer is not looked at."""

OLD_PREFIXES = {
    # Eleven-digit mobile numbers became ten-digit ones between 15 September and 14 November 2018
    # (Ministry of Information and Communications, decision 798/QĐ-BTTTT). Without the leading 0.
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "162": "32",
    "163": "33",
    "164": "34",
    "165": "35",
    "166": "36",
    "167": "37",
    "168": "38",
    "169": "39",
    "186": "56",
    "188": "58",
    "199": "59",
}

_E164 = re.compile(r"\+[1-9]\d{7,14}\Z", re.ASCII)
_OLD = re.compile(r"(1[2689]\d)(\d{7})\Z", re.ASCII)
_SHAPE = re.compile(r"[\d+().\-\u2010-\u2015/\s\u00a0]+\Z")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")


def _national(text: str) -> str | None:
    """Digits without country code and leading 0 of a Vietnamese spelling; None for another country's."""
    plus = text.lstrip().startswith("+")
    digits = "".join(str(int(c)) for c in text if c.isdecimal())
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if plus:
        return digits[2:].lstrip("0") if digits.startswith("84") else None
    if digits.startswith("84") and len(digits) >= 11:
        return digits[2:].lstrip("0")
    return digits.lstrip("0") if digits.startswith("0") or len(digits) in (9, 10) else ""


@lru_cache(maxsize=8192)
def _read(text: str) -> str | None:
    import phonenumbers

    national = _national(text)
    if national == "":
        return None
    if national is not None:
        old = _OLD.match(national)
        if old and old[1] in OLD_PREFIXES:
            national = OLD_PREFIXES[old[1]] + old[2]
    spelled = text if national is None else f"+84{national}"
    try:
        number = phonenumbers.parse(spelled, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def parse_phone(text: str) -> str | None:
    """E.164 ("+84912345678") of any spelling (+84, 84, 0084, 0, spaces, dots, old prefixes) or None."""
    text = _TRUNK_ZERO.sub("", text.strip()) if len(text) <= LONGEST else ""
    return _read(text) if text and _SHAPE.match(text) else None


def is_e164(text: str) -> bool:
    """Whether it has the form in which phones are kept. Cheap: the number plan is `parse_phone`'s to ask."""
    return bool(_E164.match(text))


def show_phone(e164: str) -> str:
    """As people here write it: "0912 345 678"; other countries' in their international form."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    if number.country_code != 84:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = f"0{number.national_number}"
    if len(digits) == 10:
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def mask_phone(e164: str) -> str:
    """ "09xx xxx 123": the first two and the last three digits; "" where there is none."""
    if not e164:
        return ""
    digits = "0" + e164[3:] if e164.startswith("+84") else e164.lstrip("+")
    if len(digits) < 8:
        return "x" * len(digits)
    hidden = digits[:2] + "x" * (len(digits) - 5) + digits[-3:]
    return f"{hidden[:4]} {hidden[4:-3]} {hidden[-3:]}"


def mask_name(name: str) -> str:
    """ "N. V. An": the given name (last word) with the initials before it; "" where there is none."""
    parts = name.split()
    if len(parts) < 2:
        return f"{parts[0][0]}." if parts else ""
    return " ".join([*(f"{part[0].upper()}." for part in parts[:-1]), parts[-1]])
