"""Drawing around cases, with the pointer and with keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.reference import bundled
from console.ui.map.lassoing import Lassoing
from console.ui.map.map_pane import MapPane
from console.ui.theme import Theme
from tests.ui.map.conftest import DAY, NOW, close_to, color_at, picture, some, spot

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Scene:
    """Two cases in one bubble, one apart; `found`: what was drawn around."""

    def __init__(self, qtbot: QtBot) -> None:
        self.host = QWidget()
        self.host.resize(606, 900)
        self.pane = MapPane(Theme("light"), self.host)
        self.view = self.pane.view
        self.pane.setGeometry(0, 0, 606, 900)
        qtbot.addWidget(self.host, before_close_func=lambda _: self.pane.close_map())
        self.pane.set_reference(bundled(), DAY)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.lasso = Lassoing(self.pane, Theme("light"))
        self.found: list[list[str]] = []
        self.lasso.lassoed.connect(self.found.append)
        cases = (("a", 106.3, 17.5, 9, 0), ("b", 106.3, 17.5005, 2, 0), ("far", 106.8, 17.1, 3, 0))
        self.view.set_points(some(*cases), NOW)
        self.view.repaint()

    def at_work(self) -> bool:
        return self.lasso.tool.active


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


def press(scene: Scene, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(scene.view, key, modifier)


def test_a_drag_around_a_bubble_chooses_what_is_in_it(scene: Scene) -> None:
    before = scene.view.camera.window
    press(scene, Qt.Key.Key_K)
    assert scene.at_work()
    assert scene.lasso.button.isChecked()
    at = spot(scene.view, "a")
    scene.lasso.tool.press((at + QPoint(-30, -30)).toPointF())
    for corner in (QPoint(30, -30), QPoint(30, 30), QPoint(-30, 30)):
        scene.lasso.tool.drag((at + corner).toPointF())
    edge = color_at(picture(scene.view), at + QPoint(0, -30))
    assert close_to(edge, Theme("light").color("accent"), 60)
    scene.lasso.tool.release((at + QPoint(-30, 30)).toPointF())
    assert scene.found == [["b", "a"]]
    assert not scene.at_work()
    assert scene.view.camera.window == before  # drawing moves nothing


def test_the_pointer_draws_while_the_tool_is_in_hand(scene: Scene) -> None:
    scene.lasso.button.click()
    at = spot(scene.view, "far")
    corners = [at + QPoint(*d) for d in ((-20, -20), (20, -20), (20, 20), (-20, 20))]
    QTest.mousePress(scene.view, LEFT, NONE, corners[0])
    for corner in corners[1:]:
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            corner.toPointF(),
            scene.view.mapToGlobal(corner).toPointF(),
            LEFT,
            LEFT,
            NONE,
        )
        QApplication.sendEvent(scene.view, move)
    QTest.mouseRelease(scene.view, LEFT, NONE, corners[-1])
    assert scene.found == [["far"]]


def test_a_circle_is_moved_and_grown_by_keys(scene: Scene) -> None:
    scene.lasso.start()
    press(scene, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(scene, Qt.Key.Key_Down)
    middle = QPoint(scene.view.width() // 2 + 60, scene.view.height() // 2 + 12)
    assert (scene.lasso.tool.middle.toPoint() - middle).manhattanLength() <= 2
    for _ in range(12):
        press(scene, Qt.Key.Key_Plus)
    press(scene, Qt.Key.Key_Return)
    assert sorted(scene.found[0]) == ["a", "b", "far"]


def test_escape_and_a_mere_click_choose_nothing(scene: Scene) -> None:
    scene.lasso.start()
    QTest.mouseClick(scene.view, LEFT, NONE, spot(scene.view, "a"))
    assert scene.at_work()
    press(scene, Qt.Key.Key_Escape)
    assert not scene.at_work()
    assert scene.found == []


def test_its_key_is_told_with_all_keys_of_the_map(scene: Scene) -> None:
    scene.pane.tell_key("Ctrl P", "in")
    told = scene.pane.all_keys()
    assert [cap for cap, _ in told] == ["← ↑ ↓ →", "+ / -", "0", ", / .", "Enter", "K", "Ctrl P"]
    assert all(words for _, words in told)
    assert scene.pane.keys()[-3:] == [*told[-2:], ("F1", "phím tắt")]
