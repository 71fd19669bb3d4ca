"""Where a layer's paint lands: above the ground, below or above the pins."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter

from console.geo.mercator import Window
from console.ui.map.map_view import MapView
from tests.ui.map.conftest import NOW, apart, color_at, picture, spot


class Flood:
    """Fills the whole window, below or above."""

    def __init__(self, color: QColor, above: bool) -> None:
        self._color, self._above = color, above

    def paint_under(self, painter: QPainter, window: Window) -> None:
        if not self._above:
            painter.fillRect(0, 0, window.width, window.height, self._color)

    def paint_over(self, painter: QPainter, window: Window) -> None:
        if self._above:
            painter.fillRect(0, 0, window.width, window.height, self._color)


def test_a_layer_below_leaves_the_pins_and_one_above_covers_them(view: MapView) -> None:
    view.set_points(apart(), NOW)
    pin, corner = spot(view, "late"), QPoint(300, 5)
    below, above = QColor(10, 200, 30), QColor(200, 10, 30)
    view.layers.append(Flood(below, above=False))
    image = picture(view)
    assert color_at(image, corner) == below
    assert color_at(image, pin) != below
    view.layers.append(Flood(above, above=True))
    image = picture(view)
    assert {color_at(image, corner).name(), color_at(image, pin).name()} == {above.name()}
