"""The heat as a layer: painted beside the interface for somewhat more than the window, then only blitted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from console.geo.heat import CELL_PX, Heat, heat, palette
from console.geo.mercator import Window, to_world
from console.ui.map.layers.aside import Aside
from console.ui.theme import Theme

Floats = NDArray[np.float64]

STOPS = ("heat1", "heat2", "heat3", "heat4")
_BEYOND = 0.25  # of the window, painted on each side of it
_EARLY = 0.08  # of the window: nearer than this to the end of what is painted, more is asked for


@dataclass(frozen=True)
class _Picture:
    heat: Heat
    image: QImage


class HeatLayer(QObject):
    """`changed`: another picture is there, or the heat was switched."""

    changed = Signal()

    def __init__(self, theme: Theme, ratio: Callable[[], float], parent: QObject | None = None) -> None:
        """`ratio`: pixels of the screen per pixel of the widget, asked for each picture."""
        super().__init__(parent)
        self._theme, self._ratio = theme, ratio
        self._x: Floats = np.zeros(0)
        self._y: Floats = np.zeros(0)
        self._on = False
        self._asked: Window | None = None
        self._shown: Heat | None = None
        self._pixmap = QPixmap()
        self._aside = Aside("map-heat", self)
        self._aside.done.connect(self._take)
        theme.changed.connect(self._anew)

    @property
    def scale(self) -> Heat | None:
        """What the shades mean now; None while nothing is shown."""
        return self._shown if self._on else None

    @property
    def reports(self) -> int:
        """How many reports the heat is made of."""
        return len(self._x)

    def set_points(self, lon: Floats, lat: Floats) -> None:
        """Show these, degrees WGS 84."""
        self._x, self._y = to_world(lon, lat)
        self._on = True
        self._anew()

    def clear(self) -> None:
        """Show nothing."""
        self._on = False
        self._x, self._y = np.zeros(0), np.zeros(0)
        self._shown, self._asked, self._pixmap = None, None, QPixmap()
        self._aside.forget()
        self.changed.emit()

    def settled(self, window: Window) -> bool:
        """Whether what is seen of the heat at a window is what is meant to be seen."""
        return not self._on or (not self._aside.busy and self._covers(self._asked, window))

    def close(self) -> None:
        """Stop the worker."""
        self._aside.close()

    def _anew(self) -> None:
        self._asked = None
        self.changed.emit()

    def paint_under(self, painter: QPainter, window: Window) -> None:
        if not self._on:
            return
        if not self._covers(self._asked, window):
            self._ask(window)
        shown = self._shown
        if shown is None:
            return
        region = shown.region
        if region.zoom == window.zoom:
            painter.drawPixmap(QPoint(region.left - window.left, region.top - window.top), self._pixmap)
            return
        west, north, east, south = region.bounds()
        left, top = window.to_screen(west, north)
        right, bottom = window.to_screen(east, south)
        painter.drawPixmap(
            QRectF(left, top, right - left, bottom - top), self._pixmap, QRectF(self._pixmap.rect())
        )

    def paint_over(self, painter: QPainter, window: Window) -> None:
        """Nothing lies above the pins."""

    @staticmethod
    def _covers(region: Window | None, window: Window) -> bool:
        if region is None or region.zoom != window.zoom:
            return False
        dx, dy = window.width * _EARLY, window.height * _EARLY
        return (
            region.left <= window.left - dx
            and region.top <= window.top - dy
            and region.left + region.width >= window.left + window.width + dx
            and region.top + region.height >= window.top + window.height + dy
        )

    def _ask(self, window: Window) -> None:
        width, height = (
            CELL_PX * round(side * (1 + 2 * _BEYOND) / CELL_PX) for side in (window.width, window.height)
        )
        self._asked = replace(window, width=width, height=height)
        stops = [self._theme.color(name) for name in STOPS]
        colors = palette([(stop.red(), stop.green(), stop.blue()) for stop in stops])
        self._aside.ask(partial(_paint, self._x, self._y, self._asked, colors, self._ratio()))

    def _take(self, picture: _Picture) -> None:
        self._shown = picture.heat
        self._pixmap = QPixmap.fromImage(picture.image)
        self.changed.emit()


def _paint(x: Floats, y: Floats, region: Window, colors: NDArray[np.uint32], ratio: float) -> _Picture:
    found = heat(x, y, region)
    argb = np.ascontiguousarray(colors[found.shades])
    rows, columns = argb.shape
    cells = QImage(argb.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
    image = cells.scaled(
        round(columns * CELL_PX * ratio),
        round(rows * CELL_PX * ratio),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    image.setDevicePixelRatio(ratio)
    return _Picture(found, image)
