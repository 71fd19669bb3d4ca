"""Which shift it is by the clock: three of eight hours, as switchboards here work."""

from datetime import datetime

from console.ui.parts.time_text import local

SHIFTS = (("morning", 6, 14), ("afternoon", 14, 22), ("night", 22, 6))  # name, from, to (hours, local)


def shift_at(now: datetime) -> tuple[str, int, int]:
    """The shift that runs at `now` (any zone)."""
    hour = local(now).hour
    for name, start, end in SHIFTS:
        if start <= hour < end:
            return name, start, end
    return SHIFTS[-1]
