"""Looks up while it is typed: earlier reports of a number, possible duplicates after each word.

One question about duplicates at a time: what was typed meanwhile is asked next. An answer about another place
or type than the one that stands there now is dropped.
"""

from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.rows import Earlier, Suspect
from console.domain.place import Place
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.reading import happened_at
from console.ui.tasks import Tasks

PAUSE_MS = 250
_Question = tuple[object, ...]
LOOKED_AT = 2_000
"""Characters of the description that the search for duplicates reads."""


class LookDesk(Protocol):
    """What is asked of the desk."""

    async def earlier(self, phone_e164: str) -> tuple[Earlier, ...]: ...
    async def suspects(
        self, type: str, place: Place, description: str, happened_at: datetime
    ) -> tuple[Suspect, ...]: ...


class Lookout(QObject):
    """`phone(str | None)`: another one is typed; `earlier` and `suspects` carry the answers; None: there is
    nothing to ask yet."""

    phone = Signal(object)
    earlier = Signal(object)
    suspects = Signal(object)

    def __init__(
        self, desk: LookDesk, tasks: Tasks, state: IntakeState, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._state = desk, tasks, state
        self._phone: str | None = None
        self._asked: _Question = ()
        self._asking = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.look)

    def touch(self) -> None:
        """Something was typed. A whole phone number, a word that has ended, another type or place are asked
        about at once; a word that is being typed after a pause."""
        self._look_for_earlier()
        if self._question()[:1] == self._asked[:1] and self._state.draft.description[-1:].isalnum():
            self._timer.start()
        else:
            self._look_for_suspects()

    def forget(self) -> None:
        """Another draft: ask anew."""
        self._phone, self._asked = None, ()
        self.phone.emit(None)
        self.earlier.emit(None)
        self.suspects.emit(None)
        self.look()

    def look(self) -> None:
        """Ask for what changed."""
        self._timer.stop()
        self._look_for_earlier()
        self._look_for_suspects()

    def _look_for_earlier(self) -> None:
        phone = self._state.reading.phone
        if phone != self._phone:
            self._phone = phone
            self.phone.emit(phone)
            self._state.earlier_communes = ()
            if phone is None:
                self.earlier.emit(None)
            else:
                self._tasks.start(self._earlier(phone))

    def _look_for_suspects(self) -> None:
        """Ask, unless it is being asked; the last one asks on."""
        question = self._question()
        if not question:
            if self._asked:
                self._asked = ()
                self.suspects.emit(None)
        elif question != self._asked and not self._asking:
            self._asking = True
            self._tasks.start(self._ask())

    def _question(self) -> _Question:
        """What is asked about and in which words; () while there is nothing to ask."""
        draft = self._state.draft
        if not (draft.type and draft.commune):
            return ()
        about = (draft.case, draft.type, self._place(), self._state.not_duplicates)
        return about, draft.description[:LOOKED_AT]

    def _place(self) -> Place:
        draft = self._state.draft
        point = draft.place.point if draft.place else None
        return Place(commune=draft.commune, text=draft.place_text, point=point)

    async def _earlier(self, phone: str) -> None:
        found = await self._desk.earlier(phone)
        if phone == self._phone:
            self._state.earlier_communes = tuple(dict.fromkeys(one.commune for one in found if one.commune))
            own = self._state.draft.case
            self.earlier.emit(tuple(one for one in found if one.id != own))

    async def _ask(self) -> None:
        try:
            while (question := self._question()) and question != self._asked:
                self._asked = question
                draft, words = self._state.draft, str(question[1])
                found = await self._desk.suspects(draft.type, self._place(), words, happened_at(draft))
                if self._question()[:1] == question[:1]:
                    hidden = self._state.not_duplicates | {draft.case}
                    self.suspects.emit(tuple(one for one in found if one.row.id not in hidden))
        finally:
            self._asking = False
