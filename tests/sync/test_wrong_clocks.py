"""A workstation whose clock is wrong changes no order and no deadline, and loses nobody's word."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from console.central.tables import access_tokens
from console.desk.connection import Net
from console.domain.command import AddNote, Assign
from console.domain.zone import month_code
from tests.desk.people import LEAD
from tests.support.central import Central
from tests.support.world import PASSWORD, Seat, World

DAY = timedelta(days=1)
Story = Callable[[World, Seat, Seat], Awaitable[None]]


@pytest.fixture(params=[-DAY, DAY], ids=["a day behind", "a day ahead"])
def tell_wrong(request: pytest.FixtureRequest, centre: Central, tmp_path: Path) -> Callable[[Story], None]:
    """A story of two desks: one whose clock is right, one whose clock is a day off."""

    def run(story: Story) -> None:
        async def whole() -> None:
            async with World(centre.url, tmp_path) as world:
                right = await world.sit_down("03", "op03")
                wrong = await world.sit_down("08", "op07", clock_wrong_by=request.param, undo_seconds=2)
                await story(world, right, wrong)

        asyncio.run(whole())

    return run


@pytest.mark.parametrize("hours", [-30, -24, 5, 24])
def test_a_clock_wrong_by_hours(centre: Central, tmp_path: Path, hours: int) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            right = await world.sit_down("03", "op03")
            wrong = await world.sit_down("08", "op07", clock_wrong_by=timedelta(hours=hours))
            here, there = right.desk.clock.now(), wrong.desk.clock.now()
            assert abs(here - there) < timedelta(seconds=5)
            assert wrong.desk.connection.clock_offset_s == pytest.approx(
                right.desk.connection.clock_offset_s - hours * 3600, abs=5
            )

            first = await right.log(Assign(lead=LEAD, expects=None))
            await wrong.knows(first)
            await wrong.desk.act(first, AddNote(text="từ máy sai giờ"))
            await wrong.sent()
            second = await wrong.log(Assign(lead=LEAD, expects=None))
            await wrong.sent()
            await right.knows(second)
            await world.converged()

            views = [await right.desk.case(case) for case in (first, second)]
            assert views[0] is not None
            assert views[1] is not None
            assert [event.kind for event in views[0].events] == ["log_report", "assign", "add_note"]
            times = [event.at for view in views if view is not None for event in view.events]
            assert max(times) - min(times) < timedelta(minutes=2)
            due = [view.case.deadline.due for view in views if view is not None and view.case.deadline]
            assert abs(due[0] - due[1]) < timedelta(minutes=2)

    asyncio.run(story())


def test_what_rests_for_undo_rests_its_seconds_and_no_day(tell_wrong: Callable[[Story], None]) -> None:
    async def story(world: World, right: Seat, wrong: Seat) -> None:
        case = await right.log()
        await wrong.knows(case)
        done = await wrong.desk.act(case, Assign(lead=LEAD, expects=None))
        assert done.undo_until is not None
        assert timedelta(0) < done.undo_until - wrong.desk.clock.now() <= timedelta(seconds=2)
        assert await wrong.desk.undo(done.commands)
        await wrong.desk.act(case, Assign(lead=LEAD, expects=None))
        await right.knows(case, lambda view: view.case.lead == LEAD)  # it left by itself
        await world.converged()

    tell_wrong(story)


def test_a_draft_has_todays_number_and_stays_open(tell_wrong: Callable[[Story], None]) -> None:
    async def story(world: World, right: Seat, wrong: Seat) -> None:
        draft = await wrong.desk.open_draft()
        assert draft.number.startswith(month_code(right.desk.clock.now()))
        kept = await wrong.desk.save_draft(draft)
        assert [one.id for one in await wrong.desk.drafts()] == [kept.id]
        await wrong.desk.discard_draft(draft.id)
        assert (await wrong.desk.take_back_draft(draft.id)).id == draft.id

    tell_wrong(story)


def test_who_is_where_is_seen_both_ways(tell_wrong: Callable[[Story], None]) -> None:
    async def story(world: World, right: Seat, wrong: Seat) -> None:
        case = await right.log()
        await wrong.knows(case)
        for one, other in ((right, wrong), (wrong, right)):
            one.desk.look_at(case)

            async def seen(one: Seat = one, other: Seat = other) -> bool:
                return [p.station for p in other.desk.presence(case)] == [one.desk.actor.station]

            await other.until(seen, "a colleague")

    tell_wrong(story)


def test_only_the_centre_says_when_a_token_is_spent(
    tell_wrong: Callable[[Story], None], centre: Central
) -> None:
    """Neither too early by this machine's clock, nor believed beyond the centre's word."""

    async def story(world: World, right: Seat, wrong: Seat) -> None:
        signed = wrong.cable.count("/auth/token")
        case = await wrong.log()
        await wrong.sent()
        assert wrong.cable.count("/auth/token") == signed
        with centre.engine.begin() as connection:
            aged = access_tokens.c.expires_at - timedelta(minutes=16)
            connection.execute(update(access_tokens).values(expires_at=aged))
        await wrong.desk.act(case, AddNote(text="sau khi hết hạn"))
        await right.knows(case, lambda view: view.case.notes == 1)
        assert wrong.cable.count("/auth/token") == signed + 1
        await world.converged()

    tell_wrong(story)


def test_offline_its_user_is_still_known_and_its_state_has_the_right_age(
    tell_wrong: Callable[[Story], None],
) -> None:
    async def story(world: World, right: Seat, wrong: Seat) -> None:
        await wrong.unplug()
        signed = await asyncio.to_thread(wrong.line.sign_in.sign_in, "op07", PASSWORD)
        assert signed.offline
        shown, now = wrong.desk.connection, right.desk.clock.now()
        assert shown.net is Net.OFFLINE
        assert shown.data_as_of is not None
        assert abs(now - shown.since) < timedelta(minutes=2)
        assert abs(now - shown.data_as_of) < timedelta(minutes=2)
        case = await wrong.log(Assign(lead=LEAD, expects=None))
        await wrong.plug()
        view = await right.knows(case)
        assert abs(view.case.entered_at - now) < timedelta(minutes=2)
        await world.converged()

    tell_wrong(story)
