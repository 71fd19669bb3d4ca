"""When a shift begins and ends: an item of reference data."""

from datetime import date
from typing import Annotated

import msgspec

Hour = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ShiftTime(msgspec.Struct, frozen=True, kw_only=True):
    """One shift, "06:00" to "14:00" at the switchboard. Where `ends` is not after `starts`, it ends on the
    next day."""

    code: str
    name: str
    name_en: str
    starts: Hour
    ends: Hour
    valid_from: date
    valid_to: date | None = None
