"""A clock that nobody can set, and that goes on while the machine sleeps.

Python's own monotonic clock stands still in a suspended laptop under Linux; ages and deadlines must not.
"""

import time

_SLEEPLESS: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def steady() -> float:
    """Seconds since some moment in the past; only differences mean anything."""
    return time.monotonic() if _SLEEPLESS is None else time.clock_gettime(_SLEEPLESS)
