"""What the keys of the triage room do to the report under the cursor, and what is said of it."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.desk.errors import DeskError
from console.desk.rows import Done
from console.domain.canned import RejectReason
from console.domain.command import AnyBody, Merge
from console.domain.refusal import Code
from console.domain.rights import can
from console.ui.case.act import Act, Values
from console.ui.case.acts import ASK_INFO, REJECT
from console.ui.case.acts_more import ASK_REJECT
from console.ui.case.composer import Composer
from console.ui.case.near import near_agencies
from console.ui.case.situation import Situation
from console.ui.case.unfinished import Unfinished, WordsDesk, moved_text, values_of
from console.ui.notices import Notices
from console.ui.parts.choice import ChoiceList
from console.ui.parts.failure_text import failure_text, refusal_text
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.triage.looking import Looking, LookingDesk
from console.ui.triage.triage_list import TriageList
from console.ui.triage.triage_pane import TriagePane
from console.ui.triage.triage_state import TriageState
from console.ui.words import t

ACTS = {"U": ASK_INFO, "X": REJECT}


class TriageDesk(LookingDesk, WordsDesk, Protocol):
    """What is asked of the desk."""

    async def act(self, case_id: str, *bodies: AnyBody) -> Done: ...
    async def undo(self, command_ids: Sequence[str]) -> bool: ...


class TriageActs(QObject):
    """One act at a time; what was typed and not given is kept with its report."""

    def __init__(
        self, desk: TriageDesk, theme: Theme, tasks: Tasks, notices: Notices,
        rows: TriageList, pane: TriagePane, looking: Looking, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self._rows, self._pane, self._looking = rows, pane, looking
        self.unfinished = Unfinished(desk, tasks, self)
        self._giving: set[str] = set()
        proposals = pane.proposals
        proposals.changed.connect(self._on_edited)
        proposals.left.connect(self.put_away)
        proposals.given.connect(self._give_edited)
        pane.map.pinned.connect(self._pin)
        pane.map.left.connect(self.put_away)
        pane.map.settled.connect(lambda: proposals.urgency.setFocus())

    def press(self, case: str, key: str) -> None:
        """A key, or its button."""
        state = self._looking.state
        if key in ("Enter", "M") and self._rows.selection:
            self._press_many(key)
        elif state is None or state.case.id != case:
            self._pane.say(t("triage.wait"))
        elif not state.waits:
            self._rows.go_on(case)
        elif key == "Enter":
            self._take(state)
        elif key == "E":
            self.edit()
        elif key in ACTS:
            self._write(state, ACTS[key])
        elif key == "M":
            self._merge(state)
        else:
            self._notices.problem(t("triage.otherKey", key=key))

    def _press_many(self, key: str) -> None:
        if key == "M":
            self._rows.many.emit("M")
        else:
            self._notices.problem(t("triage.single", n=len(self._rows.selection)))

    def _refused(self, kind: str, state: TriageState) -> bool:
        """Whether the rules have something against it, which is said."""
        refusal = can(self._desk.actor, kind, state.case, self._desk.reference)
        if refusal is not None:
            self._notices.problem(refusal_text(refusal, self._desk.reference))
        return refusal is not None

    # as proposed

    def _take(self, state: TriageState) -> None:
        if not state.ready:
            self._pane.say(t("triage.wait"))
        elif self._refused("assign", state):
            return
        elif not (bodies := state.bodies()):
            self._pane.say(t("triage.lead.none"))
        else:
            agency = self._desk.reference.agency(state.lead)
            text = t("triage.took", number=state.case.number, agency=agency.short if agency else "")
            self._tasks.start(self._give(state.case.id, bodies, text))

    def _merge(self, state: TriageState) -> None:
        one = state.duplicate
        if one is None:
            self._notices.problem(t("triage.dup.pick"))
        elif not self._refused("merge", state):
            text = t("triage.merged", number=state.case.number, into=one.row.number)
            self._tasks.start(self._give(state.case.id, [Merge(into=one.row.id)], text))

    async def _give(self, case: str, bodies: Sequence[AnyBody], text: str) -> None:
        """Stored, and the cursor goes on; what the rules refuse is said in the pane, and nothing moves."""
        if case in self._giving:
            return
        self._giving.add(case)
        try:
            done = await self._desk.act(case, *bodies)
        except DeskError as error:
            self._pane.say(failure_text(error, self._desk.reference))
            return
        finally:
            self._giving.discard(case)
        self._pane.proposals.edit(False)
        self._on_done(case, done, text)

    def _on_done(self, case: str, done: Done, text: str) -> None:
        if QGuiApplication.focusObject() is not self._rows.table and self._looking.case == case:
            self._rows.table.setFocus()
        self._rows.go_on(case)
        if done.undo_until is None:
            self._notices.say(text)
            return
        left = (done.undo_until - self._desk.clock.now()).total_seconds()
        self._notices.say(text, lambda: self._take_back(done), max(1, round(left)))

    def _take_back(self, done: Done) -> None:
        self._tasks.start(self._undo(done))

    async def _undo(self, done: Done) -> None:
        if await self._desk.undo(done.commands):
            self._rows.back_to(done.case)
            self._notices.say(t("undo.done"), seconds=5)
        else:
            self._notices.problem(t("undo.gone"))

    # changed in its place

    def edit(self, field: str = "type") -> None:
        """The cursor into a field of the proposal, where there is one that waits."""
        state = self._looking.state
        if state is not None and state.waits and self._pane.composer is None:
            self._pane.proposals.edit(True, field)
            self._pane.map.set_pin_mode(True)

    def start_pin(self) -> None:
        """Ctrl+M: the cursor to the map, where arrows move the pin."""
        self.edit("place")
        if self._pane.map.isVisible() and self._pane.proposals.editing:
            self._pane.map.map.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pin(self, lon: float, lat: float) -> None:
        state = self._looking.state
        if state is not None and self._pane.proposals.editing:
            state.intake.pin(lon, lat)
            state.edited = True
            self._pane.proposals.show_fields()
            self._on_edited(True)

    def _on_edited(self, asks: bool) -> None:
        state = self._looking.state
        if state is None:
            return
        if asks and state.intake.draft.type and state.intake.draft.commune:
            self._looking.again()
        self._pane.show_state(state, self._desk.reference)

    def _give_edited(self) -> None:
        self._pane.proposals.edit(False)
        self._rows.table.setFocus()
        self.press(self._looking.case, "Enter")

    # written

    @property
    def writing(self) -> QWidget | None:
        """Where the cursor goes while something is written."""
        if self._pane.composer is not None:
            return self._pane.composer.inputs[0].widget
        return self._pane.proposals.type if self._pane.proposals.editing else None

    def _write(self, state: TriageState, act: Act) -> None:
        if act is REJECT and self._asks_approval(state):
            act = ASK_REJECT
        if self._refused(act.kind, state):
            return
        self.put_away()
        self._tasks.start(self._open(state, act))

    def _asks_approval(self, state: TriageState) -> bool:
        """Whether this person may not do it, and a supervisor is asked instead."""
        refusal = can(self._desk.actor, "reject", state.case, self._desk.reference)
        return refusal is not None and refusal.code in (Code.NOT_ALLOWED, Code.NEEDS_SUPERVISOR)

    async def _open(self, state: TriageState, act: Act) -> None:
        case, reference = state.case, self._desk.reference
        await self.unfinished.load(case.id)
        if self._looking.state is not state or self._pane.composer is not None:
            return
        now = self._desk.clock.now()
        near = near_agencies(case, reference, now)
        at = Situation(case, reference, now, state.view.row.place, near.codes, near.reason)
        kept = self.unfinished.get(case.id, act.slot)
        composer = Composer(self._theme, act, at, values_of(kept) if kept is not None else {})
        composer.sent.connect(lambda values: self._tasks.start(self._send(state, composer, values)))
        composer.dropped.connect(self.put_away)
        if act.slot == REJECT.slot:
            _fill_reason(composer, reference.reject_reasons)
        self._pane.write(composer)
        self.unfinished.watch(case, composer)
        if kept is not None and (moved := moved_text(kept, state.view)):
            composer.say(moved)

    async def _send(self, state: TriageState, composer: Composer, values: Values) -> None:
        case, act = state.case, composer.act
        try:
            done = await self._desk.act(case.id, act.build(values, case))
        except DeskError as error:
            self.unfinished.keep(case, act, values)
            composer.set_busy(False)
            composer.say(failure_text(error, self._desk.reference))
            return
        self.unfinished.drop(case.id, act.slot)
        if self._pane.composer is composer:
            self._pane.put_away()
            self._rows.table.setFocus()
        self._on_done(case.id, done, t(f"act.{act.name}.done", number=case.number, agency=""))

    def put_away(self) -> None:
        """Back to the list; what was typed and not given is there again the next time."""
        pane = self._pane
        inside = QGuiApplication.focusObject()
        here = isinstance(inside, QWidget) and pane.isAncestorOf(inside)
        if here:
            QGuiApplication.inputMethod().commit()
        if pane.composer is not None:
            self.unfinished.close()
            pane.put_away()
        pane.proposals.edit(False)
        if here:
            self._rows.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._looking.state is not None:
            pane.show_state(self._looking.state, self._desk.reference)


def _fill_reason(composer: Composer, reasons: Sequence[RejectReason]) -> None:
    """The text for the citizen begins as the chosen reason says, until somebody has written another one."""
    choice = next((one.widget for one in composer.inputs if isinstance(one.widget, ChoiceList)), None)
    words = next((one.widget for one in composer.inputs if isinstance(one.widget, QPlainTextEdit)), None)
    if choice is None or words is None:
        return
    texts = {one.code: f"{one.text}." for one in reasons}

    def fill(code: str) -> None:
        if words.toPlainText().strip() in ("", *texts.values()):
            words.setPlainText(texts.get(code, ""))

    choice.chosen.connect(fill)
