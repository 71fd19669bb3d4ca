"""How far this desk's clock is from the centre's, measured on every answer.

The centre stamps its answers; half the round trip is taken as the way back. Of the last answers the one
with the shortest trip is believed (as NTP does). A step of the desk's own clock is noticed by comparing it
with the monotonic clock, and throws older measurements away.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from console.desk.steady import steady

KEPT = 8
STEP_S = 0.5  # a wall clock that moved by more than this against the monotonic one was set by somebody


class _Sample(NamedTuple):
    offset_s: float
    trip_s: float
    base: float  # wall - monotonic when it was taken


class ClockOffset:
    """centre - desk, in seconds. Thread-safe."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._wall, self._steady = wall, steady
        self._lock = threading.Lock()
        self._samples: deque[_Sample] = deque(maxlen=KEPT)

    def wall(self) -> float:
        """This machine's own idea of the time, in seconds since 1970."""
        return self._wall()

    def started(self) -> float:
        """Mark the moment before a request, for `answered`."""
        return self._steady()

    def answered(self, started: float, server_time: datetime) -> None:
        """Take the centre's time out of an answer to the request begun at `started`."""
        now, wall = self._steady(), self._wall()
        trip = now - started
        base = wall - now
        offset = server_time.timestamp() - (wall - trip / 2)
        with self._lock:
            kept = [s for s in self._samples if abs(s.base - base) < STEP_S]
            self._samples = deque([*kept, _Sample(offset, trip, base)], maxlen=KEPT)

    @property
    def seconds(self) -> float | None:
        """The offset believed now; None before the first answer."""
        with self._lock:
            best = min(self._samples, key=lambda s: s.trip_s, default=None)
        return best.offset_s if best else None
