"""A draft for each call: begun when it is answered, found again by its key."""

import asyncio
from contextlib import suppress

import msgspec
from PySide6.QtCore import QObject

from console.desk.call_rows import LiveCall
from console.desk.errors import CallGone
from console.domain.telephone import CallKind
from console.ui.calls.faces import told_number
from console.ui.intake.calls_of_desk import CallsOfDesk
from console.ui.intake.draft_keeper import DraftKeeper, Page
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.turning import Turning
from console.ui.parts.time_text import clock_text
from console.ui.tasks import Tasks
from console.ui.words import t


class CallTaking(QObject):
    """Which draft belongs to which call."""

    def __init__(
        self,
        desk: CallsOfDesk,
        state: IntakeState,
        keeper: DraftKeeper,
        turning: Turning,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._state, self._keeper = desk, state, keeper
        self._turning, self._tasks = turning, tasks
        self._begun: dict[str, tuple[Page, asyncio.Task[None]]] = {}

    def shown(self) -> LiveCall | None:
        """The call whose draft is on the screen, also before the disk knows of it."""
        begun = {call for call, (page, _) in self._begun.items() if page is self._keeper.page}
        found = self.of_draft(self._state.draft.id)
        return found or next((call for call in self._desk.calls() if call.id in begun), None)

    def of_draft(self, draft: str) -> LiveCall | None:
        """The call on the strip that this is written for."""
        return next((call for call in self._desk.calls() if draft and call.draft == draft), None)

    def drafts(self) -> frozenset[str]:
        """Drafts that are opened by a key of the strip."""
        begun = (self._keeper.draft_of(page).id for page, _ in self._begun.values())
        return frozenset((*(call.draft for call in self._desk.calls() if call.draft), *begun))

    def open(self, call: LiveCall) -> None:
        """The call's draft, at once: as it was left, or a new one with the caller's number in it."""
        page = self._begun[call.id][0] if call.id in self._begun else None
        draft = call.draft or (self._keeper.draft_of(page).id if page is not None else "")
        if draft:
            self._turning.resume(draft)
        elif page is None:
            self._begin(call)

    def _begin(self, call: LiveCall) -> None:
        if not self._opened_by_hand_for(call):
            self._turning.blank()
            number = told_number(call)
            if number:
                self._state.phone_typed(number)
        page = self._keeper.page
        self._begun[call.id] = page, self._tasks.start(self._attach(call.id, page))

    def _opened_by_hand_for(self, call: LiveCall) -> bool:
        """Whether the draft on the screen was begun with Ctrl+N for a call answered at the telephone."""
        draft = self._state.draft
        if not draft.id or draft.logged or self.of_draft(draft.id) is not None or call.answered_at is None:
            return False
        return draft.opened_at >= call.answered_at and self._state.reading.phone in (None, call.phone)

    async def _attach(self, call_id: str, page: Page) -> None:
        try:
            draft = await self._keeper.write(page)
            with suppress(CallGone):  # over before anybody spoke: what was typed stays a draft
                await self._desk.attach_call(call_id, draft.id)
        finally:
            self._begun.pop(call_id, None)

    async def settle(self, draft_id: str, kind: CallKind) -> None:
        """The call of a draft that was closed was this, unless it was told to be something else."""
        tasks = [task for _, task in self._begun.values()]
        if tasks:
            await asyncio.wait(tasks)
        call = self.of_draft(draft_id)
        if call is not None and call.kind is None:
            with suppress(CallGone):
                await self._desk.settle_call(call.id, kind)

    async def again(self, draft_id: str) -> None:
        """A closed draft was taken back: its call, where it still runs, is to be written down after all."""
        call = self.of_draft(draft_id)
        if call is not None:
            with suppress(CallGone):
                await self._desk.attach_call(call.id, draft_id)

    async def note(self, draft_id: str, number: str) -> None:
        """Into the internal note: to which emergency number the call was handed, and when."""
        words = t("call.emergency.note", number=number, time=clock_text(self._desk.clock.now()))
        if draft_id == self._state.draft.id:
            self._state.note_typed(_added(self._state.draft.note, words))
            await self._keeper.write_all()
            return
        left = self._keeper.left(draft_id) or self._turning.known(draft_id)
        if left is not None:
            await self._desk.save_draft(msgspec.structs.replace(left, note=_added(left.note, words)))
            await self._turning.read()


def _added(note: str, words: str) -> str:
    return f"{note.rstrip()}\n{words}" if note.strip() else words
