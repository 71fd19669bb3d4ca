"""Asks about the report under the cursor, one question after the other, and again when it changed elsewhere.

Answers about a report that the cursor has left, or about a type and place that were changed meanwhile, are
dropped.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.changes import Changes
from console.desk.rows import CaseView, Suspect
from console.domain.advice import Past, TypeGuess
from console.domain.case import Actor
from console.domain.place import Place
from console.domain.places.index import warm
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.ui.queue.queue_room import Clock
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.triage.triage_state import TriageState

PAUSE_MS = 40  # while the cursor runs down the list, only where it rests is read


class LookingDesk(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reference(self) -> Reference: ...
    async def case(self, case_id: str) -> CaseView | None: ...
    async def type_guesses(self, text: str, commune: str, day: date) -> tuple[TypeGuess, ...]: ...
    async def past(self, type: str, commune: str) -> Past: ...
    async def suspects(
        self, type: str, place: Place, description: str, happened_at: datetime
    ) -> tuple[Suspect, ...]: ...


class Looking(QObject):
    """`changed`: `state` is another one, None while nothing is known of the report; `learnt`: there is more
    to know of it."""

    changed = Signal()
    learnt = Signal()

    def __init__(self, desk: LookingDesk, signals: DeskSignals, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self.case = ""
        self.state: TriageState | None = None
        self.busy: Callable[[], bool] = lambda: False  # somebody is writing about it: nothing is exchanged
        self._turn = 0
        self._asked: tuple[object, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        signals.changed.connect(self._on_changes)

    def follow(self, case: str) -> None:
        """This report now; "" for none."""
        if case == self.case:
            return
        self.case, self.state = case, None
        self._turn += 1
        self.changed.emit()
        if case:
            self._pause.start()

    def again(self) -> None:
        """Its type or place was changed here: what follows from them is asked anew."""
        if self.state is not None and self.state.about != self._asked:
            self._turn += 1
            self.state.ready = False
            self._tasks.start(self._follow_up(self.state, self._turn))

    def _on_changes(self, changes: Changes) -> None:
        if self.case in changes.cases and not self._pause.isActive():
            self._pause.start()

    def _begin(self) -> None:
        self._turn += 1
        self._tasks.start(self._look(self.case, self._turn))

    async def _look(self, case: str, turn: int) -> None:
        view = await self._desk.case(case)
        if turn != self._turn or view is None:
            return
        before = self.state
        if before is not None and before.waits and (before.edited or self.busy()):
            before.view = view  # what is being changed here stays
            self.learnt.emit()
            await self._follow_up(before, turn)
            return
        desk = self._desk
        state = self.state = TriageState(view, desk.reference, desk.actor, desk.clock.now())
        self.changed.emit()
        if not state.waits:
            return
        day, commune = local_day(view.case.entered_at), view.case.place.commune
        guesses = await desk.type_guesses(state.text, commune, day)
        if view.case.place.point is None:
            await asyncio.to_thread(warm, desk.reference, day)  # at first half a second of Python
        if turn == self._turn:
            state.heard_types(guesses)
            state.look_for_pin()
            await self._follow_up(state, turn)

    async def _follow_up(self, state: TriageState, turn: int) -> None:
        draft, case = state.intake.draft, state.case
        self._asked = state.about
        place = Place(
            commune=draft.commune, text=draft.place_text, point=draft.place.point if draft.place else None
        )
        past = await self._desk.past(draft.type, draft.commune) if draft.type else None
        suspects = await self._desk.suspects(draft.type, place, case.description, case.happened_at)
        if draft.type != case.type:  # others may have chosen the same wrong type
            more = await self._desk.suspects(case.type, place, case.description, case.happened_at)
            known = {one.row.id for one in suspects}
            suspects = (*suspects, *(one for one in more if one.row.id not in known))
        if turn == self._turn:
            state.heard_past(past)
            state.heard_suspects(suspects)
            state.ready = True
            self.learnt.emit()
