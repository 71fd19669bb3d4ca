"""Notices that this machine slept, or that somebody set its clock: whatever was waited for is over then."""

from collections.abc import Callable

from console.desk.steady import steady

JUMP_S = 60.0


class Watch:
    """`wall`: seconds of the clock that can be set; `steady`: of one that cannot, and goes on in a sleep."""

    def __init__(self, wall: Callable[[], float], steady: Callable[[], float] = steady) -> None:
        self._wall, self._steady = wall, steady
        self._at, self._base = steady(), wall() - steady()

    def jumped(self) -> bool:
        """Ask every few seconds: whether more than a minute was skipped since the last time."""
        now = self._steady()
        base = self._wall() - now
        slept, was_set = now - self._at > JUMP_S, abs(base - self._base) > JUMP_S
        self._at, self._base = now, base
        return slept or was_set
