"""What the shift before left is told to whoever comes: once in words, and by a figure until it is read.
Drafts and unsent items of this desk are told too, also where nothing is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from console.desk.changes import Changes
from console.desk.shift_rows import Unread
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.more_rooms import MoreRooms, RoomWindow

ROOM = "handover"
SECONDS = 20


class ArrivingDesk(Protocol):
    """What is asked of the desk."""

    async def unread(self) -> Unread: ...


class Arriving(QObject):
    """From one sign-in to the next. A sheet that comes later, from the centre, is told when it comes."""

    def __init__(
        self, desk: ArrivingDesk, signals: DeskSignals, tasks: Tasks, notices: Notices, window: RoomWindow,
        more: MoreRooms,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._tasks, self._notices, self._window, self._more = desk, tasks, notices, window, more
        self._told = ""  # of which sheet
        self._first = True
        signals.changed.connect(self._on_changes)
        tasks.start(self._look())

    def _on_changes(self, changes: Changes) -> None:
        if changes.shifts:
            self._tasks.start(self._look())

    async def _look(self) -> None:
        found = await self._desk.unread()
        self._window.set_count(ROOM, 1 if found.sheet is not None else 0, calls=True)
        first, self._first = self._first, False
        if found.sheet is None:
            if first and (found.drafts or found.unsent):
                said = t("shifts.arrive.rest", drafts=found.drafts, unsent=found.unsent)
                self._notices.say(said, seconds=SECONDS)
            return
        if found.sheet.sheet.id == self._told:
            return
        self._told = sheet_id = found.sheet.sheet.id
        words = {"name": found.sheet.sheet.signed.name, "drafts": found.drafts, "unsent": found.unsent}
        self._notices.say(
            t("shifts.arrive", **words), seconds=SECONDS, look=lambda: self._tasks.start(self._open(sheet_id))
        )

    async def _open(self, sheet_id: str) -> None:
        from console.ui.shifts.shift_room import ShiftRoom

        self._window.show_room(ROOM)
        room = await self._more.room(ROOM)
        if isinstance(room, ShiftRoom):
            room.open_sheet(sheet_id)
