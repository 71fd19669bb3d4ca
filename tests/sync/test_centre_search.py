"""Search at the centre from a real desk over a real line: what is not kept here, and nothing when offline."""

from collections.abc import Awaitable, Callable

import pytest

from console.desk.errors import NotHere, SearchOffline
from console.desk.holdings import Holdings
from console.domain.case import Reporter
from console.domain.identity import new_id
from tests.support.world import World

Tell = Callable[[Callable[[World], Awaitable[None]]], None]


def forget(held: Holdings, case_id: str) -> None:
    """As if it had left the window of what is kept here."""
    with held.store.transaction():
        held.cases.remove(case_id)


def test_what_is_not_kept_here_is_found_at_the_centre_and_brought_in(tell: Tell) -> None:
    async def story(world: World) -> None:
        desk = await world.sit_down("03", "op03")
        caller = Reporter(name="Hoàng Thị Mơ", phone="+84987123456")
        gone = await desk.log(title="Cột điện nghiêng", reporter=caller)
        kept = await desk.log(title="Cột điện gãy")
        await world.rest()
        held = desk.desk._held
        whole = await desk.desk.case(gone)
        await held.call(lambda: forget(held, gone))
        assert [hit.row.id for hit in (await desk.desk.search("cột điện")).hits] == [kept]

        (hit,) = (await desk.desk.search_centre("cột điện")).hits
        assert (hit.row.id, hit.row.title, hit.row.unread) == (gone, "Cột điện nghiêng", False)
        (title,) = [passage for passage in hit.found if passage.where == "title"]
        assert [title.text[a:b] for a, b in title.marks] == ["Cột", "điện"]

        await desk.desk.fetch_case(gone)
        again = await desk.desk.case(gone)
        assert again is not None
        assert whole is not None
        assert (again.case, again.events) == (whole.case, whole.events)
        assert {hit.row.id for hit in (await desk.desk.search("cột điện")).hits} == {gone, kept}
        assert (await desk.desk.search_centre("cột điện")).hits == ()
        with pytest.raises(NotHere):
            await desk.desk.fetch_case(new_id())

    tell(story)


def test_offline_it_says_so(tell: Tell) -> None:
    async def story(world: World) -> None:
        desk = await world.sit_down("03", "op03")
        await desk.unplug()
        with pytest.raises(SearchOffline):
            await desk.desk.search_centre("cột điện")
        with pytest.raises(SearchOffline):
            await desk.desk.fetch_case(new_id())
        await desk.plug()

    tell(story)
