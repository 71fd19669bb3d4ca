"""Pictures as the ground of the map: fetched and decoded by workers, blitted, never waited for."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from console.geo.faults import MapFileFault
from console.geo.mercator import TILE_PX, Window, point_to_world
from console.ui.theme import Theme

KEPT = 320
MOST_AT_ONCE = 96  # squares of one frame; below the source's least zoom there may be more: then none
ANCESTORS = 5  # levels up to which a coarser square stands in
DARKER = 0.45  # of the dark theme's ground over the pictures


class PictureSource(Protocol):
    """Where pictures come from. `tile` is called by `hands` threads, `close` when none is left.

    `bounds`: west, south, east, north in degrees beyond which there is nothing, None: not known.
    `trouble`: "" or a word with a sentence (`layers.trouble.WORD`).
    """

    @property
    def minzoom(self) -> int: ...
    @property
    def maxzoom(self) -> int: ...
    @property
    def tile_px(self) -> int: ...
    @property
    def bounds(self) -> tuple[float, float, float, float] | None: ...
    @property
    def hands(self) -> int: ...
    @property
    def trouble(self) -> str: ...
    def tile(self, zoom: int, column: int, row: int) -> bytes | None: ...
    def close(self) -> None: ...


class Square(NamedTuple):
    """A tile by zoom, column and row from the north."""

    zoom: int
    column: int
    row: int


Deliver = Callable[[Square, QImage, str], None]
Fail = Callable[[MapFileFault], None]


class _Workers:
    """The threads of one source; they live while there is work. The last one out closes what was stopped."""

    def __init__(self, source: PictureSource, deliver: Deliver, fail: Fail) -> None:
        self._source, self._deliver, self._fail = source, deliver, fail
        self._lock = threading.Lock()
        self._wanted: list[Square] = []
        self._threads: set[threading.Thread] = set()
        self._stopped = False

    def want(self, squares: Sequence[Square]) -> None:
        """Have these next, in this order, and no longer what was wanted before."""
        with self._lock:
            if self._stopped:
                return
            self._wanted = list(squares)
            while len(self._threads) < min(self._source.hands, len(self._wanted)):
                thread = threading.Thread(target=self._work, name="map-pictures", daemon=True)
                self._threads.add(thread)
                thread.start()

    def stop(self) -> None:
        """Want nothing more; does not wait."""
        with self._lock:
            self._stopped, self._wanted = True, []
            if self._threads:
                return
        self._source.close()

    def join(self) -> None:
        """Wait until nothing runs any more."""
        for thread in tuple(self._threads):
            thread.join()

    def _next(self) -> Square | None:
        with self._lock:
            if self._wanted:
                return self._wanted.pop(0)
            self._threads.discard(threading.current_thread())
            last = self._stopped and not self._threads
        if last:
            self._source.close()
        return None

    def _work(self) -> None:
        while (square := self._next()) is not None:
            try:
                image = self._picture(square)
            except MapFileFault as fault:
                self._fail(fault)
                image = QImage()
            self._deliver(square, image, self._source.trouble)

    def _picture(self, square: Square) -> QImage:
        data = self._source.tile(*square)
        image = QImage.fromData(data) if data is not None else QImage()
        return image.convertToFormat(QImage.Format.Format_RGB32) if not image.isNull() else image


def _within(window: Window, source: PictureSource) -> tuple[float, float, float, float]:
    """World box of the window, as far as the source has pictures."""
    west, north, east, south = window.bounds()
    if source.bounds is None:
        return west, north, east, south
    left, bottom = point_to_world(source.bounds[0], source.bounds[1])
    right, top = point_to_world(source.bounds[2], source.bounds[3])
    return max(west, left), max(north, top), min(east, right), min(south, bottom)


class RasterLayer(QObject):
    """`changed`: paint again; `failed(MapFileFault)`: the file is damaged; `troubled(word)`: "" when over."""

    changed = Signal()
    failed = Signal(object)
    troubled = Signal(str)
    _came = Signal(object, object, str, int)
    _broke = Signal(object, int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._source: PictureSource | None = None
        self._workers: _Workers | None = None
        self._past: list[_Workers] = []
        self._number = 0
        self._kept: OrderedDict[Square, QPixmap | None] = OrderedDict()
        self._asked: list[Square] = []
        self._trouble = ""
        self._came.connect(self._keep)
        self._broke.connect(self._fail)

    @property
    def source(self) -> PictureSource | None:
        """Where the pictures come from."""
        return self._source

    def set_source(self, source: PictureSource | None) -> None:
        """Show these pictures, None: no ground of pictures. The former source is closed."""
        if self._workers is not None:
            self._workers.stop()
            self._past.append(self._workers)
        self._number += 1
        number, self._source, self._trouble = self._number, source, ""
        self._kept.clear()
        self._asked = []
        self._workers = None
        if source is not None:
            self._workers = _Workers(
                source,
                lambda square, image, trouble: self._came.emit(square, image, trouble, number),
                lambda fault: self._broke.emit(fault, number),
            )
        self.changed.emit()

    def close(self) -> None:
        """Stop all workers, and wait for them."""
        if self._workers is not None:
            self._workers.stop()
            self._past.append(self._workers)
            self._workers = None
        for workers in self._past:
            workers.join()

    def settled(self, window: Window) -> bool:
        """Whether every square in sight has come, or is known not to be there."""
        return all(square in self._kept for square in self._squares(window))

    def paint(self, painter: QPainter, window: Window) -> None:
        """The ground of a frame: sea colour where there is no picture."""
        painter.fillRect(QRect(0, 0, window.width, window.height), self._theme.color("mapSea"))
        squares = self._squares(window)
        for square in squares:
            self._blit(painter, window, square)
        if self._theme.dark:
            shade = self._theme.color("app", DARKER)
            painter.fillRect(QRect(0, 0, window.width, window.height), shade)
        missing = [square for square in squares if square not in self._kept]
        if self._workers is not None and missing != self._asked:
            self._asked = missing
            self._workers.want(missing)

    def _squares(self, window: Window) -> list[Square]:
        """Those that cover a window, nearest to its middle first."""
        source = self._source
        if source is None:
            return []
        level = round(window.zoom + math.log2(TILE_PX / source.tile_px))
        level = min(source.maxzoom, max(source.minzoom, level))
        across, last = 1 << level, (1 << level) - 1
        west, north, east, south = (edge * across for edge in _within(window, source))
        columns = range(max(0, math.floor(west)), min(last, math.floor(east)) + 1)
        rows = range(max(0, math.floor(north)), min(last, math.floor(south)) + 1)
        if len(columns) * len(rows) > MOST_AT_ONCE:
            return []
        middle = ((west + east) / 2 - 0.5, (north + south) / 2 - 0.5)
        found = [Square(level, column, row) for row in rows for column in columns]
        return sorted(found, key=lambda s: max(abs(s.column - middle[0]), abs(s.row - middle[1])))

    def _blit(self, painter: QPainter, window: Window, square: Square) -> None:
        """The square, or the part of the nearest coarser one that is here."""
        side = window.scale / (1 << square.zoom)
        left, top = (round(n * side) for n in (square.column, square.row))
        right, bottom = (round((n + 1) * side) for n in (square.column, square.row))
        target = QRectF(left - window.left, top - window.top, right - left, bottom - top)
        for up in range(min(ANCESTORS, square.zoom) + 1):
            pixmap = self._kept.get(Square(square.zoom - up, square.column >> up, square.row >> up))
            if pixmap is None:
                continue
            part = pixmap.width() / (1 << up)
            x, y = (n & ((1 << up) - 1) for n in (square.column, square.row))
            painter.drawPixmap(target, pixmap, QRectF(x * part, y * part, part, part))
            return

    def _keep(self, square: Square, image: QImage, trouble: str, number: int) -> None:
        if number != self._number:
            return
        if not (image.isNull() and trouble):  # what could not be fetched is asked for again
            self._kept[square] = None if image.isNull() else QPixmap.fromImage(image)
        self._asked = [asked for asked in self._asked if asked != square]
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if trouble != self._trouble:
            self._trouble = trouble
            self.troubled.emit(trouble)
        if not image.isNull():
            self.changed.emit()

    def _fail(self, fault: MapFileFault, number: int) -> None:
        if number == self._number and self._workers is not None:
            self._workers.stop()
            self.failed.emit(fault)
