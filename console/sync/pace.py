"""How long to wait: full jitter, so that two hundred desks do not come back in one second."""

import random
from collections.abc import Callable

import msgspec

Jitter = Callable[[float, float], float]


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """All in seconds. `patience` counts failures of one command while others go through."""

    first: float = 1.0
    most: float = 10.0  # so a fleet that was cut off is back within it
    poll: float = 5.0  # without the stream
    poll_with_stream: float = 30.0
    gather: float = 0.1  # hints that come within it are answered by one pull
    tick: float = 5.0  # how soon a sleep of this machine is noticed
    reference: float = 300.0
    views: float = 30.0
    patience: int = 5
    long_patience: int = 20  # while nothing goes through: the fault may well be the centre's


class Backoff:
    """Full jitter: anything between nothing and a limit that doubles with every failure."""

    def __init__(self, pace: Pace, jitter: Jitter = random.uniform) -> None:
        self._pace, self._jitter = pace, jitter
        self.failures = 0

    def calm(self) -> None:
        """It worked."""
        self.failures = 0

    def failed(self) -> float:
        """Seconds to wait after one more failure."""
        self.failures += 1
        return self.after(self.failures)

    def after(self, failures: int) -> float:
        """Seconds to wait after that many failures."""
        limit = min(self._pace.most, self._pace.first * 2 ** min(failures - 1, 20))
        return self._jitter(0.0, limit)

    def asked(self, seconds: float | None) -> float:
        """The centre asked for patience: all of it, and a share of jitter on top."""
        self.failures += 1
        return self.after(self.failures) if seconds is None else seconds + self._jitter(0.0, self._pace.first)
