"""An act on the open case from its key to what is said afterwards: composer, refusal, undo."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.desk.errors import DeskError, RefusedHere
from console.desk.rows import CaseView, Done
from console.domain.case import Actor
from console.domain.reference import Reference
from console.domain.refusal import Refusal
from console.ui.case.act import Act, Values
from console.ui.case.acts_more import NOTE
from console.ui.case.company import Together
from console.ui.case.composer import Composer
from console.ui.case.giving import GivingDesk, give
from console.ui.case.grid_acts import act_in, why_not
from console.ui.case.near import near_agencies
from console.ui.case.situation import Situation
from console.ui.case.unfinished import Unfinished, moved_text, values_of
from console.ui.notices import Notices
from console.ui.parts.chip import status_text
from console.ui.parts.failure_text import failure_text, refusal_text
from console.ui.parts.present_text import warning_text
from console.ui.queue.queue_room import Clock
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

NO_RIGHT = {"ask_reject": "asked.reject", "ask_close": "asked.close", "ask_extension": "asked.extend"}
"""Acts that ask for what somebody may not do, and what that is."""


class ActingDesk(GivingDesk, Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reference(self) -> Reference: ...
    async def case(self, case_id: str) -> CaseView | None: ...
    async def undo(self, command_ids: Sequence[str]) -> bool: ...


class Place(Protocol):
    """The pane around it: which case is open, and where its composer stands."""

    case_id: str
    view: CaseView | None

    def put_in(self, composer: Composer) -> None: ...
    def take_out(self, composer: Composer) -> None: ...
    def rest(self) -> None: ...
    def read_again(self) -> None: ...


class Acting(QObject):
    """`composer`: the one that is open."""

    def __init__(
        self, desk: ActingDesk, theme: Theme, tasks: Tasks, notices: Notices, unfinished: Unfinished,
        together: Together, place: Place, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self._unfinished, self._together, self._place = unfinished, together, place
        self.composer: Composer | None = None

    def act_at(self, slot: str) -> tuple[Act, Refusal | None]:
        """What stands there for this person now, and why it cannot be done."""
        view, now = self._place.view, self._desk.clock.now()
        case = view.case if view is not None else None
        act = act_in(slot, self._desk.actor, case, self._desk.reference, now)
        return act, why_not(act, self._desk.actor, case, self._desk.reference, now)

    def begin_slot(self, slot: str) -> None:
        """Open the composer of a place; a closed one says why in the notices; one without fields is done."""
        place = self._place
        if place.view is None:
            return
        act, refusal = self.act_at(slot)
        if refusal is not None:
            if slot != NOTE.slot and self._unfinished.get(place.case_id, slot) is not None:
                self.go_on(slot)
                return
            text = refusal_text(refusal, self._desk.reference)
            self._notices.problem(f"{t(f'act.{act.name}.title')}: {text}")
            return
        if not act.fields:
            self._tasks.start(self._do_now(act, place.view))
            return
        if self.composer is not None and self.composer.act is act:
            self.composer.take_focus()
            return
        self.put_away()
        self._open(act)

    def go_on(self, slot: str) -> None:
        """Go on with what was left; an act that can no longer be done becomes a note."""
        kept, view = self._unfinished.get(self._place.case_id, slot), self._place.view
        if kept is None or view is None:
            return
        act, refusal = self.act_at(slot)
        fits = refusal is None and act.kind == kept.kind
        self.begin_slot(slot if fits else NOTE.slot)
        if not fits and self.composer is not None and self.composer.act is NOTE:
            why = refusal_text(refusal, self._desk.reference) if refusal else ""
            self._unfinished.into_note(kept, self.composer, view, why)

    def _open(self, act: Act) -> None:
        view = self._place.view
        assert view is not None
        now = self._desk.clock.now()
        near = near_agencies(view.case, self._desk.reference, now)
        situation = Situation(view.case, self._desk.reference, now, view.row.place, near.codes, near.reason)
        kept = self._unfinished.get(view.case.id, act.slot)
        values = values_of(kept) if kept is not None and kept.kind == act.kind else {}
        if act.kind == "assign" and not values and near.lead and view.case.lead is None:
            values = {"lead": near.lead, "supporting": near.supporting}
        composer = self.composer = Composer(self._theme, act, situation, values)
        composer.sent.connect(lambda values: self._tasks.start(self._send(composer, values)))
        composer.dropped.connect(self._drop)
        composer.edited.connect(self._together.typed)
        composer.case_named.connect(lambda number: self._tasks.start(self._name_case(composer, number)))
        composer.warn(warning_text(self._together.present))
        self._together.typed()
        self._place.put_in(composer)
        composer.take_focus()
        self._unfinished.watch(view.case, composer)
        if kept is not None and (moved := moved_text(kept, view)):
            composer.say(moved)
        elif self._desk.actor.agency is None and act.name in NO_RIGHT:
            composer.say(t("act.noRight", act=t(NO_RIGHT[act.name])), "violetText")

    async def _name_case(self, composer: Composer, number: str) -> None:
        """The evidence before two cases are put together: what the number stands for."""
        view = await self._desk.case_by_number(number)
        if self.composer is not composer:
            return
        if view is None:
            composer.show_case_named(number, t("refusal.unknown_case"))
            return
        told = (view.case.title, view.row.place, status_text(view.row.display_status))
        composer.show_case_named(number, " · ".join(part for part in told if part))

    def put_away(self) -> None:
        """Close the composer; what was typed comes back when the act is begun again."""
        composer = self.composer
        if composer is None:
            return
        if composer.isAncestorOf(QApplication.focusWidget() or composer):
            QGuiApplication.inputMethod().commit()  # only here: it would tear a word that is typed elsewhere
        self._remove(composer)
        self._unfinished.close()

    def _remove(self, composer: Composer) -> None:
        self.composer = None
        self._place.take_out(composer)
        composer.hide()
        composer.deleteLater()
        self._together.stopped()

    def _drop(self) -> None:
        self.put_away()
        self._place.rest()

    # giving it

    async def _do_now(self, act: Act, view: CaseView) -> None:
        try:
            done = await give(self._desk, view, act, {})
        except DeskError as error:
            self._notices.problem(failure_text(error, self._desk.reference))
            return
        self._say_done(act, {}, done)

    async def _send(self, composer: Composer, values: Values) -> None:
        case, act, view = self._place.case_id, composer.act, self._place.view
        if view is None:
            return
        try:
            done = await give(self._desk, view, act, values)
        except DeskError as error:
            self._unfinished.keep(view.case, act, values)
            self._refused(composer, error)
            return
        self._unfinished.drop(case, act.slot)
        if self.composer is composer:
            self._remove(composer)
            self._place.rest()
        self._say_done(act, values, done)

    def _refused(self, composer: Composer, error: DeskError) -> None:
        text = failure_text(error, self._desk.reference)
        if self.composer is not composer:
            self._notices.problem(text)
            return
        composer.set_busy(False)
        composer.say(text)
        if isinstance(error, RefusedHere):
            self._place.read_again()

    def _say_done(self, act: Act, values: Values, done: Done) -> None:
        agency = self._desk.reference.agency(str(values.get("lead", "")))
        text = t(f"act.{act.name}.done", number=done.number, agency=agency.short if agency else "")
        if done.undo_until is None:
            self._notices.say(text)
            return
        left = (done.undo_until - self._desk.clock.now()).total_seconds()
        self._notices.say(text, lambda: self._take_back(act, values, done), max(1, round(left)))

    def _take_back(self, act: Act, values: Values, done: Done) -> None:
        self._tasks.start(self._undo(act, values, done))

    async def _undo(self, act: Act, values: Values, done: Done) -> None:
        if not await self._desk.undo(done.commands):
            self._notices.problem(t("undo.gone"))
            return
        view = await self._desk.case(done.case)
        if view is not None and act.fields:
            self._unfinished.keep(view.case, act, values)
        self._notices.say(t("undo.done"), seconds=5)
        if self._place.case_id == done.case and act.fields:
            self._place.view = view
            self.begin_slot(act.slot)
