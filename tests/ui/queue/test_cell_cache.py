"""A painted cell is kept, and painted anew when anything that is seen of it changes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from console.ui.queue.cell_cache import KEPT, CellCache

BOX = QRect(10, 20, 30, 12)


class Paper:
    """Where cells are put; counts how often one is painted."""

    def __init__(self, ratio: float = 1.0) -> None:
        self.image = QImage(round(100 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)
        self.image.fill(QColor(Qt.GlobalColor.black))
        self.painted = 0

    def put(self, cells: CellCache, key: object, box: QRect = BOX) -> None:
        painter = QPainter(self.image)
        cells.paint(painter, box, (key,), self._draw)
        painter.end()

    def _draw(self, painter: QPainter, rect: QRect) -> None:
        self.painted += 1
        painter.fillRect(rect, QColor(Qt.GlobalColor.red))


@pytest.fixture
def cells(qtbot: QtBot) -> CellCache:
    return CellCache()


def test_the_same_cell_is_painted_once_and_put_where_it_belongs(cells: CellCache) -> None:
    paper = Paper()
    paper.put(cells, "row")
    paper.put(cells, "row", BOX.translated(0, 25))
    assert paper.painted == 1
    reds = {(x, y) for x in (9, 10, 39, 40) for y in (20, 45, 57) if paper.image.pixelColor(x, y).red()}
    assert reds == {(10, 20), (39, 20), (10, 45), (39, 45)}


@pytest.mark.parametrize(
    "change",
    [
        lambda paper, cells: paper.put(cells, "another row"),
        lambda paper, cells: paper.put(cells, "row", QRect(10, 20, 31, 12)),
        lambda paper, cells: (cells.clear(), paper.put(cells, "row")),
    ],
)
def test_another_look_is_painted_anew(cells: CellCache, change: Callable[[Paper, CellCache], object]) -> None:
    paper = Paper()
    paper.put(cells, "row")
    change(paper, cells)
    assert paper.painted == 2


def test_a_fine_screen_gets_fine_cells(cells: CellCache) -> None:
    coarse, fine = Paper(), Paper(2.0)
    coarse.put(cells, "row")
    fine.put(cells, "row")
    assert fine.painted == 1
    assert fine.image.pixelColor(20, 40).red()
    assert fine.image.pixelColor(79, 63).red()
    assert not fine.image.pixelColor(80, 64).red()


def test_the_oldest_go(cells: CellCache) -> None:
    paper = Paper()
    for number in range(KEPT + 1):
        paper.put(cells, number)
    paper.put(cells, KEPT)
    assert paper.painted == KEPT + 1
    paper.put(cells, 0)
    assert paper.painted == KEPT + 2
