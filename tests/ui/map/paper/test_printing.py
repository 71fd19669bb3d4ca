"""The map on paper: what the sheet holds, and files that are whole or not there."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.geo.mercator import Window, point_to_world
from console.ui.map.map_pane import MapPane
from console.ui.map.paper.picture import RATIO
from console.ui.map.paper.printing import PDF, PNG, MapPaper
from console.ui.map.paper.sheet import HEAD, MARGIN, scale_length
from tests.desk.people import REFERENCE
from tests.ui.conftest import Stage
from tests.ui.map.conftest import DAY, NOW, apart, close_to, spot


class Told:
    """What was said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.problems: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def problem(self, text: str) -> None:
        self.problems.append(text)


class Scene:
    """A pane in dark colours with five cases."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage, self.told = stage, Told()
        stage.theme.set_mode("dark")
        self.host = QWidget()
        self.host.resize(606, 700)
        self.pane = MapPane(stage.theme, self.host)
        self.pane.setGeometry(0, 0, 606, 700)
        self.pane.set_reference(REFERENCE, DAY)
        self.paper = MapPaper(self.pane, desk, stage.tasks, self.told, lambda: "")
        self.host.show()
        self.pane.set_points(apart(), datetime.fromtimestamp(NOW / 1000, UTC))
        stage.settle()

    def export(self, file: Path, kind: str) -> None:
        self.stage.run(self.paper.export(file, kind))


@pytest.fixture
def scene(stage: Stage, desk: Desk) -> Iterator[Scene]:
    made = Scene(stage, desk)
    yield made
    stage.settle()
    made.pane.close_map()
    made.host.close()
    made.host.deleteLater()


def test_a_picture_holds_land_pins_and_words_on_white(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "ban-do.png"
    scene.export(file, PNG)
    assert scene.told.said == ["Đã lưu bản đồ vào tệp ban-do.png"]
    image, light = QImage(str(file)), scene.paper._theme
    view = scene.pane.view
    assert image.width() == round((view.width() + 2 * MARGIN) * RATIO)

    def at(point: QPoint) -> QColor:
        return image.pixelColor((point + QPoint(MARGIN, HEAD)) * round(RATIO))

    assert close_to(at(QPoint(-10, -10)), light.color("surface"))
    assert close_to(at(QPoint(580, 60)), light.color("mapSea"))
    assert close_to(at(spot(view, "late") + QPoint(-4, 1)), light.color("alarm"))
    head = image.copy(0, 0, image.width(), round(40 * RATIO)).convertToFormat(QImage.Format.Format_Grayscale8)
    assert min(head.pixelColor(x, y).value() for x in range(0, 1500, 3) for y in range(40, 110, 3)) < 90


def test_a_pdf_is_one_page_whose_words_are_words(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "ban-do.pdf"
    scene.export(file, PDF)
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", data)) == 1
    assert b"/ToUnicode" in data  # searchable, and Vietnamese read aloud
    assert [f.name for f in tmp_path.iterdir() if f.suffix == ".part"] == []


def test_the_sheet_says_of_when_it_is(scene: Scene) -> None:
    sheet = scene.stage.run(scene.paper.sheet())
    assert sheet.moment == "Số liệu lúc 13:00:00 ngày 04/11/2024, 5 phản ánh đang mở"
    assert sheet.facts.day == DAY
    assert sheet.made.startswith("Nguồn: số liệu của Tổng đài IOC")


def test_what_cannot_be_written_is_told_and_leaves_nothing(scene: Scene, tmp_path: Path) -> None:
    (tmp_path / "ban-do.png").mkdir()
    scene.export(tmp_path / "ban-do.png", PNG)
    assert "Không ghi được tệp" in scene.told.problems[0]
    assert [f.name for f in tmp_path.iterdir() if f.suffix == ".part"] == []
    assert scene.told.said == []


def test_the_scale_bar_is_round_and_true() -> None:
    window = Window(*point_to_world(106.3, 17.5), 9.0, 600, 500)
    metres, wide = scale_length(window)
    assert metres == 20_000
    x, _ = point_to_world(106.3 + 20_000 / (111_320 * 0.9537), 17.5)
    assert wide == pytest.approx((x - window.x) * window.scale, rel=0.01)
