"""Who calls: earlier reports and what is known of the number are asked for and shown in the left pane."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.desk.number_notes import NumberNoteView
from console.desk.rows import CaseView
from console.domain.case import Actor
from console.domain.number_note import NoteKind, may_note, note_months
from console.domain.reference import Reference
from console.ui.intake.caller_pane import CallerPane
from console.ui.intake.calls_of_desk import Clock
from console.ui.intake.finishing import Finishing
from console.ui.intake.lookout import Lookout
from console.ui.intake.note_section import Typed
from console.ui.parts.failure_text import failure_text
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.words import t


class CallerDesk(Protocol):
    """What is asked of the desk."""

    @property
    def actor(self) -> Actor: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    async def case_by_number(self, number: str) -> CaseView | None: ...
    async def number_note(self, phone_e164: str) -> NumberNoteView | None: ...
    async def note_number(
        self, phone_e164: str, kinds: tuple[str, ...], text: str
    ) -> NumberNoteView | None: ...


class CallerSide(QObject):
    """`view_case(str)`: that case is to be shown; `left`: the cursor is to go back into the form."""

    view_case = Signal(str)
    left = Signal()

    def __init__(
        self,
        desk: CallerDesk,
        signals: DeskSignals,
        tasks: Tasks,
        lookout: Lookout,
        finishing: Finishing,
        pane: CallerPane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._pane = desk, tasks, pane
        self._phone: str | None = None
        self._asked = 0
        lookout.earlier.connect(pane.history.show_earlier)
        lookout.phone.connect(self._ask)
        pane.history.view.connect(self.view_case)
        pane.history.same.connect(finishing.again)
        pane.history.number_asked.connect(lambda number: tasks.start(self._find(number)))
        pane.note.written.connect(self._write)
        pane.note.left.connect(self.left)
        signals.changed.connect(self._on_changes)

    async def _find(self, number: str) -> None:
        """The case whose number the caller reads."""
        view = await self._desk.case_by_number(number)
        if view is None:
            self._pane.history.tell_number(t("intake.number.unknown", number=number))
        else:
            self.view_case.emit(view.case.id)

    # -- what is known of the number ------------------------------------------------------------------

    def _ask(self, phone: str | None) -> None:
        self._phone = phone
        self._asked += 1
        if phone is None:
            self._show("", None)
        else:
            self._tasks.start(self._look(phone, self._asked))

    async def _look(self, phone: str, asked: int) -> None:
        note = await self._desk.number_note(phone)
        if asked == self._asked:  # a late answer is about somebody else
            self._show(phone, note)

    def _show(self, phone: str, note: NumberNoteView | None) -> None:
        desk = self._desk
        judges = may_note(desk.actor.role, (), (NoteKind.PRANK.value,)) is None
        self._pane.note.show_note(phone, note, note_months(desk.reference, desk.clock.now()), judges)

    def _on_changes(self, changes: Changes) -> None:
        if changes.numbers and self._phone is not None:
            self._ask(self._phone)

    def _write(self, phone: str, typed: Typed) -> None:
        self._tasks.start(self._keep(phone, typed), self._refused)

    async def _keep(self, phone: str, typed: Typed) -> None:
        await self._desk.note_number(phone, typed.kinds, typed.text)
        if phone == self._pane.note.phone:
            self._pane.note.saved()

    def _refused(self, error: DeskError) -> bool:
        self._pane.note.say(failure_text(error))
        return True
