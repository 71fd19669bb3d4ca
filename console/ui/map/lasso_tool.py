"""Drawing around cases with the pointer, or moving a circle over them with the keyboard."""

import math

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QKeyEvent, QPainter, QPainterPath, QPen, QPolygonF

from console.geo.lasso import Mask
from console.geo.mercator import Window
from console.ui.map.camera import Camera
from console.ui.map.hands import ARROWS
from console.ui.theme import Theme

_KEYS = Qt.Key
STEP_PX, STRIDE_PX = 12, 60
SMALLEST_PX, GROWTH = 8.0, 1.25
LEAST_DRAG_PX = 6  # a hand that only clicked has drawn around nothing


class LassoTool(QObject):
    """`drawn`: a shape is closed (a QPainterPath in the view's pixels); `dropped`: the hand puts it away;
    `changed`: it looks different. The circle is there from the beginning, for the keyboard."""

    drawn = Signal(object)
    dropped = Signal()
    changed = Signal()

    def __init__(self, camera: Camera, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._camera, self._theme = camera, theme
        self._trail: list[QPointF] = []
        self.active = False
        self.middle, self.radius = QPointF(), 0.0

    def begin(self) -> None:
        """Lay the circle into the middle of what is seen."""
        width, height = self._camera.width, self._camera.height
        self.active = True
        self._trail = []
        self.middle, self.radius = QPointF(width / 2, height / 2), min(width, height) / 6
        self.changed.emit()

    def end(self) -> None:
        """Put it away."""
        self.active = False
        self.changed.emit()

    # -- the hand -----------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        key = _KEYS(event.key())
        if key in ARROWS:
            east, south = ARROWS[key]
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._shift(*(d * (STRIDE_PX if far else STEP_PX) for d in (east, south)))
        elif key in (_KEYS.Key_Plus, _KEYS.Key_Equal, _KEYS.Key_Minus, _KEYS.Key_Underscore):
            self._grow(GROWTH if key in (_KEYS.Key_Plus, _KEYS.Key_Equal) else 1 / GROWTH)
        elif key in (_KEYS.Key_Return, _KEYS.Key_Enter):
            self.drawn.emit(self._circle())
        elif key == _KEYS.Key_Escape:
            self.dropped.emit()
        else:
            return False
        return True

    def _shift(self, dx: float, dy: float) -> None:
        at = self.middle + QPointF(dx, dy)
        width, height = self._camera.width, self._camera.height
        self.middle = QPointF(min(max(at.x(), 0.0), width), min(max(at.y(), 0.0), height))
        self.changed.emit()

    def _grow(self, factor: float) -> None:
        most = math.hypot(self._camera.width, self._camera.height)
        self.radius = min(max(self.radius * factor, SMALLEST_PX), most)
        self.changed.emit()

    def press(self, at: QPointF) -> None:
        self._trail = [at]

    def drag(self, at: QPointF) -> None:
        if self._trail:
            self._trail.append(at)
            self.changed.emit()

    def release(self, at: QPointF) -> None:
        trail, self._trail = self._trail, []
        path = _closed([*trail, at])
        box = path.boundingRect()
        if max(box.width(), box.height()) >= LEAST_DRAG_PX:
            self.drawn.emit(path)
        else:
            self.changed.emit()

    def _circle(self) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(self.middle, self.radius, self.radius)
        return path

    # -- a layer of the map -------------------------------------------------------------------------

    def paint_under(self, painter: QPainter, window: Window) -> None:
        """Nothing lies below the names."""

    def paint_over(self, painter: QPainter, window: Window) -> None:
        """The trail of the hand, or the circle."""
        if not self.active:
            return
        accent = self._theme.color("accent")
        painter.save()
        painter.setBrush(self._theme.color("accent", 0.12))
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        painter.drawPath(_closed(self._trail) if len(self._trail) > 1 else self._circle())
        painter.restore()


def _closed(trail: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(trail))
    path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)  # a loop that crosses itself holds all that it goes around
    return path


def mask_of(path: QPainterPath, width: int, height: int) -> Mask:
    """Which pixels of a window lie inside a shape, as `mask[row, column]`."""
    image = QImage(width, height, QImage.Format.Format_Alpha8)
    image.fill(0)
    painter = QPainter(image)
    painter.fillPath(path, QBrush(Qt.BrushStyle.SolidPattern))
    painter.end()
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, :width] > 0
