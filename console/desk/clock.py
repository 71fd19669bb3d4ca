"""The desk's time: the centre's, carried on by this machine's steady clock, also while it sleeps.

A wrong or jumping wall clock changes nothing after the first contact. The centre's offset is remembered
from run to run; in practice mode, whose world stands still while nobody works, the last known time is.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.desk.steady import steady


def _wall() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Any thread may ask. `offset_s`: centre's time minus this machine's, in seconds."""

    def __init__(
        self,
        offset_s: float = 0.0,
        *,
        starts_at: datetime | None = None,
        wall: Callable[[], datetime] = _wall,
        monotonic: Callable[[], float] = steady,
    ) -> None:
        self._lock = threading.Lock()
        self._wall, self._monotonic = wall, monotonic
        self._base, self._since = wall(), monotonic()
        self._offset = offset_s if starts_at is None else (starts_at - self._base).total_seconds()

    @property
    def offset_s(self) -> float:
        """Centre minus desk; more than 60 s is told to the operator."""
        return self._offset

    def now(self) -> datetime:
        """The centre's time, UTC."""
        with self._lock:
            run = self._monotonic() - self._since
            return self._base + timedelta(seconds=run + self._offset)

    def set_offset(self, seconds: float) -> None:
        """What the last answers of the centre showed, against the wall clock as it stands now."""
        with self._lock:
            self._base, self._since, self._offset = self._wall(), self._monotonic(), seconds
