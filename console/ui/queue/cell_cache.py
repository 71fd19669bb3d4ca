"""Painted cells of the queue, kept: when the list moves by a row, most of it was painted before.

To paint thirty rows takes longer than a frame; to put thirty pictures on the screen does not.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap

KEPT = 480
"""Cells: four columns of some three screens of rows; about fifteen megabytes at one pixel a point."""


class CellCache:
    """`key` names all that is seen in a cell; another look is another key."""

    def __init__(self) -> None:
        self._cells: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def clear(self) -> None:
        """Colours or sizes have changed."""
        self._cells.clear()

    def paint(
        self, painter: QPainter, rect: QRect, key: Hashable, draw: Callable[[QPainter, QRect], None]
    ) -> None:
        """The kept picture, or a new one that `draw` paints into the rectangle it is given, all of it."""
        ratio = painter.device().devicePixelRatioF()
        whole = (key, rect.width(), rect.height(), ratio)
        picture = self._cells.get(whole)
        if picture is None:
            picture = self._cells[whole] = _painted(rect, ratio, draw)
            if len(self._cells) > KEPT:
                self._cells.popitem(last=False)
        else:
            self._cells.move_to_end(whole)
        painter.drawPixmap(rect.topLeft(), picture)


def _painted(rect: QRect, ratio: float, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
    picture = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, QRect(QPoint(0, 0), rect.size()))
    painter.end()
    return picture
