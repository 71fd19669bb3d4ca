"""Which draft the form holds. It turns at the key press; the disk follows."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from console.desk.rows import Draft
from console.ui.intake.draft_keeper import DraftKeeper, Page, commit_preedit
from console.ui.intake.fields import Field
from console.ui.intake.intake_desk import IntakeDesk
from console.ui.intake.intake_state import IntakeState, blank_draft
from console.ui.tasks import Tasks


class Turning(QObject):
    """`turned(Field, int)`: another draft is in the state, and where its cursor was; `listed`: the waiting
    drafts were read again; `missing(str)`: no draft of that id waits here. `note_cursor` puts the cursor's
    place into the state."""

    turned = Signal(object, int)
    listed = Signal()
    missing = Signal(str)

    def __init__(
        self,
        desk: IntakeDesk,
        state: IntakeState,
        keeper: DraftKeeper,
        tasks: Tasks,
        note_cursor: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._state, self._keeper, self._tasks = desk, state, keeper, tasks
        self._note_cursor = note_cursor
        self._drafts: dict[str, Draft] = {}
        keeper.put_away.connect(self._put_away)

    def others(self) -> tuple[Draft, ...]:
        """Open drafts besides the one on the screen, oldest first."""
        return tuple(self._drafts[key] for key in sorted(self._drafts) if key != self._state.draft.id)

    def known(self, draft_id: str) -> Draft | None:
        """A waiting draft as it was last read."""
        return self._drafts.get(draft_id)

    def blank(self, keep: bool = True) -> Page:
        """A blank form, now; what was typed waits as a draft, unless it is done with (`keep` False). Returns
        the page that was left."""
        return self._turn(None, keep)

    def open(self, draft: Draft) -> None:
        """This draft as it lies on disk; the one being typed waits in its place."""
        if draft.id != self._state.draft.id:
            self._turn(draft)
        else:
            self._keeper.page.written = draft
            self._show(draft)

    def resume(self, draft_id: str) -> None:
        """The same by its id, at once where this room knows it."""
        if draft_id == self._state.draft.id:
            return
        known = self._keeper.left(draft_id) or self._drafts.get(draft_id)
        if known is not None:
            self._turn(known)
        else:
            self._tasks.start(self._fetch(draft_id))

    async def _fetch(self, draft_id: str) -> None:
        await self.read()
        if draft_id in self._drafts:
            self.resume(draft_id)
        else:
            self.missing.emit(draft_id)

    def _turn(self, draft: Draft | None, keep: bool = True) -> Page:
        commit_preedit()
        if self._state.touched:
            self._note_cursor()
        left = self._keeper.turn(draft, keep)
        self._show(draft)
        return left

    def _show(self, draft: Draft | None) -> None:
        desk = self._desk
        if draft is not None:
            self._drafts[draft.id] = draft  # before the list is read again
        shown = draft or blank_draft(desk.actor, desk.clock.now())
        self._state.load(shown, desk.reference, desk.actor)
        field = Field(shown.focus) if shown.focus in set(Field) else Field.TYPE
        self.turned.emit(field, shown.caret)

    def _put_away(self, draft: Draft) -> None:
        """Here before the list is read again: it can be opened at once, as it was left."""
        self._drafts[draft.id] = draft
        self._tasks.start(self.read())

    async def read(self) -> None:
        """Open drafts, from the disk."""
        self._drafts = {draft.id: draft for draft in await self._desk.drafts()}
        self.listed.emit()

    def ended_elsewhere(self) -> bool:
        """Whether the draft on the screen was discarded in the outbox, with all that is in it. One that was
        typed in since opens again when it is next written."""
        draft, keeper = self._state.draft, self._keeper
        on_disk = bool(draft.id) and keeper.page.written is not None
        return on_disk and draft.id not in self._drafts and keeper.settled
