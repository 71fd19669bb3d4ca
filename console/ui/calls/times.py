"""A time of day as people type it: 17:30, 17h30, 1730, 8 giờ; "20p" and "20 phút" from now."""

import re
from datetime import datetime, timedelta

from console.domain.text import fold_text
from console.domain.zone import ZONE

_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|gio|g)?\s*(\d{2})?\Z")
_SPAN = re.compile(r"(\d{1,3})\s*(?:p|ph|phut|')\Z")


def read_time(text: str, now: datetime) -> datetime | None:
    """The next moment that is meant, today or tomorrow; None where it is no time."""
    words = fold_text(text).strip()
    span = _SPAN.match(words)
    if span:
        return now + timedelta(minutes=int(span[1])) if int(span[1]) else None
    clock = _CLOCK.match(words)
    if clock is None:
        return None
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if hour > 23 or minute > 59:
        return None
    here = now.astimezone(ZONE)
    meant = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return meant if meant > here else meant + timedelta(days=1)
