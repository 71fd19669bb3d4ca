"""The desk's door to chasing: messages of the centre and how they fare; what each agency has, out of the
cases kept here."""

import asyncio
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from console.desk.errors import PostOffline
from console.desk.holdings import Holdings
from console.domain.agency_list import MOST_LINES, list_text
from console.domain.case import Case
from console.domain.chasing import idle_since, last_move
from console.models.queue import bodies_at
from console.protocol.post import PostAnswer, PostLetter

_TALLY = (
    "SELECT lead, count(*), sum(near_sort <= ?1 AND due_sort > ?1), sum(due_sort <= ?1) FROM case_row "
    "WHERE open = 1 AND lead IS NOT NULL GROUP BY lead"
)
_OPEN = "SELECT pk FROM case_row WHERE open = 1 ORDER BY pk"
_THEIRS = "SELECT pk FROM case_row WHERE open = 1 AND lead = ? ORDER BY due_sort LIMIT ?"
SLICE = 200  # keys of one statement
_case = msgspec.json.Decoder(Case)


class PostCentre(Protocol):
    """Who asks the centre; each call blocks. Raises PostOffline, PostRefused, and what else the line may."""

    def rows(self, case: str | None, failed: bool, before: str | None) -> PostAnswer:
        """The newest first."""

    def letter(self, message: str) -> PostLetter:
        """One with its words."""

    def again(self, message: str) -> PostLetter:
        """A failed one, anew."""


class AgencyTally(NamedTuple):
    """What an agency leads and has not finished."""

    code: str
    name: str
    open: int
    soon: int
    overdue: int


class Dormant(NamedTuple):
    """An open case in which nothing has happened for long. `idle_days`: whole days by now."""

    id: str
    number: str
    title: str
    agency: str
    moved_at: datetime
    idle_days: int


class PostDoor:
    """A part of the desk."""

    _held: Holdings

    async def post(
        self, case: str | None = None, failed: bool = False, before: str | None = None
    ) -> PostAnswer:
        """Messages of the centre, the newest first: of one case, or of all; `failed` alone; older than the
        id `before`. Raises PostOffline, PostRefused, and what the line may raise."""
        return await asyncio.to_thread(self._post_centre().rows, case, failed, before)

    async def post_letter(self, message: str) -> PostLetter:
        """One with its words. Raises the same."""
        return await asyncio.to_thread(self._post_centre().letter, message)

    async def post_again(self, message: str) -> PostLetter:
        """Let the centre try a failed one anew. Raises the same."""
        return await asyncio.to_thread(self._post_centre().again, message)

    def _post_centre(self) -> PostCentre:
        if self._held.post_centre is None:
            raise PostOffline
        return self._held.post_centre

    async def agency_tallies(self) -> tuple[AgencyTally, ...]:
        """Of the cases kept here, which are all open ones; the most overdue first."""
        return await self._held.call(lambda: _tallies(self._held))

    async def agency_list(self, code: str) -> str:
        """The list of one agency, as the centre writes it in the morning."""
        keys = await self._held.call(lambda: _keys(self._held, code))
        cases: list[Case] = []
        for at in range(0, len(keys), SLICE):
            part = keys[at : at + SLICE]
            cases += await self._held.call(lambda part=part: _cases(self._held, part))  # type: ignore[misc]
        return list_text(cases, self._held.reference, self._held.clock.now())

    async def dormant(self) -> tuple[Dormant, ...]:
        """Open cases in which nothing but looking and chasing has happened for the days that the reference
        data says, the longest first; read in slices behind whatever somebody waits for."""
        held, now = self._held, self._held.clock.now()
        since, found = idle_since(held.reference, now), list[Case]()
        keys = await held.call_later(lambda: [pk for (pk,) in held.store.read(_OPEN)])
        for at in range(0, len(keys), SLICE):
            part = keys[at : at + SLICE]
            cases = await held.call_later(lambda part=part: _cases(held, part))  # type: ignore[misc]
            found += [case for case in cases if case.status.is_open and last_move(case) <= since]
        found.sort(key=last_move)
        names = held.reference.agency
        return tuple(
            Dormant(
                id=case.id,
                number=case.number,
                title=case.title,
                agency=agency.short if (agency := names(case.lead or "")) else "",
                moved_at=last_move(case),
                idle_days=(now - last_move(case)).days,
            )
            for case in found
        )


def _tallies(held: Holdings) -> tuple[AgencyTally, ...]:
    found = []
    for code, open_, soon, overdue in held.store.read(_TALLY, (held.now_ms(),)):
        agency = held.reference.agency(code)
        found.append(AgencyTally(code, agency.short if agency else code, open_, soon, overdue))
    return tuple(sorted(found, key=lambda one: (-one.overdue, -one.soon, -one.open, one.name)))


def _keys(held: Holdings, code: str) -> list[int]:
    return [pk for (pk,) in held.store.read(_THEIRS, (code, MOST_LINES))]


def _cases(held: Holdings, keys: list[int]) -> list[Case]:
    asked = bodies_at(tuple(keys))
    return [_case.decode(body) for _, body in held.store.read(asked.sql, asked.values)]
