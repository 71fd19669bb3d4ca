"""Closing a draft from which no report comes: it stays on disk for seven days, and an undo brings it back."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from console.desk.rows import Draft
from console.domain.telephone import CallKind
from console.ui.intake.call_taking import CallTaking
from console.ui.intake.draft_keeper import DraftKeeper, Page
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.turning import Turning
from console.ui.notices import Notices
from console.ui.tasks import Tasks
from console.ui.words import t


class ClosingDesk(Protocol):
    """What is asked of the desk."""

    async def discard_draft(self, draft_id: str) -> None: ...
    async def take_back_draft(self, draft_id: str) -> Draft: ...


class Closing(QObject):
    """`dropped(str)`: the draft that was closed; `reopened`: an undo brought one back."""

    dropped = Signal(str)
    reopened = Signal()

    def __init__(
        self,
        desk: ClosingDesk,
        state: IntakeState,
        keeper: DraftKeeper,
        turning: Turning,
        calling: CallTaking,
        tasks: Tasks,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._state, self._keeper = desk, state, keeper
        self._turning, self._calling = turning, calling
        self._tasks, self._notices = tasks, notices

    def drop(self) -> None:
        """The draft on the screen, at once; the disk follows."""
        worth = bool(self._state.draft.id) or self._state.touched
        page = self._turning.blank(keep=False)
        if worth:
            self._tasks.start(self._put_out(page))
        self.dropped.emit(self._keeper.draft_of(page).id)

    def close_draft(self, draft_id: str) -> None:
        """This draft, whether it is on the screen or waits."""
        if draft_id == self._state.draft.id:
            self.drop()
        elif (known := self._turning.known(draft_id)) is not None:
            self._tasks.start(self._discard(known))

    async def _put_out(self, page: Page) -> None:
        await self._discard(await self._keeper.write(page))

    async def _discard(self, draft: Draft) -> None:
        await self._desk.discard_draft(draft.id)
        await self._calling.settle(draft.id, CallKind.WRONG_NUMBER)
        self._notices.say(t("intake.dropped", number=draft.number), lambda: self._bring_back(draft.id))

    def _bring_back(self, draft_id: str) -> None:
        self._tasks.start(self._take_back(draft_id))

    async def _take_back(self, draft_id: str) -> None:
        self._turning.open(await self._desk.take_back_draft(draft_id))
        await self._calling.again(draft_id)
        self.reopened.emit()
