"""The map in a window of its own."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui.map.map_pane import MapPane
from console.ui.map_window import SecondWindow
from console.ui.memory import Memory
from console.ui.theme import Theme
from console.ui.workspace import Workspace


def is_out(desktop: "Desktop") -> bool:
    return desktop.second.window is not None


class Desktop:
    """A workspace with its map, in a main window."""

    def __init__(self, qtbot: QtBot, memory: Memory) -> None:
        theme = Theme("light")
        self.queue = QWidget()
        self.workspace = Workspace(self.queue, theme, memory)
        self.workspace.resize(1800, 900)
        qtbot.addWidget(self.workspace, before_close_func=lambda _: self.close())
        self.workspace.arrange(compact=False)
        self.pane = MapPane(theme)
        self.workspace.furnish(map=self.pane)
        with qtbot.waitActive(self.workspace):
            self.workspace.show()
            self.workspace.activateWindow()
        self.second = SecondWindow(self.pane, self.workspace, self.workspace, theme, memory)

    def close(self) -> None:
        self.second.bring_back()
        self.pane.close_map()


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def desktop(qtbot: QtBot, memory: Memory) -> Desktop:
    return Desktop(qtbot, memory)


def test_out_and_back_without_the_focus(qtbot: QtBot, desktop: Desktop) -> None:
    wide = desktop.pane.width()
    desktop.second.toggle()
    window = desktop.second.window
    assert window is not None
    assert desktop.pane.window() is window
    assert desktop.pane.isVisible()
    assert not window.isActiveWindow()
    assert desktop.workspace.isActiveWindow()
    assert desktop.workspace.map is not desktop.pane
    assert abs(desktop.workspace.map.width() - wide) <= 2  # nothing beside it has moved
    desktop.pane.select(None)  # the list's selection still reaches it
    window.close()
    assert not is_out(desktop)
    assert desktop.workspace.map is desktop.pane
    assert desktop.pane.isVisible()
    assert desktop.pane.window() is desktop.workspace
    assert abs(desktop.pane.width() - wide) <= 2


def test_it_opens_where_it_was(qtbot: QtBot, desktop: Desktop, memory: Memory) -> None:
    desktop.second.toggle()
    assert desktop.second.window is not None
    room = desktop.second.window.screen().availableGeometry()
    place = QRect(room.x() + 40, room.y() + 50, 420, 380)
    desktop.second.window.setGeometry(place)
    qtbot.waitUntil(lambda: memory.numbers("map.window.place", [0] * 4)[2:] == [420, 380])
    desktop.second.toggle()
    desktop.second.restore()
    assert not is_out(desktop)  # it was brought back by hand
    desktop.second.toggle()
    assert desktop.second.window is not None
    assert desktop.second.window.geometry() == place
    desktop.second.bring_back()  # as the end of a shift does
    desktop.second.restore()
    assert is_out(desktop)


def test_a_narrow_window_keeps_its_tab(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.workspace.arrange(compact=True)
    desktop.workspace.show_right("map")
    desktop.second.toggle()
    assert desktop.workspace.map.isVisible()
    assert desktop.pane.isVisible()
    desktop.workspace.arrange(compact=False)
    desktop.second.toggle()
    assert desktop.pane.window() is desktop.workspace
