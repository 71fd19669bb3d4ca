"""What a mask catches, against looking at each point."""

import numpy as np

from console.geo.board import Board
from console.geo.lasso import caught
from console.geo.mercator import Window, point_to_world
from tests.geo.test_board import NEW, NOW, some, three

WINDOW = Window(*point_to_world(106.4, 17.4), 8.0, 400, 300)


def test_a_point_is_caught_by_its_pixel_alone() -> None:
    rng = np.random.default_rng(5)
    x, y = WINDOW.x + rng.normal(0, 0.004, 500), WINDOW.y + rng.normal(0, 0.004, 500)
    mask = rng.random((300, 400)) < 0.3
    slow = []
    for i in range(500):
        px, py = WINDOW.to_screen(x[i], y[i])
        if 0 <= px < 400 and 0 <= py < 300 and mask[int(py), int(px)]:
            slow.append(i)
    assert 0 < len(slow) < 500
    assert caught(mask, WINDOW, x, y).tolist() == slow


def test_cases_of_bubbles_and_of_the_tail_are_caught_and_those_that_went_are_not() -> None:
    board = Board(three(), NOW)
    board.update(some(("d", 106.5, 17.5, 9, NEW)), ["b"])
    assert board.caught(np.ones((300, 400), dtype=bool), WINDOW) == ["c", "a", "d"]
    assert board.caught(np.zeros((300, 400), dtype=bool), WINDOW) == []
