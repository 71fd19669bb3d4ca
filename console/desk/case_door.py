"""The desk's door to single cases and their timelines."""

from collections.abc import Sequence

from console.desk import questions
from console.desk.holdings import Holdings
from console.desk.rows import CaseView, QueueRow
from console.domain.case import Event
from console.models import timeline


class CaseDoor:
    """A part of the desk."""

    _held: Holdings

    async def case(self, case_id: str) -> CaseView | None:
        """A case with the newest stretch of its timeline; `events` reads what came before."""
        return await self._held.call(lambda: questions.case_view(self._held, case_id))

    async def answers(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """What was answered in those of the cases that are here and have any: as `domain.answer_keys`."""
        return await self._held.call(lambda: questions.answers(self._held, tuple(ids)))

    async def parts(self, case_id: str) -> tuple[QueueRow, ...]:
        """Cases that were merged into this one, the newest first. In the first seconds it waits for the
        index."""
        while (found := await self._held.call(lambda: questions.parts(self._held, case_id))) is None:
            await self._held.index.parts_ready()
        return found

    async def case_by_number(self, number: str) -> CaseView | None:
        """The case with this number, as printed."""
        return await self._held.call(lambda: questions.by_number(self._held, number))

    async def events(self, case_id: str, before: int, limit: int) -> tuple[Event, ...]:
        """Of the first `before` events of a case the last `limit`, oldest first; () where it is not here.
        `before`: `CaseView.earlier`, less what was read since. Confirmed events keep their places."""
        return await self._held.call(lambda: timeline.stretch(self._held.store, case_id, before, limit))
