"""How much of a frame may go into rows that were never painted before, while somebody drags the bar.

A pane of such rows takes three frames. As many are painted as a frame has room for; the others are
grey as those that are still being read, and follow with the next frames.
"""

import time
from collections.abc import Callable

BUDGET_S = 0.006
DRAGGED_S = 0.3  # so long after a jump; then all that is seen is painted at once, as ever


class FrameBudget:
    """`begin` and `end` a frame; in between each row asks."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._dragged_until = -1.0
        self._until: float | None = None  # of this frame; None: there is no limit
        self._granted = self._left_out = -1

    def jumped(self) -> None:
        """The list was moved to where nobody was."""
        self._dragged_until = self._clock() + DRAGGED_S

    def begin(self) -> None:
        """A frame."""
        now = self._clock()
        self._until = now + BUDGET_S if now < self._dragged_until else None
        self._granted = self._left_out = -1

    @property
    def limited(self) -> bool:
        """Whether rows of this frame must ask."""
        return self._until is not None

    @property
    def whole(self) -> bool:
        """Whether the last frame left no row out."""
        return self._left_out < 0

    def allows(self, row: int) -> bool:
        """Whether it may be painted now: all cells of a row, and one row at least in each frame."""
        if self._until is None or row == self._granted:
            return True
        if self._granted < 0 or self._clock() < self._until:
            self._granted = row
            return True
        if self._left_out < 0:
            self._left_out = row
        return False

    def end(self) -> int:
        """The first row that was left out; -1: none was."""
        self._until = None
        return self._left_out
