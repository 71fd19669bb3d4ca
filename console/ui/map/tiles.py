"""The background in squares: painted by one worker, kept as pixmaps, the least used forgotten first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from console.ui.map.courtesy import AFTERWARDS_MS
from console.ui.map.tile_art import Ground, TileKey, paint_tile

KEPT = 256


class TileWorker:
    """Paints what is wanted, the first wanted first. Its thread lives only while there is work."""

    def __init__(self, deliver: Callable[[TileKey, QImage, int], None]) -> None:
        self._deliver = deliver
        self._lock = threading.Lock()
        self._wanted: list[TileKey] = []
        self._ground: Ground | None = None
        self._generation = 0
        self._thread: threading.Thread | None = None

    def want(self, keys: Sequence[TileKey], ground: Ground, generation: int) -> None:
        """Paint these next, and no longer what was wanted before."""
        with self._lock:
            self._wanted = list(keys)
            self._ground, self._generation = ground, generation
            if self._wanted and self._thread is None:
                self._thread = threading.Thread(target=self._work, name="map-tiles", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Want nothing more; returns when the square in hand is done."""
        with self._lock:
            self._wanted = []
            thread = self._thread
        if thread is not None:
            thread.join()

    def _next(self) -> tuple[TileKey, Ground, int] | None:
        with self._lock:
            if not self._wanted or self._ground is None:
                self._thread = None
                return None
            return self._wanted.pop(0), self._ground, self._generation

    def _work(self) -> None:
        while (job := self._next()) is not None:
            key, ground, generation = job
            self._deliver(key, paint_tile(ground, key), generation)


class TileStore(QObject):
    """Squares by key. `arrived` when another one can be shown."""

    arrived = Signal()
    _painted = Signal(object, object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[TileKey, QPixmap] = OrderedDict()
        self._former: dict[TileKey, QPixmap] = {}
        self._ground: Ground | None = None
        self._generation = 0
        self._asked: list[TileKey] = []
        self._quarters: int | None = None  # of what was asked for last
        self._rest = QTimer(self, singleShot=True, interval=AFTERWARDS_MS)
        self._rest.timeout.connect(self._ask)
        worker = TileWorker(self._painted.emit)
        self._worker = worker
        self._painted.connect(self._keep)
        self.destroyed.connect(lambda: worker.stop())

    @property
    def ground(self) -> Ground | None:
        """What the squares are painted from."""
        return self._ground

    def set_ground(self, ground: Ground, meanwhile: bool = False) -> None:
        """Paint anew from this. `meanwhile`: what was painted before is shown until the new one comes."""
        self._ground = ground
        self._generation += 1
        self._former = dict(self._kept) if meanwhile else {}
        self._kept.clear()
        self._asked = []

    def get(self, key: TileKey) -> QPixmap | None:
        """The square, if it is there."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def former(self, key: TileKey) -> QPixmap | None:
        """The square as it was before the last change."""
        return self._former.get(key)

    def others(self, quarters: int) -> list[tuple[TileKey, QPixmap]]:
        """Squares of other zooms, the nearest zoom first, to stand in for what is missing."""
        near = [k for k in self._kept if k.quarters != quarters and abs(k.quarters - quarters) <= 12]
        near.sort(key=lambda k: (abs(k.quarters - quarters), k.quarters))
        return [(k, self._kept[k]) for k in near]

    def want(self, keys: Sequence[TileKey]) -> None:
        """Have these, of one zoom, painted in this order, where they are not here yet. After a zoom, when
        others can stand in, not before a hand rests there."""
        missing = [k for k in keys if k not in self._kept]
        if self._ground is None or missing == self._asked:
            return
        self._asked, before = missing, self._quarters
        self._quarters = keys[0].quarters if keys else before
        if self._quarters != before and self._kept:
            self._worker.want([], self._ground, self._generation)
            self._rest.start()
        elif not self._rest.isActive():
            self._ask()

    def _ask(self) -> None:
        if self._ground is not None:
            self._worker.want(self._asked, self._ground, self._generation)

    def close(self) -> None:
        """Stop painting."""
        self._rest.stop()
        self._worker.stop()

    def _keep(self, key: TileKey, image: QImage, generation: int) -> None:
        if generation != self._generation:
            return
        self._kept[key] = QPixmap.fromImage(image)
        self._former.pop(key, None)
        self._asked = [k for k in self._asked if k != key]
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()
