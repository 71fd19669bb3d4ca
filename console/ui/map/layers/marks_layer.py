"""Flood marks on the map: lines and areas as a picture of their own, a sign with words for each mark."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from console.geo.marks import Mark, Shape
from console.geo.mercator import Window
from console.ui.map.layers.picture_layer import Picture, PictureLayer
from console.ui.map.tile_art import polygon_of, thinned
from console.ui.theme import Theme

FILL_ALPHA, HATCH_ALPHA = 0.28, 0.5
LINE_PX = 3.0
TONE = "infoText"  # water; reports are never blue squares


class MarksLayer(PictureLayer):
    """Lines and areas."""

    def __init__(self, theme: Theme, ratio: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__("map-marks", ratio, self._paint_job, parent)
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        theme.changed.connect(self.repaint_picture)

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these."""
        self._marks = tuple(mark for mark in marks if mark.shape is not Shape.POINT)
        if self._marks:
            self.switch_on()
        else:
            self.switch_off()

    def _paint_job(self, region: Window, ratio: float) -> Callable[[], Picture]:
        return partial(paint_marks, self._marks, region, ratio, self._theme.color(TONE))


def paint_marks(marks: tuple[Mark, ...], region: Window, ratio: float, ink: QColor) -> Picture:
    """A stretch with the lines and areas that touch it."""
    image = QImage(
        round(region.width * ratio), round(region.height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        path = _path(mark, region)
        if path is not None:
            _paint(painter, path, mark.shape, ink)
    painter.end()
    return Picture(region, image)


def _path(mark: Mark, region: Window) -> QPainterPath | None:
    """The mark in pixels of the region; None where it lies elsewhere."""
    west, north, east, south = region.bounds(LINE_PX)
    path = QPainterPath()
    for part in mark.parts:
        low, high = part.min(axis=0), part.max(axis=0)
        if low[0] > east or high[0] < west or low[1] > south or high[1] < north:
            continue
        px = thinned(part * region.scale - np.array([region.left, region.top]))
        path.addPolygon(polygon_of(px))
    return None if path.isEmpty() else path


def _paint(painter: QPainter, path: QPainterPath, shape: Shape, ink: QColor) -> None:
    style = Qt.PenStyle.SolidLine if shape is Shape.LINE else Qt.PenStyle.DashLine
    if shape is Shape.AREA:
        for alpha, pattern in (
            (FILL_ALPHA, Qt.BrushStyle.SolidPattern),
            (HATCH_ALPHA, Qt.BrushStyle.HorPattern),
        ):
            color = QColor(ink)
            color.setAlphaF(alpha)
            painter.fillPath(path, QBrush(color, pattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, LINE_PX if shape is Shape.LINE else 1.5, style))
    painter.drawPath(path)
