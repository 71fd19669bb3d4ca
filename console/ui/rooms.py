"""What the window asks of a room, and the rooms it is given."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from console.ui.case.case_pane import CasePane
from console.ui.intake.intake_room import IntakeRoom
from console.ui.map.map_pane import MapPane
from console.ui.outbox.outbox_room import OutboxRoom
from console.ui.queue.queue_room import QueueRoom


@runtime_checkable
class HasKeys(Protocol):
    """A screen that says which keys hold in it."""

    def keys(self) -> list[tuple[str, str]]: ...


@runtime_checkable
class ComesForward(Protocol):
    """A screen that does something when it comes to the front."""

    def activated(self) -> None: ...


@dataclass(frozen=True)
class Rooms:
    """The screens of one window."""

    queue: QueueRoom
    map: MapPane
    case: CasePane
    intake: IntakeRoom
    outbox: OutboxRoom


def keys_of(widget: QWidget) -> list[tuple[str, str]]:
    """Keys of a room for the status bar; none for anything else."""
    return widget.keys() if isinstance(widget, HasKeys) else []


def activate(widget: QWidget) -> None:
    """Bring a room to life; anything else only takes the focus."""
    if isinstance(widget, IntakeRoom):
        widget.begin()
    elif isinstance(widget, ComesForward):
        widget.activated()
    else:
        widget.setFocus()
