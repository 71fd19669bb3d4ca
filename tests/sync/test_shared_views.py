"""Views that colleagues share, from desk to desk over real lines."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest
from sqlalchemy import text

from console.desk.connection import Net
from console.desk.rows import DueState, Filter, Sort
from console.desk.views import SavedView
from tests.support.central import Central
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
SOON = msgspec.structs.replace(QUICK, views=0.05)
MINE = SavedView(
    name="Quá hạn ở Đồng Hới", filter=Filter(due=(DueState.OVERDUE,), districts=("450",)), sort=Sort.NEWEST
)
replace = msgspec.structs.replace


async def has(seat: Seat, *names: str) -> None:
    """Until the desk has views of these names and no others."""

    async def true() -> bool:
        seat.line.try_now()
        return sorted(view.name for view in await seat.desk.saved_views()) == sorted(names)

    await seat.until(true, f"views {names}")


def test_a_view_saved_offline_comes_to_colleagues_and_goes_again(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=SOON)
        two = await world.sit_down("08", "op07", pace=SOON)
        await one.unplug()
        kept = await one.desk.keep_view(replace(MINE, shared=True))
        await one.desk.keep_view(replace(MINE, name="Chỉ của tôi"))
        await one.plug()
        await has(two, MINE.name)
        (theirs,) = await two.desk.saved_views()
        assert theirs == kept
        await one.desk.keep_view(replace(kept, name="Đồng Hới"))
        await has(two, "Đồng Hới")
        await two.unplug()
        await one.desk.drop_view(kept.id)
        await has(one, "Chỉ của tôi")
        await two.plug()
        await has(two)
        assert await one.desk.keep_view(kept) == kept, "taken back"
        await has(two, MINE.name)

    tell(story)


def test_whose_turn_it_is_not_tells_nothing_and_keeps_what_waits(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=SOON)
        two = await world.sit_down("08", "op07", pace=SOON)
        await one.unplug()
        await one.desk.keep_view(replace(MINE, shared=True))
        await world.stand_up(one)
        relief = await world.sit_down("03", "op09", pace=SOON)
        await relief.desk.keep_view(replace(MINE, name="Của ca sau", shared=True))
        await has(two, "Của ca sau")
        await world.stand_up(relief)
        await world.sit_down("03", "op03", pace=SOON)
        await has(two, "Của ca sau", MINE.name)

    tell(story)


def test_a_centre_that_fails_on_views_is_still_one_for_cases(
    tell: Callable[[Story], None], centre: Central, caplog: pytest.LogCaptureFixture
) -> None:
    with centre.engine.begin() as connection:
        connection.execute(text("DROP TABLE shared_views"))

    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=SOON)
        kept = await one.desk.keep_view(replace(MINE, shared=True))
        assert [r.name for r in caplog.records if "views" in r.name] == ["console.sync.shared_views"]
        await one.log()
        await one.sent()
        await one.net(Net.ONLINE)
        assert await one.desk.saved_views() == (kept,)

    tell(story)
