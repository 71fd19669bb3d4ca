"""How long closed reports stay on a workstation: a window that an administrator sets as reference data."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from console.domain.zone import ZONE, local_day

SHORTEST, USUAL, LONGEST = 3, 24, 120  # months
USUAL_NOTES = 12  # months


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """Open reports stay always, closed ones for `closed_months` months after the month in which they were
    closed. The centre keeps all of them. Notes on a number go everywhere, `note_months` after its last
    call."""

    code: str = "workstation"
    closed_months: Annotated[int, msgspec.Meta(ge=SHORTEST, le=LONGEST)]
    note_months: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] = USUAL_NOTES
    valid_from: date
    valid_to: date | None = None


def kept_from(now: datetime, months: int) -> datetime:
    """Closed before this moment: no longer inside the window. The beginning of a month, so that all desks
    name the same one to the centre."""
    today = local_day(now)
    whole = today.year * 12 + today.month - 1 - months
    return datetime(whole // 12, whole % 12 + 1, 1, tzinfo=ZONE)
