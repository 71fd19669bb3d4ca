"""What can lie on the map besides ground, names and pins: each layer paints itself into every frame."""

from typing import Protocol

from PySide6.QtGui import QPainter

from console.geo.mercator import Window


class Layer(Protocol):
    """A layer of the map. Both are called within a frame: they blit or draw little, they compute nothing.

    The painter stands in the widget's logical pixels and comes back as it was given. A layer that changed by
    itself tells its map with `MapView.update` (through a signal or a function that it was made with).
    """

    def paint_under(self, painter: QPainter, window: Window) -> None:
        """Above the ground, below names and pins."""

    def paint_over(self, painter: QPainter, window: Window) -> None:
        """Above names and pins, below what the hand is busy with."""
