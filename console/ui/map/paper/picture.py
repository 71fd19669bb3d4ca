"""The map as a picture of two or three times the screen's density, on light ground."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter

from console.geo.mercator import TILE_PX, Window
from console.ui.map.frame import tile_keys
from console.ui.map.map_view import MapView
from console.ui.map.tile_art import Ground, paint_tile
from console.ui.theme import Theme

RATIO = 3.0


def ground_picture(ground: Ground, window: Window, quarters: int) -> QImage:
    """The land of a window. Takes a moment and no widget: any thread may paint it."""
    image = blank(window, ground.ratio)
    painter = QPainter(image)
    for key in tile_keys(window, quarters):
        at = QPoint(key.column * TILE_PX - window.left, key.row * TILE_PX - window.top)
        painter.drawImage(at, paint_tile(ground, key))
    painter.end()
    return image


def map_picture(view: MapView, ground: QImage, theme: Theme) -> QImage:
    """The map as it is seen, upon its land."""
    image = blank(view.camera.window, ground.devicePixelRatio())
    painter = QPainter(image)
    view.paint_on(painter, ground, theme, ground.devicePixelRatio())
    painter.end()
    return image


def blank(window: Window, ratio: float) -> QImage:
    """A transparent picture of a window's size."""
    kind = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(round(window.width * ratio), round(window.height * ratio), kind)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image
