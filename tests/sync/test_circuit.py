"""A sick centre is asked how it is, and nothing else; a sleeping machine wakes up to the truth."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from console.desk.connection import Net
from console.protocol.wire import Presence
from console.sync.circuit import TRIPS, Circuit, is_sick
from console.sync.errors import NotTheCentre, Offline, RetryLater, ServerError, SignedOut, WireError
from console.sync.pace import Pace
from console.sync.watch import Watch
from tests.support.world import World

Story = Callable[[World], Awaitable[None]]


@pytest.mark.parametrize(
    ("error", "sick"),
    [
        (ServerError(500), True),
        (RetryLater(3.0, 503), True),
        (Offline("timeout"), True),
        (Offline("gateway"), True),
        (RetryLater(3.0, 429), False),
        (Offline("no_route"), False),
        (Offline("unplugged"), False),
        (NotTheCentre("portal"), False),
        (SignedOut(), False),
    ],
)
def test_whose_fault_it_is(error: WireError, sick: bool) -> None:
    assert is_sick(error) is sick


def test_it_opens_after_several_failures_in_a_row_and_closes_by_success() -> None:
    circuit = Circuit()
    for _ in range(TRIPS - 1):
        circuit.failed(ServerError(500))
    circuit.worked()
    for _ in range(TRIPS):
        assert not circuit.is_open
        circuit.failed(Offline("timeout"))
        circuit.failed(Offline("no_route"))
    assert circuit.is_open
    circuit.worked()
    assert not circuit.is_open


def test_a_sick_centre_is_only_asked_how_it_is(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        pace = Pace(first=0.01, most=0.02, poll=0.1)
        one = await world.sit_down("03", "op03", pace=pace)
        one.cable.fault("answer", "/", times=None, status=503, headers={"Retry-After": "0"})
        case = await one.log()

        async def sick() -> bool:
            return one.desk.connection.reason == "sick"

        await one.until(sick, "an open circuit")
        assert one.desk.connection.net is Net.OFFLINE
        assert one.desk.connection.retry_at is not None
        others = {path: one.cable.count(path) for path in ("/commands", "/changes")}
        asked = one.cable.count("/health")
        assert await asyncio.to_thread(one.cable.wait_for, "/health", asked + 3)
        one.line.try_now()  # "try again now" asks first, too
        assert await asyncio.to_thread(one.cable.wait_for, "/health", asked + 5)
        assert {path: one.cable.count(path) for path in others} == others
        one.cable.mend()
        await one.knows(case, lambda view: view.case.revision > 0)
        await one.net(Net.ONLINE)
        await world.converged()

    tell(story)


def test_well_by_its_own_word_one_round_shows_whether_it_is(tell: Callable[[Story], None]) -> None:
    """Half open: /health is fine, the database behind it is not."""

    async def story(world: World) -> None:
        pace = Pace(first=0.01, most=0.02, poll=0.1)
        one = await world.sit_down("03", "op03", pace=pace)
        one.cable.fault("answer", "/changes", times=None, status=500)
        one.line.try_now()

        async def sick() -> bool:
            return one.desk.connection.reason == "sick"

        await one.until(sick, "an open circuit")
        asked, tried = one.cable.count("/health"), one.cable.count("/changes")
        assert await asyncio.to_thread(one.cable.wait_for, "/changes", tried + 3)
        assert one.cable.count("/health") >= asked + 2
        one.cable.mend()
        await one.net(Net.ONLINE)
        await world.converged()

    tell(story)


# a sleep, and a clock that is set


class Hands:
    """A clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.steady, self.base = 50.0, 1_700_000_000.0
        self.watch = Watch(lambda: self.base + self.steady, lambda: self.steady)


@pytest.mark.parametrize(
    ("slept", "was_set", "jumped"),
    [(5, 0, False), (59, 30, False), (61, 0, True), (5, 61, True), (5, -86_400, True), (20_000, 0, True)],
)
def test_a_jump_of_more_than_a_minute_is_noticed_once(slept: float, was_set: float, jumped: bool) -> None:
    hands = Hands()
    hands.steady += slept
    hands.base += was_set
    assert hands.watch.jumped() is jumped
    hands.steady += 5
    assert not hands.watch.jumped()


def test_after_a_sleep_it_is_tried_at_once_and_nobody_is_thought_to_be_there(
    tell: Callable[[Story], None],
) -> None:
    """The pause that the centre asked for is an hour; the machine sleeps through it."""

    async def story(world: World) -> None:
        hands = Hands()
        pace = Pace(first=0.01, most=0.02, poll=3600, poll_with_stream=3600, tick=0.02)
        one = await world.sit_down("03", "op03", pace=pace)
        one.line.engine.watch = hands.watch
        assert await asyncio.to_thread(one.cable.wait_for, "/stream", 1)
        streams = one.cable.count("/stream")
        one.cable.fault("answer", "/commands", status=503, headers={"Retry-After": "3600"})
        case = await one.log()
        await one.net(Net.OFFLINE)
        one.desk.sync_port.colleagues.heard(Presence(user="op07", name="An", station="08", case=case))
        assert len(one.desk.presence(case)) == 1
        hands.steady += 8 * 3600
        await one.knows(case, lambda view: view.case.revision > 0)
        assert await asyncio.to_thread(one.cable.wait_for, "/stream", streams + 1)
        assert one.desk.presence(case) == ()
        await world.converged()

    tell(story)


def test_a_clock_that_is_set_is_measured_at_once(tell: Callable[[Story], None]) -> None:
    """Somebody sets this machine's clock back by a day while it waits for a timer of an hour."""

    async def story(world: World) -> None:
        pace = Pace(first=0.01, most=0.02, poll=3600, poll_with_stream=3600, tick=0.02)
        one = await world.sit_down("03", "op03", pace=pace)
        before, here = one.desk.connection.clock_offset_s, one.desk.clock.now()
        offset, clock, day = one.line.engine._api.offset, one.desk.clock, timedelta(days=1)
        seconds, moment = offset._wall, clock._wall
        offset._wall = lambda: seconds() - day.total_seconds()
        clock._wall = lambda: moment() - day

        async def told() -> bool:
            return abs(one.desk.connection.clock_offset_s - before - 86_400) < 5

        await one.until(told, "the clock's fault")
        assert timedelta(0) <= one.desk.clock.now() - here < timedelta(minutes=5)
        await world.converged()

    tell(story)
