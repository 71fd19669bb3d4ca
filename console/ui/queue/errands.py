"""What the list is asked for as a whole. Who does it is imported when it is asked for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.ui.notices import Notices
from console.ui.queue.list_desk import ListDesk
from console.ui.queue.queue_room import QueueRoom
from console.ui.tasks import Tasks
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.desk.progress import Work
    from console.ui.queue.list_files import ListFiles
    from console.ui.queue.many_acts import ManyActs


class ListErrands(QObject):
    """Acts on many cases by letter or bar; copy, export, print by key."""

    def __init__(self, room: QueueRoom, desk: ListDesk, theme: Theme, tasks: Tasks, notices: Notices) -> None:
        super().__init__(room)
        self._given = (room, desk, theme, tasks, notices)
        self._acts: ManyActs | None = None
        self._files: ListFiles | None = None
        room.many.connect(self._many)
        room.asked.connect(lambda name: self.files.begin(name))

    @property
    def acts(self) -> ManyActs:
        """Who acts on many cases."""
        if self._acts is None:
            from console.ui.queue.many_acts import ManyActs

            self._acts = ManyActs(*self._given)
        return self._acts

    @property
    def files(self) -> ListFiles:
        """Who copies, writes files and prints."""
        if self._files is None:
            from console.ui.queue.list_files import ListFiles

            self._files = ListFiles(*self._given)
        return self._files

    @property
    def running(self) -> Work | None:
        """What takes long and has not ended."""
        begun = [one.work for one in (self._acts, self._files) if one is not None]
        return next((work for work in begun if work is not None), None)

    def _many(self, act: str) -> None:
        if act == "export":
            self.files.begin(act)
        else:
            self.acts.begin(act)
