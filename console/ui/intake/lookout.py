"""Looks up, a moment after typing: earlier reports, possible duplicates. Late answers are dropped."""

from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.rows import Earlier, Suspect
from console.domain.place import Place
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.reading import happened_at
from console.ui.tasks import Tasks

PAUSE_MS = 250
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
        self._asked: tuple[object, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.look)

    def touch(self) -> None:
        """Something was typed. A whole phone number is asked about at once: its caller is on the line."""
        self._look_for_earlier()
        self._timer.start()

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
        draft = self._state.draft
        asked: tuple[object, ...] = ()
        if draft.type and draft.commune:
            asked = (draft.type, self._place(), draft.description[:LOOKED_AT], self._state.not_duplicates)
        if asked == self._asked:
            return
        self._asked = asked
        if asked:
            self._tasks.start(self._suspects(asked))
        else:
            self.suspects.emit(None)

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

    async def _suspects(self, asked: tuple[object, ...]) -> None:
        draft = self._state.draft
        words = draft.description[:LOOKED_AT]
        found = await self._desk.suspects(draft.type, self._place(), words, happened_at(draft))
        if asked == self._asked:
            hidden = self._state.not_duplicates | {draft.case}
            self.suspects.emit(tuple(one for one in found if one.row.id not in hidden))
