"""Charts: what they say in words, the scale, and that paper gets what the screen has."""

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from console.ui.parts.chart import ChartView
from console.ui.parts.chart_data import Chart, Series, ends_of, steps_to
from console.ui.theme import Theme

HOURS = Chart(
    "Tiếp nhận",
    ("08:00", "09:00"),
    (Series("Điện thoại", (3, 0), "accent"), Series("Cổng", (1, 2), "teal", hatch=True)),
    (Series("Trung bình", (2.5, None), "warnText", hatch=True),),
    places=1,
)


def test_a_chart_says_every_number_it_shows() -> None:
    assert HOURS.table() == (
        ("", "Điện thoại", "Cổng", "Trung bình"),
        ("08:00", "3", "1", "2,5"),
        ("09:00", "0", "2", "–"),
    )
    assert "09:00 Điện thoại 0, Cổng 2, Trung bình –" in HOURS.spoken()


@pytest.mark.parametrize(
    ("highest", "last"), [(0, 1), (1, 1), (4, 4), (5, 5), (6, 6), (43, 50), (51, 60), (100, 100), (101, 150)]
)
def test_the_scale_ends_at_a_round_number_beyond_the_highest(highest: float, last: float) -> None:
    assert steps_to(highest)[-1] == last
    assert len(steps_to(highest)) <= 8


def test_bars_stand_on_one_another_and_empty_ones_nowhere() -> None:
    assert [(s.name, low, high) for s, low, high in ends_of(HOURS.bars, 0)] == [
        ("Điện thoại", 0.0, 3.0),
        ("Cổng", 3.0, 4.0),
    ]
    assert [s.name for s, _, _ in ends_of(HOURS.bars, 1)] == ["Cổng"]


def ink(image: QImage, color: QColor) -> int:
    wanted = color.rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_paper_at_three_times_the_size_shows_the_same_bars(qtbot: QtBot, mode: str) -> None:
    theme = Theme(mode)
    view = ChartView(theme)
    qtbot.addWidget(view)
    view.show_chart(HOURS)
    assert view.accessibleDescription() == HOURS.spoken()
    small, large = (QImage(400 * n, 200 * n, QImage.Format.Format_RGB32) for n in (1, 3))
    for image in (small, large):
        image.fill(theme.color("surface"))
        painter = QPainter(image)
        view.paint_on(painter, QRectF(image.rect()), QSize(400, 200))
        painter.end()
    once, thrice = ink(small, theme.color("accent")), ink(large, theme.color("accent"))
    assert once > 200
    assert thrice == pytest.approx(9 * once, rel=0.1)
