"""Rows above and below those in sight are painted before anybody turns to them, a row at a time, in turns
that nobody feels: a whole screen of rows takes longer than a frame."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from console.ui.queue.cell_cache import KEPT

EVERY_MS = 3  # between two rows, each of which takes one: keys and painting come first


class PaintingAhead(QObject):
    """`paint(row)` is called for each. `begin` again whenever something else is seen."""

    def __init__(self, paint: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._paint = paint
        self._left: list[int] = []  # the next one last
        self._first, self._down = 0, True
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._next)

    @property
    def waits(self) -> bool:
        """Whether some are still to be painted."""
        return self._timer.isActive()

    def begin(self, first: int, last: int, count: int, columns: int) -> None:
        """These rows of `count` are in sight, in so many columns: a screen of them on either side is next, as
        far as all are kept; first the side that one moves to."""
        self._down = first > self._first or (first == self._first and self._down)
        self._first, seen = first, last - first + 1
        far = min(seen, (KEPT // max(1, columns) - seen) // 2)
        below = [row for row in range(last + 1, last + 1 + far) if row < count]
        above = [row for row in range(first - 1, first - 1 - far, -1) if row >= 0]
        self._left = [*below, *above][::-1] if self._down else [*above, *below][::-1]
        if self._left:
            self._timer.start()

    def _next(self) -> None:
        if self._left:
            self._paint(self._left.pop())
        if not self._left:
            self._timer.stop()
