"""The desk's door to single cases and their timelines."""

from collections.abc import Sequence
from datetime import datetime

from console.desk import alarms, questions
from console.desk.alarms import Alarming
from console.desk.holdings import Holdings
from console.desk.rows import CaseView, QueueRow
from console.domain.case import Event
from console.models import timeline
from console.models.times import to_ms


class CaseDoor:
    """A part of the desk."""

    _held: Holdings

    async def case(self, case_id: str) -> CaseView | None:
        """A case with the newest stretch of its timeline; `events` reads what came before."""
        return await self._held.call(lambda: questions.case_view(self._held, case_id))

    async def alarming(self, ids: Sequence[str]) -> tuple[Alarming, ...]:
        """Those of the cases that are here, as alarms judge them."""
        return await self._held.call(lambda: alarms.alarming(self._held, tuple(ids)))

    async def gone_overdue(self, after: datetime, until: datetime) -> tuple[Alarming, ...]:
        """Own open cases whose time ran out after the one and by the other."""
        span = to_ms(after), to_ms(until)
        return await self._held.call(lambda: alarms.gone_overdue(self._held, *span))

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
