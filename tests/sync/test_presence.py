"""Who has a case open, from one desk to another: through a real centre, gone when it is no longer known."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from console.desk.connection import Net
from tests.support.world import Seat, World

Story = Callable[[World], Awaitable[None]]


async def sees(seat: Seat, case: str, *who: tuple[str, bool]) -> None:
    """Until exactly these have the case open, as this desk knows: station, and whether typing."""

    async def stands() -> bool:
        found = seat.desk.presence(case)
        return sorted((present.station, present.typing) for present in found) == sorted(who)

    await seat.until(stands, f"presence {who}")


def test_who_opens_a_case_is_seen_elsewhere_and_who_leaves_it_is_not(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        case = await one.log()
        await two.knows(case)
        assert await two_streams(one, two)
        one.desk.look_at(case)
        await sees(two, case, ("03", False))
        (present,) = two.desk.presence(case)
        assert (present.user, present.name != "") == ("op03", True)
        assert one.desk.presence(case) == ()  # nobody is told of themselves
        one.desk.look_at(case, typing=True)
        await sees(two, case, ("03", True))
        two.desk.look_at(case)
        await sees(one, case, ("08", False))
        one.desk.look_at(None)
        await sees(two, case)

    tell(story)


def test_who_comes_later_hears_who_is_there_already(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log()
        await one.sent()
        one.desk.look_at(case, typing=True)
        two = await world.sit_down("08", "op07")
        await sees(two, case, ("03", True))

    tell(story)


@pytest.mark.parametrize("path", ["/presence", "/stream"])
def test_one_way_is_enough(tell: Callable[[Story], None], path: str) -> None:
    """Without the stream the answer to one's own word brings the board; without that, the stream does."""

    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        two = await world.sit_down("08", "op07", start=False)
        two.cable.fault("answer", path, times=None, status=500)
        two.line.start()
        await two.net(Net.ONLINE)
        case = await one.log()
        await two.knows(case)
        one.desk.look_at(case)
        if path == "/stream":
            assert await seen(one, "/presence", 1)
            two.desk.look_at(case)
        await sees(two, case, ("03", False))

    tell(story)


def test_presence_delays_no_command_and_offline_it_is_silent(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        hold = one.cable.fault("hold", "/presence", times=None)
        case = await one.log()
        one.desk.look_at(case)
        await two.knows(case)
        await one.sent()
        hold.go.set()
        one.cable.mend()
        await one.unplug()
        told = one.cable.count("/presence")
        one.desk.look_at(None)
        one.desk.look_at(case)
        assert one.cable.count("/presence") == told
        await one.plug()
        await sees(two, case, ("03", False))

    tell(story)


async def seen(seat: Seat, path: str, count: int) -> bool:
    return await asyncio.to_thread(seat.cable.wait_for, path, count)


async def two_streams(*seats: Seat) -> bool:
    return all([await seen(seat, "/stream", 1) for seat in seats])
