"""The cases that the map shows: what comes in waits while a hand is at work on the map."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.rows import Points
from console.geo.board import Board

CALM_S = 10.0  # a pointer that rested this long is no longer about to hit anything
BATCH_MS = 500


class Standing(QObject):
    """The board of one map. `changed`: another frame is due; `settled`: what came last is what is seen."""

    changed = Signal()
    settled = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self.board = Board()
        self._pending: tuple[Points, int] | None = None
        self._touched: float | None = None
        self._batch = QTimer(self, singleShot=True, interval=BATCH_MS)
        self._batch.timeout.connect(self._settle)

    def take(self, points: Points, now_ms: int) -> None:
        """All open cases. While the pointer is at work they wait until it leaves or rests."""
        self._pending = (points, now_ms)
        self._settle()

    def update(self, changed: Points, gone: Iterable[str], now_ms: int) -> None:
        """A few changed cases: states change at once, new ones are clustered with the next batch."""
        gone = list(gone)
        if self._pending is not None:
            waiting = Board(self._pending[0], now_ms)
            waiting.update(changed, gone)
            self._pending = (waiting.all_points(), now_ms)
        self.board.now_ms = now_ms
        self.board.update(changed, gone)
        self._batch.start()
        self.changed.emit()

    def tick(self, now_ms: int) -> None:
        """Another minute: pins take the shape of their deadline's state."""
        if self.board.tick(now_ms):
            self.changed.emit()

    def touched(self) -> None:
        """The pointer is at work on the map."""
        self._touched = self._clock()

    def left(self) -> None:
        """The pointer went away: what waits may come."""
        self._touched = None
        if self._pending is not None or self.board.unsorted:
            self._batch.start()

    def stop(self) -> None:
        """Bring in nothing more."""
        self._batch.stop()

    def _calm(self) -> bool:
        """Whether nothing can move under the hand: no pointer at work, or nothing there yet."""
        return self._touched is None or not len(self.board) or self._clock() - self._touched >= CALM_S

    def _settle(self) -> None:
        if not self._calm():
            self._batch.start()
            return
        if self._pending is not None:
            points, now_ms = self._pending
            self._pending = None
            self.board = Board(points, max(now_ms, self.board.now_ms))
        else:
            self.board.settle()
        self.changed.emit()
        self.settled.emit()
