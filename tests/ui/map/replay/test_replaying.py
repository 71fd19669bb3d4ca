"""A night replayed on the map of a real desk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.ui.case.due_edit import to_edit
from console.ui.map.map_pane import MapPane
from console.ui.map.replay.replaying import Replaying, last_night
from console.ui.map_feeder import MapFeeder
from tests.desk.people import REFERENCE
from tests.ui.conftest import Stage
from tests.ui.map.conftest import DAY, close_to, color_at, picture


class Scene:
    """A fed map with two cases, and its replay."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage, self.desk = stage, desk
        for _ in range(2):
            stage.log(desk)
        self.host = QWidget()
        self.host.resize(606, 900)
        self.pane = MapPane(stage.theme, self.host)
        self.pane.setGeometry(0, 0, 606, 900)
        self.pane.set_reference(REFERENCE, DAY)
        self.replaying = Replaying(self.pane, desk, stage.theme, stage.tasks)
        self.feeder = MapFeeder(self.pane, stage.signals(desk), desk, stage.tasks, stage.memory)
        self.host.show()
        self.feeder.start()
        stage.until(lambda: len(self.pane.view.board) == 2)

    def active(self) -> bool:
        return self.replaying.active

    def replay(self, before: timedelta) -> None:
        """From so long before now until now."""
        self.replaying.start()
        now = self.desk.clock.now()
        self.replaying.bar.chosen.emit(to_edit(now - before), to_edit(now + timedelta(minutes=1)))
        self.stage.until(lambda: self.replaying.board is not None)


@pytest.fixture
def scene(stage: Stage, desk: Desk) -> Iterator[Scene]:
    made = Scene(stage, desk)
    yield made
    made.replaying.stop()
    stage.settle()
    made.pane.close_map()
    made.host.close()
    made.host.deleteLater()


def test_the_night_is_gone_through_and_the_present_comes_back(scene: Scene) -> None:
    view, replaying = scene.pane.view, scene.replaying
    QTest.keyClick(scene.pane, Qt.Key.Key_T)
    assert scene.active()
    scene.replay(timedelta(hours=3))
    assert len(view.board) == 0  # nobody had called yet
    frame = color_at(picture(view), QPoint(1, view.height() // 2))
    assert close_to(frame, scene.stage.theme.color("violet"))
    assert replaying.banner.title.startswith("Phát lại · 0 phản ánh")
    QTest.keyClick(replaying.bar.track, Qt.Key.Key_End)
    assert len(view.board) == 2
    QTest.keyClick(replaying.bar.track, Qt.Key.Key_PageDown)
    assert len(view.board) == 0
    scene.stage.log(scene.desk)
    scene.stage.settle()
    assert len(view.board) == 0  # what comes in meanwhile waits beneath
    QTest.keyClick(replaying.bar.track, Qt.Key.Key_Escape)
    assert not scene.active()
    assert replaying.bar.isHidden()
    scene.stage.until(lambda: len(view.board) == 3)


def test_playing_runs_to_the_end_and_stops(scene: Scene) -> None:
    replaying = scene.replaying
    scene.replay(timedelta(minutes=4))
    QTest.keyClick(replaying.bar, Qt.Key.Key_Space)
    assert replaying.playing
    scene.stage.until(lambda: not replaying.playing)
    assert len(scene.pane.view.board) == 2
    assert replaying.bar.play.text() == "Phát"


def test_a_period_that_cannot_be_is_told_and_changes_nothing(scene: Scene) -> None:
    scene.replay(timedelta(hours=1))
    now = scene.desk.clock.now()
    scene.replaying.bar.chosen.emit(to_edit(now), to_edit(now - timedelta(hours=1)))
    assert "thời điểm đầu trước" in scene.replaying.bar.said.text()
    assert scene.replaying.board is not None


def test_last_night_ends_in_the_morning_or_now() -> None:
    noon = datetime(2024, 11, 5, 5, 0, tzinfo=UTC)  # 12:00 here
    assert last_night(noon) == (
        datetime(2024, 11, 4, 11, 0, tzinfo=UTC),
        datetime(2024, 11, 4, 23, 0, tzinfo=UTC),
    )
    late = datetime(2024, 11, 5, 15, 30, tzinfo=UTC)  # 22:30 here
    assert last_night(late) == (datetime(2024, 11, 5, 11, 0, tzinfo=UTC), late)
