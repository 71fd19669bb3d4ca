"""The rooms beside queue, intake, map, case and outbox: one line of ROOMS each.

A room is imported and made when somebody first asks for it: module by module in the errand thread, then
built in one turn of the interface. Until then it costs neither start nor memory.

To add one: a module with a function `make(kit: Kit) -> QWidget`, and a line in ROOMS. From that line come
its entry in the rail, its key, its line in F1 and in the palette; words and icons (`nav.<name>`) are there
for the five below. The room may have `keys()`, `all_keys()` and `activated()` (`console.ui.rooms`), and
`close_room()`, called when the shift ends.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from console.domain.audit import READERS
from console.domain.case import Role

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.desk.rows import Filter
    from console.ui.memory import Memory
    from console.ui.notices import Notices
    from console.ui.queue.queue_room import QueueRoom
    from console.ui.signals import DeskSignals
    from console.ui.tasks import Tasks
    from console.ui.theme import Theme

Errand = Callable[[Callable[[], Any]], Awaitable[Any]]
Load = Callable[[Sequence[str]], Awaitable[None]]

LEADS = frozenset({Role.SUPERVISOR, Role.ADMIN})
LEADERS = frozenset({Role.SUPERVISOR, Role.DISPATCHER})
DESKS = LEADS | {Role.DISPATCHER, Role.OPERATOR}


@dataclass(frozen=True)
class MoreRoom:
    """`name` in rail, keys, words and icons; `module` has its `make`, and is imported after what `ahead`
    names, one in a turn. `roles`: who has it at all."""

    name: str
    module: str
    roles: frozenset[Role] = DESKS
    ahead: tuple[str, ...] = ()


ROOMS: tuple[MoreRoom, ...] = (
    MoreRoom("triage", "console.ui.triage.triage_room"),
    MoreRoom("supervisor", "console.ui.board.board_room", LEADERS, ("numpy", "pyqtgraph")),
    MoreRoom("handover", "console.ui.shifts.shift_room", DESKS - {Role.ADMIN}),
    MoreRoom("admin", "console.ui.admin.admin_room", LEADS),
    MoreRoom("chase", "console.ui.chase.chase_room", LEADERS),
    MoreRoom("audit", "console.ui.audit.audit_room", READERS),
    MoreRoom("reports", "console.ui.reports.reports_room"),
)
"""E.g. MoreRoom("triage", "console.ui.triage.triage_room"). Their keys stand in `console.ui.shortcuts`
already: triage Ctrl+3, supervisor Ctrl+5, handover Ctrl+6, reports Ctrl+7, admin and audit without one."""


class RoomWindow(Protocol):
    """What a room asks of the window around it."""

    def open_case(self, case: str) -> None: ...
    def show_room(self, name: str) -> None: ...
    def show_list(self, filter: Filter) -> None: ...
    def set_count(self, name: str, count: int, calls: bool = False) -> None: ...


@dataclass(frozen=True)
class Kit:
    """What a room is made with. `errand` runs something that waits in a thread; `queue`: the list that stands
    from the beginning."""

    desk: Desk
    signals: DeskSignals
    theme: Theme
    tasks: Tasks
    notices: Notices
    memory: Memory
    errand: Errand
    queue: QueueRoom
    window: RoomWindow


@runtime_checkable
class Closes(Protocol):
    """A room that has something to end or to write when the shift ends."""

    def close_room(self) -> None: ...


class MoreRooms:
    """Those that this role has. `kit` is asked for when the first one is made."""

    def __init__(
        self, role: Role, load: Load, kit: Callable[[], Kit], rooms: Sequence[MoreRoom] | None = None
    ) -> None:
        self._load, self._kit = load, kit
        self._rooms = {room.name: room for room in (ROOMS if rooms is None else rooms) if role in room.roles}
        self._made: dict[str, QWidget] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._rooms

    def __iter__(self) -> Iterator[MoreRoom]:
        return iter(self._rooms.values())

    def made(self, name: str) -> QWidget | None:
        """The room where it has been made."""
        return self._made.get(name)

    async def room(self, name: str) -> QWidget:
        """The room, imported and made now where it was not."""
        room = self._rooms[name]
        if name not in self._made:
            await self._load((*room.ahead, room.module))
        if name not in self._made:  # two may have asked
            made: QWidget = import_module(room.module).make(self._kit())
            self._made[name] = made
        return self._made[name]

    def close(self) -> None:
        """The shift ends."""
        for room in self._made.values():
            if isinstance(room, Closes):
                room.close_room()


async def load_here(names: Sequence[str]) -> None:
    """Import in this turn: for programs without an errand thread."""
    for name in names:
        import_module(name)


def none() -> MoreRooms:
    """No further room."""

    def kit() -> Kit:
        raise LookupError("there is no further room")

    return MoreRooms(Role.OPERATOR, load_here, kit, ())
