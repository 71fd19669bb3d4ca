"""What can be done in the outbox: give again, let go, undo, take back; drafts discarded and opened."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console.desk.errors import DeskError, RefusedHere
from console.desk.rows import OutboxItem, Sending
from console.domain.command import AddNote, AnyBody
from console.ui.notices import Notices
from console.ui.outbox.item_pane import ItemPane
from console.ui.outbox.outbox_desk import OutboxDesk
from console.ui.outbox.reading import CONFLICT, READ, REFUSED, as_text
from console.ui.parts.failure_text import failure_text
from console.ui.tasks import Tasks
from console.ui.words import t


class OutboxActs(QObject):
    """Acts on what the pane shows. `settled`: it was given or let go, the cursor goes back to the list;
    `mending(draft_id)`: a refused report is a draft again, to be opened at the intake."""

    settled = Signal()
    mending = Signal(str)

    def __init__(
        self, desk: OutboxDesk, pane: ItemPane, tasks: Tasks, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._pane, self._tasks, self._notices = desk, pane, tasks, notices
        self._busy = False

    def apply(self) -> None:
        """Ctrl+Enter: the chosen sides, or the mended words, are given anew; out of the bin: taken back."""
        item = self._pane.item
        if item is None:
            return
        if self._pane.mode != READ:
            self._give(item, self._pane.bodies())
        elif item.row.state is Sending.BINNED and not (item.row.replaced or item.row.carried):
            self._start(self._back(item))

    def use_server(self) -> None:
        """Alt+T: what the centre has stays; what was written becomes a note."""
        if self._pane.item is not None and self._pane.mode == CONFLICT:
            text = self._pane.words().strip()
            self._give(self._pane.item, (AddNote(text=text),) if text else ())

    def mend(self) -> None:
        """Ctrl+E: a refused report opens at the intake with all that was typed."""
        item = self._pane.item
        if item is not None and self._pane.mode == REFUSED and item.row.kind == "log_report":
            self._start(self._open_whole(item))

    def copy(self) -> None:
        """The whole command to the clipboard."""
        item = self._pane.item
        if item is not None:
            now = self._desk.clock.now()
            QApplication.clipboard().setText(as_text(item, self._desk.reference, now))
            self._notices.say(t("outbox.copied", number=item.row.number), seconds=4)

    def drop(self) -> None:
        """Delete: one that still rests is undone, one that came back goes into the bin for thirty days."""
        item = self._pane.item
        if item is None:
            return
        if item.row.carried and item.row.state in (Sending.REFUSED, Sending.HELD_BACK):
            self._start(self._put_away(item))
        elif item.row.state is Sending.HELD:
            self._start(self._undo(item))
        elif item.row.state in (Sending.REFUSED, Sending.HELD_BACK):
            self._give(item, ())

    def _give(self, item: OutboxItem, bodies: tuple[AnyBody, ...]) -> None:
        self._start(self._given(item, bodies))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._busy:
            work.close()
            return
        self._busy = True
        self._tasks.start(self._once(work), self._not_done)

    async def _once(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self._busy = False

    async def _given(self, item: OutboxItem, bodies: tuple[AnyBody, ...]) -> None:
        if bodies:
            await self._desk.give_again(item.row.id, *bodies)
        else:
            await self._desk.let_go(item.row.id)
        done = "outbox.done.again" if bodies else "outbox.done.letGo"
        self._end(item, t(done, number=item.row.number))

    async def _back(self, item: OutboxItem) -> None:
        await self._desk.out_of_bin(item.row.id)
        self._end(item, t("outbox.done.back", number=item.row.number))

    async def _put_away(self, item: OutboxItem) -> None:
        await self._desk.put_away(item.row.id)
        self._end(item, t("outbox.done.putAway", number=item.row.number, station=item.row.carried))

    async def _undo(self, item: OutboxItem) -> None:
        if await self._desk.undo((item.row.id,)):
            self._end(item, t("outbox.done.undone", number=item.row.number))
        else:
            self._notices.problem(t("undo.gone"))

    async def _open_whole(self, item: OutboxItem) -> None:
        draft = await self._desk.open_refused(item.row.id)
        self.mending.emit(draft.id)

    def _end(self, item: OutboxItem, sentence: str) -> None:
        self._pane.forget(item.row.id)
        self._notices.say(sentence)
        self.settled.emit()

    def _not_done(self, error: DeskError) -> bool:
        """Refused here again: the sentence stands by the words, which stay."""
        if not isinstance(error, RefusedHere):
            return False
        self._pane.show_problem(failure_text(error, self._desk.reference))
        return True

    # drafts

    def discard(self, draft: str) -> None:
        """Out of sight, kept for seven days."""
        self._tasks.start(self._discard(draft))

    async def _discard(self, draft: str) -> None:
        await self._desk.discard_draft(draft)
        self._notices.say(t("outbox.draft.discarded"), undo=lambda: self._take_back(draft))

    def _take_back(self, draft: str) -> None:
        self._tasks.start(self._desk.take_back_draft(draft))
