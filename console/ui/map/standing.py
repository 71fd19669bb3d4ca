"""The cases that the map shows: what comes in waits while a hand is at work on the map.

Few cases are sorted at once; many by a worker, while the map goes on showing what it has.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.rows import Points
from console.geo.board import Board
from console.geo.clusters import ClusterIndex, Level
from console.ui.map.courtesy import AFTERWARDS_MS
from console.ui.map.preparing import Preparer
from console.ui.map.tile_art import QUARTERS

CALM_S = 10.0  # a pointer that rested this long is no longer about to hit anything
BATCH_MS = 500
AT_ONCE = 20_000  # cases that are sorted within a frame
REST = 6  # a sorting that took long is followed by a rest this many times as long
AHEAD = (2, -2, 1, -1, 4, -4)  # quarters of a zoom to what a key or a notch may ask for next
AHEAD_CELLS = 150_000  # finer levels than this are not prepared unasked

Zoom = Callable[[], float]


class Standing(QObject):
    """The board of one map. `changed`: another frame is due; `settled`: what came last is what is seen.

    `zoom`: where the map looks now; its level is ready before a board is shown.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, parent: QObject, zoom: Zoom, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock, self._zoom = clock, zoom
        self.board = Board()
        self._replayed: Board | None = None
        self._pending: tuple[Points, int] | None = None
        self._made: Board | None = None  # waits until it may be shown
        self._sorting: object | None = None  # which making is under way
        self._since: list[tuple[Points, list[str]]] = []  # what the next board has not heard
        self._touched: float | None = None
        self._took_ms = 0.0
        self._batch = QTimer(self, singleShot=True, interval=BATCH_MS)
        self._batch.timeout.connect(self._settle)
        self._preparer = Preparer(self)
        self._rest = QTimer(self, singleShot=True, interval=AFTERWARDS_MS)
        self._rest.timeout.connect(self._prepare)
        self._looked: float | None = None

    @property
    def shown(self) -> Board:
        """What is seen: the cases of now, or those of another time."""
        return self.board if self._replayed is None else self._replayed

    def replay(self, board: Board | None) -> None:
        """Show a board of another time; None: the present again, with all that came meanwhile."""
        self._replayed = board
        self._looked = None
        self.changed.emit()
        if board is None:
            self.settled.emit()

    # -- what comes in ------------------------------------------------------------------------------

    def take(self, points: Points, now_ms: int) -> None:
        """All open cases. While the pointer is at work they wait until it leaves or rests."""
        self._pending = (points, now_ms)
        self._since.clear()
        self._made = self._sorting = None
        self._settle()

    def update(self, changed: Points, gone: Iterable[str], now_ms: int) -> None:
        """A few changed cases: states change at once, new ones are clustered with the next batch."""
        told = list(gone)
        if self._pending is not None or self._sorting is not None or self._made is not None:
            self._since.append((changed, told))
        self.board.tick(now_ms)
        self.board.update(changed, told)
        self._start_batch()
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
        if self._pending is not None or self._made is not None or self.board.unsorted:
            self._start_batch()

    def stop(self) -> None:
        """Bring in nothing more."""
        self._batch.stop()
        self._rest.stop()
        self._preparer.stop()

    def _start_batch(self) -> None:
        if not self._batch.isActive():
            self._batch.start(max(BATCH_MS, round(REST * self._took_ms)))

    def _calm(self) -> bool:
        """Whether nothing can move under the hand: no pointer at work, or nothing there yet."""
        return self._touched is None or not len(self.board) or self._clock() - self._touched >= CALM_S

    # -- another board ------------------------------------------------------------------------------

    def _settle(self) -> None:
        if not self._calm():
            self._start_batch()
        elif self._made is not None:
            self._show(self._made)
        elif self._pending is not None:
            points, now_ms = self._pending
            self._pending = None
            self._make(lambda: Board(points, max(now_ms, self.board.now_ms)), len(points))
        elif self._sorting is None:
            self._make(self.board.settling() if self.board.unsorted else None, len(self.board))

    def _make(self, make: Callable[[], Board] | None, count: int) -> None:
        if make is None:
            self._show(self.board)
        elif count <= AT_ONCE:
            self._show(make())
        else:
            token = self._sorting = object()
            self._preparer.ask(
                "board", partial(_prepared, make, self._zoom()), partial(self._take_made, token)
            )

    def _take_made(self, token: object, found: tuple[Board, float]) -> None:
        if token is not self._sorting:
            return
        self._sorting = None
        self._made, self._took_ms = found
        self._settle()

    def _show(self, board: Board) -> None:
        if board is not self.board:
            board.tick(max(self.board.now_ms, board.now_ms))
            for changed, gone in self._since:
                board.update(changed, gone)
            self.board = board
        self._since.clear()
        self._made = None
        self._looked = None
        if board.unsorted:
            self._start_batch()
        self.changed.emit()
        if self._replayed is None:
            self.settled.emit()

    # -- levels -------------------------------------------------------------------------------------

    def level(self, zoom: float) -> Level:
        """The bubbles to show at a zoom: its own, or the nearest ones until those are there."""
        index = self.shown.index
        if len(index) <= AT_ONCE:
            return index.level(zoom)
        if zoom != self._looked:
            self._looked = zoom
            self._preparer.forget("level")
            self._preparer.forget("ahead")
            self._rest.start()
        return index.kept(zoom) or index.nearest(zoom) or index.level(0.0)

    def _prepare(self) -> None:
        """The hand rests at a zoom: its level, then those that come next."""
        index, zoom = self.shown.index, self._zoom()
        if len(index) <= AT_ONCE:
            return
        if index.kept(zoom) is None:
            self._build("level", index, zoom)
        else:
            self._look_ahead()

    def _build(self, name: str, index: ClusterIndex, zoom: float) -> None:
        states = index.states_now()

        def take(level: Level) -> None:
            if index is self.shown.index:
                index.keep(level, states)
                self._look_ahead()
                if name == "level":
                    self.changed.emit()

        self._preparer.ask(name, lambda: index.build(zoom, states), take)

    def _look_ahead(self) -> None:
        """Prepare one more of the levels that the next key may ask for."""
        index, zoom = self.shown.index, self._zoom()
        here = index.kept(zoom)
        if here is None:
            return
        if not index.room_for(len(here.owner)):
            return
        for quarters in AHEAD:
            there = zoom + quarters / QUARTERS
            if index.kept(there) is None and (there < zoom or len(here.owner) < AHEAD_CELLS):
                self._build("ahead", index, there)
                return


def _prepared(make: Callable[[], Board], zoom: float) -> tuple[Board, float]:
    """A board with the level that is looked at, and the milliseconds that it took."""
    began = time.monotonic()
    board = make()
    board.level(zoom)
    return board, (time.monotonic() - began) * 1000
