"""What the window asks of a room, and the rooms it is given.

The queue stands from the beginning. The others are made after it has been painted, or at once when somebody
asks for one earlier: no key is dead meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtWidgets import QWidget

from console.ui.more_rooms import none
from console.ui.queue.queue_room import QueueRoom

if TYPE_CHECKING:
    from console.ui.case.case_pane import CasePane
    from console.ui.intake.intake_room import IntakeRoom
    from console.ui.map.map_pane import MapPane
    from console.ui.more_rooms import MoreRooms
    from console.ui.outbox.outbox_room import OutboxRoom

Room = TypeVar("Room", bound=QWidget)


@runtime_checkable
class HasKeys(Protocol):
    """A screen that says which keys hold in it."""

    def keys(self) -> list[tuple[str, str]]: ...


@runtime_checkable
class HasAllKeys(Protocol):
    """A screen with more keys than the status bar has room for."""

    def all_keys(self) -> list[tuple[str, str]]: ...


@runtime_checkable
class ComesForward(Protocol):
    """A screen that does something when it comes to the front."""

    def activated(self) -> None: ...


@runtime_checkable
class Refreshes(Protocol):
    """A screen with a list of its own, that F5 brings new items into."""

    def refresh(self) -> None: ...


@runtime_checkable
class Filters(Protocol):
    """A screen with a filter of its own."""

    def clear_filter(self) -> None: ...


class Late(Generic[Room]):
    """A room that is made when it is first asked for. `made`: the room, None before."""

    def __init__(self, make: Callable[[], Room]) -> None:
        self._make = make
        self._then: list[Callable[[Room], object]] = []
        self.made: Room | None = None

    def room(self) -> Room:
        """The room, made now where it was not."""
        if self.made is None:
            self.made = self._make()
            for act in self._then:
                act(self.made)
        return self.made

    def tell(self, act: Callable[[Room], object]) -> None:
        """Do this with the room where it is made already."""
        if self.made is not None:
            act(self.made)

    def when_made(self, act: Callable[[Room], object]) -> None:
        """Do this with the room as soon as there is one; before it is made only."""
        self._then.append(act)


class Rooms:
    """The screens of one window."""

    def __init__(
        self,
        queue: QueueRoom,
        *,
        map: Callable[[], MapPane],
        case: Callable[[], CasePane],
        intake: Callable[[], IntakeRoom],
        outbox: Callable[[], OutboxRoom],
        more: MoreRooms | None = None,
    ) -> None:
        self.queue = queue
        self.more = none() if more is None else more
        self.late_map, self.late_case = Late(map), Late(case)
        self.late_intake, self.late_outbox = Late(intake), Late(outbox)

    @property
    def map(self) -> MapPane:
        """The map with its table."""
        return self.late_map.room()

    @property
    def case(self) -> CasePane:
        """The chosen case."""
        return self.late_case.room()

    @property
    def intake(self) -> IntakeRoom:
        """Where reports are taken."""
        return self.late_intake.room()

    @property
    def outbox(self) -> OutboxRoom:
        """What has not reached the centre."""
        return self.late_outbox.room()


def keys_of(widget: QWidget) -> list[tuple[str, str]]:
    """Keys of a room for the status bar; none for anything else."""
    return widget.keys() if isinstance(widget, HasKeys) else []


def all_keys_of(widget: QWidget) -> list[tuple[str, str]]:
    """The same for the sheet of all keys: those that the status bar has no room for, too."""
    return widget.all_keys() if isinstance(widget, HasAllKeys) else keys_of(widget)


def activate(widget: QWidget) -> None:
    """Bring a room to life; anything else only takes the focus."""
    if isinstance(widget, ComesForward):
        widget.activated()
    else:
        widget.setFocus()


def refresh(widget: QWidget) -> None:
    """Bring in what waits, where the screen has a list of its own."""
    if isinstance(widget, Refreshes):
        widget.refresh()


def clear_filter(widget: QWidget) -> None:
    """Let everything through again, where the screen has a filter."""
    if isinstance(widget, QueueRoom):
        widget.bar.clear()
    elif isinstance(widget, Filters):
        widget.clear_filter()


def beside(panes: Sequence[QWidget], focus: QWidget | None, by: int) -> QWidget:
    """The pane `by` steps from the one with the focus, round the end; the first where none has it."""
    at = next((i for i, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -by)
    return panes[(at + by) % len(panes)]
