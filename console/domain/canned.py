"""Canned texts (mẫu câu): what is often written, with fields to fill and short names to type."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec


class CannedUse(StrEnum):
    """The act a text is meant for. `INTAKE` is of the list `phrases` alone: programs that read `canned` only
    would not know it, and refuse the whole list."""

    FORWARD = "forward"
    RETURN = "return"
    EXTEND = "extend"
    REFUSE = "refuse"
    CLOSE = "close"
    INTAKE = "intake"


class CannedText(msgspec.Struct, frozen=True, kw_only=True):
    """`text` may hold the fields of NAMES, as {agency} or {đơn vị}; `short` is typed for it: `/rc `."""

    code: str
    use: CannedUse
    title: str
    text: str
    short: str = ""
    valid_from: date
    valid_to: date | None = None


class RejectReason(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the list of reasons for not accepting a report."""

    code: str
    text: str
    text_en: str
    valid_from: date
    valid_to: date | None = None


SHORT = re.compile(r"(?!.*dd)[b-df-hj-np-tvxz]{2,8}\Z")
"""What a short name may be: consonants alone, neither w nor dd, so that neither Telex nor VNI makes another
letter of it."""
_TYPED = re.compile(r"(?:\A|(?<=\s))/(\w{2,8}) \Z")


def short_typed(before: str) -> str | None:
    """The short name that was just ended by a space: what stands before the cursor ends in `/rc `, at the
    beginning of a word. None: nothing is to be written out."""
    found = _TYPED.search(before)
    return found[1].lower() if found else None


NAMES = {"number": "số", "agency": "đơn vị", "place": "địa điểm", "deadline": "hạn"}
"""The fields of a canned text, each under either name; a wrong name is a field that nothing fills."""
_FIELD = re.compile(r"\{[^\W\d_][\w ]{0,30}\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled; other braces stay."""
    for name, value in values.items():
        for spelling in (name, NAMES.get(name, name)):
            text = text.replace("{" + spelling + "}", value)
    return text


def holes(text: str) -> list[str]:
    """Fields that are still in a text, with their braces: it must not be sent so."""
    return list(dict.fromkeys(_FIELD.findall(text)))
