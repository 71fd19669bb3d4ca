"""A map of the bundled province with a few cases, 606 x 786 px as drawn, on a still clock."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk.rows import Points
from console.geo.outlines import Outlines, outlines_on
from console.geo.states import NEW, RESTING
from console.reference import bundled
from console.ui.map.map_view import MapView
from console.ui.theme import Theme

DAY = date(2024, 11, 4)
NOW = 1_730_700_000_000
HOUR = 3_600_000


class StillClock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def some(*cases: tuple[str, float, float, int, int]) -> Points:
    """Cases as (id, lon, lat, hours to the deadline, flags); near an hour before."""
    due = np.array([NOW + c[3] * HOUR for c in cases], dtype=np.int64)
    return Points(
        [c[0] for c in cases],
        np.array([c[1] for c in cases], dtype=np.float64),
        np.array([c[2] for c in cases], dtype=np.float64),
        due,
        due - HOUR,
        np.array([c[4] for c in cases], dtype=np.int8),
    )


def apart() -> Points:
    """One case of each state, far from each other."""
    return some(
        ("late", 105.9, 17.75, -2, 0),
        ("soon", 106.2, 17.45, 1, 0),
        ("calm", 106.35, 17.85, 30, 0),
        ("new", 106.45, 17.25, 20, NEW),
        ("rest", 106.8, 17.1, -5, RESTING),
    )


def many(count: int, seed: int = 1) -> Points:
    """A crowd over the province."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(105.8, 106.9, count), rng.uniform(17.0, 17.9, count)
    hours = rng.integers(-5, 40, count)
    return some(*((f"n{i}", lon[i], lat[i], int(hours[i]), 0) for i in range(count)))


def picture(view: QWidget) -> QImage:
    """What the widget shows, without what lies over it."""
    return view.grab().toImage()


def color_at(image: QImage, at: QPoint) -> QColor:
    """The colour of a pixel."""
    return image.pixelColor(at)


def spot(view: MapView, case: str) -> QPoint:
    """Where a case stands on the widget."""
    place = view.board.place(case)
    assert place is not None
    x, y = view.camera.window.to_screen(*place)
    return QPoint(round(x), round(y))


def close_to(color: QColor, wanted: QColor, off: int = 12) -> bool:
    """Whether two colours are the same to the eye."""
    return all(
        abs(a - b) <= off
        for a, b in (
            (color.red(), wanted.red()),
            (color.green(), wanted.green()),
            (color.blue(), wanted.blue()),
        )
    )


@pytest.fixture(scope="session")
def outlines() -> Outlines:
    return outlines_on(bundled(), DAY)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return Theme(request.param)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def make_view(qtbot: QtBot, clock: StillClock, outlines: Outlines) -> Callable[[Theme], MapView]:
    kept: list[QWidget] = []

    def make(theme: Theme) -> MapView:
        host = QWidget()
        kept.append(host)
        host.resize(606, 786)
        view = MapView(theme, host, clock)
        view.setGeometry(0, 0, 606, 786)
        qtbot.addWidget(host, before_close_func=lambda _: view.close_map())
        view.set_outlines(outlines)
        with qtbot.waitExposed(host):
            host.show()
        QApplication.processEvents()
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))  # wherever the pointer of this screen may be
        return view

    return make


@pytest.fixture
def view(make_view: Callable[[Theme], MapView]) -> MapView:
    return make_view(Theme("light"))
