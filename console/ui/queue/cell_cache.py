"""Painted cells of the queue, kept: when the list moves by a row, most of it was painted before.

To paint thirty rows takes longer than a frame; to put thirty pictures on the screen does not.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

KEPT = 480
"""Cells: four columns of some three screens of rows; about fifteen megabytes at one pixel a point."""

Draw = Callable[[QPainter, QRect], None]


class CellCache:
    """`key` names all that is seen in a cell; another look is another key."""

    def __init__(self) -> None:
        self._cells: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def clear(self) -> None:
        """Colours or sizes have changed."""
        self._cells.clear()

    def paint(self, painter: QPainter, rect: QRect, key: Hashable, draw: Draw) -> None:
        """The kept picture, or a new one that `draw` paints into the rectangle it is given, all of it."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), self.picture(rect.size(), ratio, key, draw))

    def has(self, size: QSize, ratio: float, key: Hashable) -> bool:
        """Whether its picture is kept."""
        return (key, size.width(), size.height(), ratio) in self._cells

    def picture(self, size: QSize, ratio: float, key: Hashable, draw: Draw) -> QPixmap:
        """The same, not put on the screen yet. `ratio`: pixels of the screen for one of the size."""
        whole = (key, size.width(), size.height(), ratio)
        picture = self._cells.get(whole)
        if picture is None:
            picture = self._cells[whole] = _painted(size, ratio, draw)
            if len(self._cells) > KEPT:
                self._cells.popitem(last=False)
        else:
            self._cells.move_to_end(whole)
        return picture


def _painted(size: QSize, ratio: float, draw: Draw) -> QPixmap:
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, QRect(QPoint(0, 0), size))
    painter.end()
    return picture
