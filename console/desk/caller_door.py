"""The desk's door to who calls: earlier cases, what is known of the number, the same matter again."""

from collections.abc import Sequence
from datetime import datetime

from console.desk import again, number_notes, questions, suspects
from console.desk.files_port import FilesPort
from console.desk.holdings import Holdings
from console.desk.number_notes import NumberNoteView
from console.desk.rows import Done, Draft, Earlier, Suspect
from console.domain.command import AddCall, AddNote
from console.domain.place import Place


class CallerDoor:
    """A part of the desk."""

    _held: Holdings
    files_port: FilesPort

    async def earlier(self, phone_e164: str) -> tuple[Earlier, ...]:
        """Earlier cases of this phone: open ones first, then the newest."""
        return await self._held.call(lambda: questions.earlier(self._held, phone_e164))

    async def suspects(
        self, type: str, place: Place, description: str, happened_at: datetime
    ) -> tuple[Suspect, ...]:
        """Possible duplicates, likely ones first."""
        return await self._held.call(
            lambda: suspects.suspects(self._held, type, place, description, happened_at)
        )

    async def number_note(self, phone_e164: str) -> NumberNoteView | None:
        """What is known of a number that calls; ask again after `Changes.numbers`. Asking is its use."""
        return await self._held.call(lambda: number_notes.number_note(self._held, phone_e164))

    async def note_number(self, phone_e164: str, kinds: Sequence[str], text: str) -> NumberNoteView | None:
        """Write it for all colleagues, in the place of what it was; nothing at all takes it back. Raises
        NoteTooLong, NoteNotYours, StoreFull."""
        return await self._held.call(lambda: number_notes.note_number(self._held, phone_e164, kinds, text))

    async def add_call(self, draft: Draft, case_id: str, body: AddCall, note: AddNote | None = None) -> Done:
        """The call of this draft belongs to a case that is there: told in its timeline, no new report; the
        draft is closed. Raises RefusedHere, NotHere, StoreFull: nothing stored then."""
        done = await self._held.call(lambda: again.add_call(self._held, draft, case_id, body, note))
        self.files_port.ring()
        return done
