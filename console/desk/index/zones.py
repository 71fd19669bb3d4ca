"""Which stretches of a column can hold times of a span: the least and the greatest of each 4,096 places.

Cases lie about in the order in which they came, newest first of a first fill and newest last of what
followed. So a month is in few stretches, and the rest of a million need not be looked at.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BITS = 12
RUNS_MOST = 64
"""Of more stretches than that nobody is faster than of the whole column."""
_GREATEST = np.iinfo(np.int64).max


class Zones:
    """They only ever widen: a case that goes or changes leaves its time in them, which costs a look and no
    case."""

    def __init__(self) -> None:
        self._least, self._most = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def widen(self, slots: NDArray[np.int32], times: NDArray[np.int64]) -> None:
        """These places hold these times now; `slots` rising, not empty."""
        zones = slots >> BITS
        missing = int(zones[-1]) + 1 - len(self._least)
        if missing > 0:
            self._least = np.append(self._least, np.full(missing, _GREATEST))
            self._most = np.append(self._most, np.full(missing, -1))
        np.minimum.at(self._least, zones, times)
        np.maximum.at(self._most, zones, times)

    def stretches(self, begin: int, end: int) -> list[tuple[int, int]] | None:
        """Spans of places outside of which no time lies in [begin, end); None: too many, look at all."""
        can = np.concatenate([[False], (self._most >= begin) & (self._least < end), [False]])
        edges = np.flatnonzero(can[1:] != can[:-1])
        if len(edges) > 2 * RUNS_MOST:
            return None
        return list(_pairs((edges << BITS).tolist()))


def _pairs(edges: list[int]) -> Iterator[tuple[int, int]]:
    return zip(edges[::2], edges[1::2], strict=True)
