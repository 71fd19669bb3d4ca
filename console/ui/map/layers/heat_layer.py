"""The heat as a layer of the map."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from console.geo.heat import CELL_PX, Heat, enlarged, heat, palette
from console.geo.mercator import Window, to_world
from console.ui.map.layers.picture_layer import Picture, PictureLayer
from console.ui.theme import Theme

Floats = NDArray[np.float64]

STOPS = ("heat1", "heat2", "heat3", "heat4")


class HeatLayer(PictureLayer):
    """Shows the points that it was given last."""

    def __init__(self, theme: Theme, ratio: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__("map-heat", ratio, self._paint_job, parent)
        self._theme = theme
        self._x: Floats = np.zeros(0)
        self._y: Floats = np.zeros(0)
        theme.changed.connect(self.repaint_picture)

    @property
    def scale(self) -> Heat | None:
        """What the shades mean now; None while nothing is shown."""
        found = self.found
        return found if isinstance(found, Heat) else None

    @property
    def reports(self) -> int:
        """How many reports the heat is made of."""
        return len(self._x)

    def set_points(self, lon: Floats, lat: Floats) -> None:
        """Show these, degrees WGS 84."""
        self._x, self._y = to_world(lon, lat)
        self.switch_on()

    def clear(self) -> None:
        """Show nothing."""
        self._x, self._y = np.zeros(0), np.zeros(0)
        self.switch_off()

    def _paint_job(self, region: Window, ratio: float) -> Callable[[], Picture]:
        stops = [self._theme.color(name) for name in STOPS]
        colors = palette([(stop.red(), stop.green(), stop.blue()) for stop in stops])
        return partial(_paint, self._x, self._y, region, colors, ratio)


def _paint(x: Floats, y: Floats, region: Window, colors: NDArray[np.uint32], ratio: float) -> Picture:
    found = heat(x, y, region)
    argb = enlarged(found, colors, CELL_PX * ratio)
    rows, columns = argb.shape
    image = QImage(argb.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    return Picture(region, image, found, memory=argb)
