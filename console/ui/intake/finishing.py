"""The ways out of a draft: saved and forwarded, saved for later, merged; and the undo that leads back in."""

from collections.abc import Awaitable, Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from console.desk.connection import Net
from console.desk.errors import DeskError
from console.desk.rows import Draft, Earlier, Suspect
from console.ui.intake.draft_keeper import DraftKeeper, Page, commit_preedit, same_words
from console.ui.intake.fields import Field
from console.ui.intake.intake_state import IntakeState, numbered
from console.ui.intake.reading import Reading
from console.ui.intake.saving import Saved, SavingDesk, save, save_again, save_merged, take_back
from console.ui.notices import Notices
from console.ui.parts.failure_text import failure_text
from console.ui.tasks import Tasks
from console.ui.words import t

Saving = Callable[[Draft, Reading], Awaitable[Saved]]


class Finishing(QObject):
    """`must_wait(sentence, Field | None)`: not saved, and where the cursor should go; `ended(Saved)`;
    `reopened(Draft)`: after an undo."""

    must_wait = Signal(str, object)
    ended = Signal(object)
    reopened = Signal(object)

    def __init__(
        self,
        desk: SavingDesk,
        state: IntakeState,
        keeper: DraftKeeper,
        tasks: Tasks,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._state, self._keeper = desk, state, keeper
        self._tasks, self._notices = tasks, notices
        self._busy = False

    def forward(self) -> None:
        """Save and forward to the agency shown."""
        commit_preedit()
        reading = self._state.reading
        if reading.no_forward is not None:
            self.must_wait.emit(t("intake.noForward"), None)
        elif self._complete() and reading.lead is None:
            self.must_wait.emit(t("intake.noAgency"), Field.AGENCY)
        elif self._complete():
            self._start(lambda draft, reading: save(self._desk, draft, reading, True))

    def later(self) -> None:
        """Save; somebody forwards it later."""
        commit_preedit()
        if self._complete():
            self._start(lambda draft, reading: save(self._desk, draft, reading, False))

    def merge(self, into: Suspect) -> None:
        """Save, and merge into another report."""
        commit_preedit()
        if self._complete():
            row = into.row
            self._start(lambda draft, reading: save_merged(self._desk, draft, reading, row.id, row.number))

    def again(self, one: Earlier | None) -> None:
        """The call is about an earlier report: told there, with what was typed; no new one."""
        commit_preedit()
        if one is None:
            self.must_wait.emit(t("intake.same.none"), None)
        elif self._state.draft.logged:
            self.must_wait.emit(t("intake.same.logged", number=self._state.draft.number), None)
        else:
            self._start(lambda draft, reading: save_again(self._desk, draft, reading, one.id))

    def _complete(self) -> bool:
        """Whether nothing is missing or wrong; otherwise says what, once."""
        reading = self._state.reading
        if reading.first_bad is None:
            return True
        names = list(dict.fromkeys(t(f"intake.name.{field.value}") for field in reading.missing))
        if names:
            self.must_wait.emit(t("intake.missing", fields=", ".join(names)), reading.first_bad)
        else:
            first = next(p for p in reading.blocked if p.field is reading.first_bad)
            self.must_wait.emit(t(first.key, **first.values), reading.first_bad)
        return False

    @property
    def busy(self) -> bool:
        """Whether a save is under way."""
        return self._busy

    def _start(self, work: Saving) -> None:
        """What stands in the form now is saved, whatever is typed while the disk works."""
        if self._busy:
            return
        self._busy = True
        page, reading = self._keeper.page, self._state.reading
        task = self._tasks.start(
            self._save(work, page, self._state.draft, reading), lambda error: self._refused(page, error)
        )
        task.add_done_callback(lambda _task: self._free())

    def _free(self) -> None:
        self._busy = False

    def _refused(self, page: Page, error: DeskError) -> bool:
        """Said below the form; where another one is shown already, the draft waits with the others."""
        why = failure_text(error, self._state.reference)
        if page is self._keeper.page:
            self.must_wait.emit(t("intake.notSaved", why=why), None)
        else:
            self._notices.problem(t("intake.notSaved", why=why))
        return True

    async def _save(self, work: Saving, page: Page, typed: Draft, reading: Reading) -> None:
        draft = numbered(typed, await self._keeper.write(page))
        saved = await work(draft, reading)
        self._tell(saved)
        if page is not self._keeper.page:
            return  # another call is being taken already
        if same_words(self._at_rest(draft), self._at_rest(self._state.draft)):
            self.ended.emit(saved)
        else:
            await self._keep_open(saved)

    @staticmethod
    def _at_rest(draft: Draft) -> Draft:
        return msgspec.structs.replace(draft, focus="", caret=0)

    async def _keep_open(self, saved: Saved) -> None:
        """Typed on while the disk worked: the report is saved, the rest stays before the operator."""
        await self._desk.take_back_draft(saved.draft.id)
        if not saved.again:
            self._state.saved_before()
        self._keeper.page.written = None
        await self._keeper.write()
        key = "intake.typedOn.again" if saved.again else "intake.typedOn"
        self.must_wait.emit(t(key, number=saved.done.number), None)

    def _tell(self, saved: Saved) -> None:
        if saved.not_merged is not None:
            why = failure_text(saved.not_merged, self._state.reference)
            self._notices.problem(t("intake.notMerged", number=saved.done.number, why=why))
            return
        undo = (lambda: self._undo(saved)) if saved.undoable else None
        self._notices.say(_words(saved, self._desk.connection.net is not Net.OFFLINE), undo)

    def _undo(self, saved: Saved) -> None:
        self._tasks.start(self._take_back(saved))

    async def _take_back(self, saved: Saved) -> None:
        draft: Draft | None = await take_back(self._desk, saved)
        if draft is None:
            self._notices.problem(t("intake.undoLate", number=saved.done.number))
        else:
            self.reopened.emit(draft)


def _words(saved: Saved, online: bool) -> str:
    number = saved.done.number
    if saved.again:
        return t("intake.done.again", number=number)
    if saved.into:
        return t("intake.done.merged", number=number, into=saved.into)
    if saved.lead:
        key = "intake.done.forwarded" if online else "intake.done.offline"
        return t(key, number=number, agency=saved.lead)
    return t("intake.done.later", number=number)
