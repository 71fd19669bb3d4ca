"""Canned texts (mẫu câu): what is often written, with fields to fill."""

from datetime import date
from enum import StrEnum

import msgspec


class CannedUse(StrEnum):
    """The act a text is meant for."""

    FORWARD = "forward"
    RETURN = "return"
    EXTEND = "extend"
    REFUSE = "refuse"
    CLOSE = "close"


class CannedText(msgspec.Struct, frozen=True, kw_only=True):
    """`text` may hold the fields {number}, {agency}, {place}, {deadline}."""

    code: str
    use: CannedUse
    title: str
    text: str
    valid_from: date
    valid_to: date | None = None


class RejectReason(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the list of reasons for not accepting a report."""

    code: str
    text: str
    text_en: str
    valid_from: date
    valid_to: date | None = None
