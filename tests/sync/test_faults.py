"""Whatever the cable does: nothing lost, nothing twice, and at the end all hold the same."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from console.desk.connection import Net
from console.desk.rows import Sending
from console.domain.command import AddNote, Assign
from console.domain.refusal import Code
from console.sync.pace import Pace
from tests.desk.people import LEAD, OTHER_LEAD
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
ASSIGN = Assign(lead=LEAD, expects=None)


async def waits(seat: Seat, commands: int) -> None:
    """Until the connection's state counts so many waiting commands."""

    async def counted() -> bool:
        return seat.desk.connection.waiting == commands

    await seat.until(counted, f"{commands} waiting")


def test_a_call_logged_at_one_desk_is_at_the_other(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        case = await one.log(ASSIGN)
        view = await two.knows(case, lambda view: view.case.lead == LEAD)
        assert view.case.reporter is not None
        await world.converged()

    tell(story)


def test_work_done_without_a_cable_goes_when_it_is_back(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        await one.unplug()
        cases = [await one.log(ASSIGN) for _ in range(3)]
        await waits(one, 6)
        assert one.desk.connection.reason == "unplugged"
        assert await two.desk.case(cases[0]) is None
        await one.plug()
        for case in cases:
            await two.knows(case)
        await world.converged()

    tell(story)


@pytest.mark.parametrize("kind", ["cut_before", "lose_answer"])
@pytest.mark.parametrize("times", [1, 3])
def test_commands_count_once_however_often_they_are_sent(
    tell: Callable[[Story], None], kind: str, times: int
) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        one.cable.fault(kind, "/commands", times=times)
        case = await one.log(ASSIGN)
        await one.desk.act(case, AddNote(text="gọi lại sau 15 giờ"))
        view = await two.knows(case, lambda view: view.case.notes == 1)
        assert [event.kind for event in view.events] == ["log_report", "assign", "add_note"]
        await world.converged()
        assert one.cable.count("/commands") > times

    tell(story)


@pytest.mark.parametrize("after", [1, 40, 400])
def test_answers_that_break_in_the_middle(tell: Callable[[Story], None], after: int) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        one.cable.fault("cut_answer", "/commands", after=after)
        two.cable.fault("cut_answer", "/changes", after=after, times=2)
        case = await one.log(ASSIGN)
        await two.knows(case)
        await world.converged()

    tell(story)


def test_a_refused_command_comes_back_with_its_words(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        case = await one.log()
        await two.knows(case)
        await one.unplug()
        words = "Cử người đến ngay, có học sinh đi qua"
        await one.desk.act(case, Assign(lead=LEAD, expects=None, instruction=words))
        await one.desk.act(case, AddNote(text="đã báo trưởng thôn"))
        await two.desk.act(case, Assign(lead=OTHER_LEAD, expects=None))
        await two.sent()
        await one.plug()
        outbox = await one.sent()
        (back, later) = outbox.attention
        item = await one.desk.outbox_item(back.id)
        assert back.refusal is not None
        assert (back.state, back.refusal.code) == (Sending.REFUSED, Code.LEAD_CHANGED)
        assert isinstance(item.command.body, Assign)
        assert item.command.body.instruction == words
        assert item.now is not None
        assert item.now.lead == OTHER_LEAD
        assert later.state is Sending.HELD_BACK
        assert one.desk.connection.attention == 2
        await one.desk.let_go(back.id)
        view = await two.knows(case, lambda view: view.case.notes == 1)
        assert view.case.lead == OTHER_LEAD
        await world.converged()

    tell(story)


def test_retry_after_is_obeyed(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        busy = one.cable.fault("answer", "/commands", status=503, headers={"Retry-After": "3600"})
        case = await one.log()
        await one.net(Net.OFFLINE)
        retry_at = one.desk.connection.retry_at
        assert retry_at is not None
        assert (retry_at - one.desk.clock.now()).total_seconds() > 3500
        assert one.desk.connection.reason == "retry_later"
        assert busy.used == one.cable.count("/commands")
        one.line.try_now()  # somebody pressed "try again"
        await one.sent()
        await one.knows(case, lambda view: view.case.revision > 0)
        await world.converged()

    tell(story)


def test_a_captive_portal_is_not_the_centre(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        one.cable.fault("answer", "/", times=None, body=b"<html>Wi-Fi of the hotel</html>")
        case = await one.log(ASSIGN)
        await one.net(Net.OFFLINE)
        assert one.desk.connection.reason == "portal"
        await waits(one, 2)
        one.cable.mend()
        await one.knows(case, lambda view: view.case.revision > 0)
        await world.converged()

    tell(story)


def test_a_command_the_centre_cannot_stomach_is_set_aside_alone(tell: Callable[[Story], None]) -> None:
    """The centre fails on every batch in which it stands; all others go on."""

    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        await one.unplug()
        cases = [await one.log(ASSIGN) for _ in range(5)]
        poison = (await one.desk.act(cases[2], AddNote(text="độc"))).commands[0]
        await one.desk.act(cases[2], AddNote(text="sau đó"))
        one.cable.poison(poison)
        await one.plug()
        outbox = await one.sent()
        assert [(row.id, row.state) for row in outbox.attention[:1]] == [(poison, Sending.REFUSED)]
        assert outbox.attention[0].refusal is not None
        assert outbox.attention[0].refusal.code is Code.FAILED
        assert [row.state for row in outbox.attention[1:]] == [Sending.HELD_BACK]
        one.cable.mend()
        await one.desk.give_again(poison, AddNote(text="nay thì được"))
        view = await one.knows(cases[2], lambda view: view.case.notes == 2 and not view.waiting)
        assert view.case.revision > 0
        await world.converged()

    tell(story)


def test_a_centre_that_fails_on_everything_is_not_the_commands_fault(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        pace = Pace(first=0.01, most=0.02, poll=0.2, patience=3, long_patience=1000)
        one = await world.sit_down("03", "op03", pace=pace)
        one.cable.fault("answer", "/commands", times=None, status=500)
        for _ in range(4):
            await one.log(ASSIGN)
        await one.net(Net.OFFLINE)
        await asyncio.to_thread(one.cable.wait_for, "/commands", 60)
        await one.net(Net.OFFLINE)
        assert one.desk.connection.reason == "sick"
        assert (one.desk.connection.attention, one.desk.connection.waiting) == (0, 8)
        one.cable.mend()
        await one.sent()
        await world.converged()

    tell(story)


def test_an_expired_token_is_renewed_on_the_way(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        one.cable.fault("answer", "/commands", status=401)
        one.cable.fault("answer", "/changes", status=401)
        case = await one.log(ASSIGN)
        await one.knows(case, lambda view: view.case.revision > 0)
        await world.converged()

    tell(story)


def test_a_lost_token_stops_sending_never_logging(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        one.cable.fault("answer", "/", status=401, times=None, body=_problem(401, "session_revoked"))
        case = await one.log(ASSIGN)
        await one.net(Net.SIGNED_OUT)
        await one.log(ASSIGN)
        await waits(one, 4)
        one.cable.mend()
        await asyncio.to_thread(one.line.sign_in.sign_in, "op03", "thuchanh")
        one.line.try_now()
        await one.knows(case, lambda view: view.case.revision > 0)
        await world.converged()

    tell(story)


def test_a_first_fill_goes_on_after_a_break(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=QUICK)
        for _ in range(260):
            await one.log()
        await one.sent()
        two = await world.sit_down("08", "op07", start=False)
        two.cable.fault("cut_answer", "/snapshot", after=150_000)
        two.line.start()
        await two.net(Net.ONLINE)
        asked = [path for _, path in two.cable.seen if path.startswith("/snapshot")]
        assert len(asked) == 2
        assert "before=" in asked[1]
        await world.converged()

    tell(story)


def test_a_desk_is_usable_while_it_fills(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        await one.log()
        await one.sent()
        two = await world.sit_down("08", "op07", start=False)
        hold = two.cable.fault("hold", "/snapshot")
        two.line.start()
        await asyncio.to_thread(hold.holding.wait, 30)
        assert two.desk.connection.net is Net.FILLING
        case = await two.log(ASSIGN)
        assert (await two.desk.case(case)) is not None
        hold.go.set()
        await one.knows(case)
        await world.converged()

    tell(story)


def test_a_console_too_old_still_delivers_its_outbox(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        two = await world.sit_down("08", "op07")
        await world.stand_up(await world.sit_down("03", "op03", start=False))  # enrolled when it was young
        old = await world.sit_down("03", "op03", start=False, protocol=0)
        old.line.start()
        await old.net(Net.TOO_OLD)
        case = await old.log(ASSIGN)
        await two.knows(case, lambda view: view.case.lead == LEAD)
        await old.sent()
        await old.net(Net.TOO_OLD)
        await world.stand_up(old)
        await world.sit_down("03", "op03")  # updated
        await world.converged()

    tell(story)


def test_without_the_stream_changes_come_by_the_timer(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        two = await world.sit_down("08", "op07", start=False)
        two.cable.fault("answer", "/stream", times=None, status=500)
        two.line.start()
        await two.net(Net.ONLINE)
        case = await one.log()
        await two.knows(case)
        await world.converged()

    tell(story)


def test_a_hint_is_enough(tell: Callable[[Story], None]) -> None:
    """With a timer of an hour only the stream can bring it."""

    async def story(world: World) -> None:
        pace = Pace(first=0.05, most=0.2, poll=3600, poll_with_stream=3600)
        one = await world.sit_down("03", "op03")
        two = await world.sit_down("08", "op07", pace=pace)
        assert await asyncio.to_thread(two.cable.wait_for, "/stream", 1)
        case = await one.log()
        await two.knows(case)
        await world.converged()

    tell(story)


def _problem(status: int, code: str) -> bytes:
    return f'{{"title":"x","status":{status},"code":"{code}"}}'.encode()
