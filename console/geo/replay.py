"""The cases of a period at any of its moments: who stood open then, how late. Steps cost what they change."""

import numpy as np
from numpy.typing import NDArray

from console.desk.rows import Points
from console.desk.spots import Spots
from console.geo.board import Board
from console.geo.case_names import CaseNames
from console.geo.lasso import Mask
from console.geo.mercator import Window
from console.geo.states import ABOUT_HERE, GONE, pin_states

Ints = NDArray[np.int64]


class Replay(Board):
    """A board of nameless cases that goes to and fro in time. Times are milliseconds UTC.

    A case stands from its entry until before its end. Its deadline is the one that is known now; whether it
    was new or resting at a moment is not known any more, so it is neither.
    """

    def __init__(self, spots: Spots, from_ms: int, until_ms: int) -> None:
        self._entered, self._closed = spots.entered_ms, spots.closed_ms
        self._times, self._rows = _events(spots, from_ms, until_ms)
        names = CaseNames(np.zeros(len(spots), dtype="S1"))
        flags = spots.flags & np.int8(ABOUT_HERE)
        super().__init__(Points(names, spots.lon, spots.lat, spots.due_ms, spots.near_ms, flags), from_ms)
        self._stand(np.arange(len(spots)))
        self._standing = int(np.count_nonzero(self.states >= 0))

    def __len__(self) -> int:
        return self._standing

    def go(self, at_ms: int) -> bool:
        """To another moment, forward or back; True when something looks different there."""
        first, last = np.searchsorted(self._times, sorted((self.now_ms, at_ms)), side="right")
        rows = np.unique(self._rows[first:last])
        self.now_ms = at_ms
        before = self.states[rows]
        self._stand(rows)
        after = self.states[rows]
        self._standing += int(np.count_nonzero(after >= 0)) - int(np.count_nonzero(before >= 0))
        return not np.array_equal(before, after)

    def caught(self, mask: Mask, window: Window) -> list[str]:
        """Nothing can be chosen of another time."""
        return []

    def step(self, case: str | None, by: int) -> str | None:
        """Nothing can be selected either."""
        return None

    def _stand(self, rows: Ints) -> None:
        fresh = pin_states(self.due_ms[rows], self.near_ms[rows], self.flags[rows], self.now_ms)
        there = (self._entered[rows] <= self.now_ms) & (self.now_ms < self._closed[rows])
        fresh[~there] = GONE
        self.states[rows] = fresh
        self.index.change(rows, fresh)


def _events(spots: Spots, from_ms: int, until_ms: int) -> tuple[Ints, Ints]:
    """When something happens within the period, and to which row, in order of time."""
    kinds = (spots.entered_ms, spots.near_ms, spots.due_ms, spots.closed_ms)
    found = [np.flatnonzero((kind > from_ms) & (kind <= until_ms)) for kind in kinds]
    times = np.concatenate([kind[at] for kind, at in zip(kinds, found, strict=True)])
    order = np.argsort(times, kind="stable")
    return times[order], np.concatenate(found)[order]
