"""The panes of the room that is shown: F6 walks through them, and each tells its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.rooms import activate, beside, keys_of

if TYPE_CHECKING:
    from console.ui.rooms import Rooms
    from console.ui.workspace import Workspace


@runtime_checkable
class HasPanes(Protocol):
    """A room of several panes."""

    def panes(self) -> list[QWidget]: ...


class PaneWalk:
    """`room` answers the room that is shown."""

    def __init__(self, workspace: Workspace, rooms: Rooms, room: Callable[[], QWidget]) -> None:
        self._workspace, self._rooms, self._room = workspace, rooms, room

    def _panes(self) -> list[QWidget]:
        room = self._room()
        if room is not self._workspace:
            return room.panes() if isinstance(room, HasPanes) else [room]
        self._rooms.late_case.room()
        self._rooms.late_map.room()
        return self._workspace.panes()

    def step(self, by: int) -> None:
        """To the next pane (1) or the one before (-1)."""
        QGuiApplication.inputMethod().commit()
        pane = beside(self._panes(), QApplication.focusWidget(), by)
        if self._room() is self._workspace:
            self._workspace.reveal(pane)
        if pane is self._rooms.map:
            self._rooms.map.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            activate(pane)

    def keys_here(self) -> list[tuple[str, str]]:
        """Keys of the pane with the focus."""
        room = self._room()
        if room is not self._workspace:
            return keys_of(room)
        focus = QApplication.focusWidget()
        for pane in self._workspace.panes():
            if focus is not None and pane.isAncestorOf(focus) and keys_of(pane):
                return keys_of(pane)
        return keys_of(self._rooms.queue)
