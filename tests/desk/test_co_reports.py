"""Whose report was merged is due to be told when the case that it is part of has its result; no sooner."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import RefusedHere
from console.desk.rows import View
from console.domain.command import Assign, Close, Merge, RecordCallback, Reopen, Resolve, Unmerge
from console.domain.refusal import Code
from tests.desk.people import DISPATCHER, LEAD, MONDAY, SUPERVISOR, Wall, open_at, report


class Place:
    """A desk with a case, and reports that were merged into it."""

    def __init__(self, desk: Desk, wall: Wall) -> None:
        self.desk, self.wall = desk, wall
        self.told: set[str] = set()
        desk.feed.subscribe(self._hear)

    def _hear(self, changes: Changes) -> None:
        self.told |= changes.cases

    async def log(self, **changed: Any) -> str:
        draft = await self.desk.open_draft()
        return (await self.desk.log_report(draft, report(draft, **changed), None)).case

    async def do(self, case: str, *bodies: Any) -> None:
        self.wall.pass_(minutes=1)
        await self.desk.act(case, *bodies)

    async def resolve(self, case: str) -> None:
        await self.do(case, Assign(lead=LEAD, expects=None), Resolve(result="Đã thay nắp cống"))

    async def due(self) -> set[str]:
        page = await self.desk.queue(View.CALLBACK)
        await self.desk.counts()  # from the columns in memory, which must say the same
        counts = await self.desk.counts()
        assert counts[View.CALLBACK] == page.total
        return {row.id for row in page.rows}


def test_each_reporter_of_a_merged_case_has_a_call_back_of_their_own(tmp_path: Path) -> None:
    async def story() -> None:
        wall = Wall(MONDAY)
        desk = await open_at(tmp_path, wall, actor=DISPATCHER)
        await desk.keep_index()
        place = Place(desk, wall)
        whole, part, far = await place.log(), await place.log(), await place.log()
        await place.do(part, Merge(into=whole))
        await place.do(far, Merge(into=whole))
        assert await place.due() == set()
        with pytest.raises(RefusedHere) as refused:
            await desk.act(part, RecordCallback(reached=True))
        assert refused.value.refusal.code is Code.WRONG_STATUS
        place.told.clear()
        await place.resolve(whole)
        assert await place.due() == {whole, part, far}
        await asyncio.sleep(0)
        assert {part, far} <= place.told, "screens that show them hear of it"
        await place.do(part, RecordCallback(reached=True, satisfied=5))
        await place.do(far, RecordCallback(reached=True, again_at=wall.at.replace(hour=11)))
        assert await place.due() == {whole, far}, "who asked to be called later is still to be told"
        await place.do(far, Unmerge())
        assert await place.due() == {whole}
        await place.do(whole, Close(public_answer="Đã thay nắp cống", publish=True))
        desk.sign_in(SUPERVISOR)
        await place.do(whole, Reopen(reason="Lại vỡ"))
        assert await place.due() == set()
        await place.resolve(whole)
        assert await place.due() == {whole, part}, "of the new result they are told anew"
        desk.close()

    asyncio.run(story())


def test_a_chain_of_merges_is_told_by_its_end_and_survives_a_restart(tmp_path: Path) -> None:
    async def story() -> None:
        wall = Wall(MONDAY)
        desk = await open_at(tmp_path, wall, actor=DISPATCHER)
        place = Place(desk, wall)
        end, middle, first = await place.log(), await place.log(), await place.log()
        await place.do(first, Merge(into=middle))
        await place.do(middle, Merge(into=end))
        await place.resolve(end)
        assert await place.due() == {end, middle, first}
        desk.close()
        desk = await open_at(tmp_path, wall, actor=DISPATCHER)
        place = Place(desk, wall)
        assert await place.due() == {end, middle, first}
        await place.do(middle, Unmerge())
        assert await place.due() == {end}
        desk.close()

    asyncio.run(story())


def test_a_case_that_leaves_takes_along_what_it_was_part_of(tmp_path: Path) -> None:
    async def story() -> None:
        wall = Wall(MONDAY)
        desk = await open_at(tmp_path, wall, actor=DISPATCHER)
        place, held = Place(desk, wall), desk._held
        whole, part = await place.log(), await place.log()
        await place.do(part, Merge(into=whole))

        def leave() -> list[tuple[int]]:
            with held.store.transaction():
                held.cases.remove(part)
            return held.store.read("SELECT count(*) FROM co_report")

        assert await held.call(leave) == [(0,)]
        desk.close()

    asyncio.run(story())
