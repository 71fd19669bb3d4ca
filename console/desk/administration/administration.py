"""The desk's door to administration: previews are made here, of what lies here; the centre publishes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import msgspec

from console.desk.administration import edits, files
from console.desk.administration.edits import Edit
from console.desk.administration.errors import AdminOffline, DoesNotFit
from console.desk.holdings import Holdings
from console.domain.zone import local_day
from console.protocol.administration import (
    HistoryAnswer,
    OneTimeCode,
    PeopleAnswer,
    Person,
    ReferenceImport,
    StationRow,
    StationsAnswer,
)
from console.protocol.wire import ImportChange, ReferenceItem
from console.reference import ReferenceUnreadable
from console.reference.diff import Plan, plan
from console.reference.effects import Effects, Group, effects
from console.reference.fitting import InUse, Misfit, after, misfits


class AdminCentre(Protocol):
    """The centre, for administrators; each call blocks. Raises the family of `errors`, and what else the line
    may raise."""

    def publish(self, asked: ReferenceImport) -> tuple[ImportChange, ...]: ...
    def history(self, kind: str, code: str, before: int | None) -> HistoryAnswer: ...
    def people(self) -> PeopleAnswer: ...
    def keep_person(self, person: Person) -> Person: ...
    def reset(self, code: str) -> OneTimeCode: ...
    def stations(self) -> StationsAnswer: ...
    def keep_station(self, row: StationRow) -> StationRow: ...


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a change would do. `lines`: to the list; `misfits`: what speaks against it; `effects`: on the work
    under way, as far as it lies here."""

    lines: tuple[ImportChange, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    effects: Effects | None = None


class Administration:
    """`centre`: set by the line. Without it everything but publishing works."""

    def __init__(self, held: Holdings) -> None:
        self._held = held

    # edits

    async def edits(self) -> tuple[Edit, ...]:
        """What is typed and not published, of whoever is signed in."""
        return await self._held.call(lambda: edits.edits(self._held))

    async def keep_edit(self, edit: Edit) -> None:
        """Put it on disk. Raises StoreFull: it is still on the screen."""
        await self._held.call(lambda: edits.keep(self._held, edit))

    async def drop_edit(self, edit: Edit) -> None:
        """It was published, or discarded."""
        await self._held.call(lambda: edits.drop(self._held, edit))

    # reference data

    async def preview(self, items: Sequence[ReferenceItem]) -> Preview:
        """What publishing these would change. Raises DoesNotFit where one is no item of its list."""
        groups, drafts = await self._held.call_later(self._work_here)
        return await asyncio.to_thread(self._preview, tuple(items), groups, drafts)

    def _preview(
        self, items: tuple[ReferenceItem, ...], groups: Sequence[Group], drafts: Sequence[str]
    ) -> Preview:
        reference, today = self._held.reference, local_day(self._held.clock.now())
        made = _planned(self._held, items)
        in_use = _in_use(groups)
        return Preview(
            lines=made.lines,
            misfits=misfits(reference, made, today, in_use),
            effects=effects(reference, after(reference, made), made.changed, groups, drafts, today),
        )

    def _work_here(self) -> tuple[list[Group], list[str]]:
        from console.desk.drafts import open_drafts

        sql = "SELECT type, commune, lead, count(*) FROM case_row WHERE open = 1 GROUP BY 1, 2, 3"
        groups = [Group(*row) for row in self._held.store.read(sql)]
        return groups, [draft.type for draft in open_drafts(self._held)]

    async def publish(
        self, items: Sequence[ReferenceItem], expects: int, note: str = ""
    ) -> tuple[ImportChange, ...]:
        """Let the centre take them; this desk has them within a moment. Raises AdminOffline,
        ChangedMeanwhile, DoesNotFit: nothing of it was taken then."""
        asked = ReferenceImport(items=tuple(items), expects=expects, note=note)
        done = await asyncio.to_thread(self._centre().publish, asked)
        self._held.reference_news()
        return done

    async def history(self, kind: str, code: str = "", before: int | None = None) -> HistoryAnswer:
        """Who changed what, the newest first. Raises AdminOffline."""
        return await asyncio.to_thread(self._centre().history, kind, code, before)

    # people and stations

    async def people(self) -> PeopleAnswer:
        """Everybody. Raises AdminOffline."""
        return await asyncio.to_thread(self._centre().people)

    async def keep_person(self, person: Person) -> Person:
        """A new user, or a change. Raises AdminOffline, ChangedMeanwhile, AdminRefused."""
        return await asyncio.to_thread(self._centre().keep_person, person)

    async def reset(self, code: str) -> OneTimeCode:
        """A one-time code for a new password. Raises AdminOffline, AdminRefused."""
        return await asyncio.to_thread(self._centre().reset, code)

    async def stations(self) -> StationsAnswer:
        """All workstations. Raises AdminOffline."""
        return await asyncio.to_thread(self._centre().stations)

    async def keep_station(self, row: StationRow) -> StationRow:
        """Add one, name it, take its key. Raises AdminOffline, AdminRefused."""
        return await asyncio.to_thread(self._centre().keep_station, row)

    def _centre(self) -> AdminCentre:
        """Raises AdminOffline where there is no line at all."""
        if self._held.admin_centre is None:
            raise AdminOffline
        return self._held.admin_centre

    # files

    async def read_file(self, path: Path, kind: str, begins: date) -> tuple[ReferenceItem, ...]:
        """The items of a file as the importing command reads it. Raises FileDoesNotFit: each fault by line
        and field."""
        return await asyncio.to_thread(files.read, path, kind, self._held.reference, begins)

    async def write_file(self, path: Path, kind: str) -> int:
        """The list as a file that `read_file` reads; how many items. Raises FileDoesNotFit where it cannot
        be written there."""
        return await asyncio.to_thread(files.write, path, kind, self._held.reference)


def _planned(held: Holdings, items: Sequence[ReferenceItem]) -> Plan:
    try:
        return plan(held.reference, items)
    except ReferenceUnreadable as error:
        raise DoesNotFit([f"{error.kind} {error.key}: {error.why}"]) from error


def _in_use(groups: Sequence[Group]) -> InUse:
    types: dict[str, int] = {}
    leads: dict[str, int] = {}
    for group in groups:
        types[group.type] = types.get(group.type, 0) + group.cases
        if group.lead:
            leads[group.lead] = leads.get(group.lead, 0) + group.cases
    return InUse(types=types, agencies=leads)
