"""What the window asks of a room, and the rooms it is given."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from console.ui.case.case_pane import CasePane
from console.ui.map.map_pane import MapPane
from console.ui.queue.queue_room import QueueRoom


@runtime_checkable
class Room(Protocol):
    """A screen: what its keys are, and what it does when it comes to the front."""

    def keys(self) -> list[tuple[str, str]]: ...
    def activated(self) -> None: ...


@runtime_checkable
class TakesReports(Protocol):
    """The intake: begins an empty report, with a number of its own."""

    def new_report(self) -> None: ...


@dataclass(frozen=True)
class Rooms:
    """The screens of one window. `intake` and `outbox` are `Room`s too."""

    queue: QueueRoom
    map: MapPane
    case: CasePane
    intake: QWidget
    outbox: QWidget


def keys_of(widget: QWidget) -> list[tuple[str, str]]:
    """Keys of a room for the status bar; none for anything else."""
    return widget.keys() if isinstance(widget, Room) else []


def activate(widget: QWidget) -> None:
    """Bring a room to life; anything else only takes the focus."""
    if isinstance(widget, Room):
        widget.activated()
    else:
        widget.setFocus()
