"""The stream of hints: a silent one is given up, a lost one costs seconds, many hints make few pulls."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from console.desk.connection import Net
from console.domain.command import AddNote
from console.protocol.wire import Presence
from console.sync.api import Api
from console.sync.pace import Pace
from console.sync.stream import Stream
from tests.support.world import Seat, World

T = TypeVar("T")
Story = Callable[[World], Awaitable[None]]
QUICKLY = Pace(first=0.01, most=0.02)


class Ear:
    """A stream of a seat, listened to by the test."""

    def __init__(self, seat: Seat, silence_s: float) -> None:
        api = Api(seat.cable.url, silence_s=silence_s)
        api.holder = seat.line.sign_in
        self.plug, self.bugs = api.plug, list[BaseException]()
        self.hints, self.lines, self.ups = list[int](), list[Presence](), list[bool]()
        self._changed = threading.Condition()
        self.stream = Stream(
            api, self._hint, self._up, pace=QUICKLY, presence=self._line, broken=self.bugs.append
        )
        self.stream.start()

    def _hint(self, cursor: int) -> None:
        self._note(self.hints, cursor)

    def _line(self, line: Presence) -> None:
        self._note(self.lines, line)

    def _up(self, up: bool) -> None:
        self._note(self.ups, up)

    def _note(self, where: list[T], what: T) -> None:
        with self._changed:
            where.append(what)
            self._changed.notify_all()

    async def until(self, true: Callable[[], bool]) -> None:
        def wait() -> bool:
            with self._changed:
                return self._changed.wait_for(true, 20)

        assert await asyncio.to_thread(wait)

    async def close(self) -> None:
        self.plug.close()
        await asyncio.to_thread(self.stream.stop)
        assert self.bugs == []


def test_a_stream_that_says_nothing_any_more_is_opened_anew(tell: Callable[[Story], None]) -> None:
    """The line is up and dead: only the missing heartbeats show it."""

    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", start=False)
        stalled = one.cable.fault("stall", "/stream", after=20)
        ear = Ear(one, silence_s=0.5)
        await asyncio.to_thread(stalled.holding.wait, 20)
        await ear.until(lambda: bool(ear.hints))  # of the second stream: the first never got so far
        assert ear.ups[:3] == [True, False, True]
        stalled.go.set()
        await ear.close()

    tell(story)


def test_a_stream_that_breaks_is_back_and_what_came_meanwhile_is_pulled(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        pace = Pace(first=0.01, most=0.02, poll=3600, poll_with_stream=3600)
        one = await world.sit_down("03", "op03")
        two = await world.sit_down("08", "op07", pace=pace, start=False)
        for after in (30, 60, 90):
            two.cable.fault("cut_answer", "/stream", after=after)
        two.line.start()
        await two.net(Net.ONLINE)
        case = await one.log()
        await two.knows(case)
        await world.converged()

    tell(story)


def test_kinds_of_events_and_fields_that_are_not_known_are_passed_over(
    tell: Callable[[Story], None],
) -> None:
    """A newer centre: it says more than this desk understands."""
    said = (
        b'event: weather\ndata: {"rain": true}\n\n'
        b'event: presence\ndata: {"user":"op07","name":"A","station":"08","case":null,"mood":"calm"}\n\n'
        b': still here\n\nevent: changed\ndata: {"cursor": 7, "of": "cases"}\n\n'
    )

    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", start=False)
        one.cable.fault("answer", "/stream", headers={"Content-Type": "text/event-stream"}, body=said)
        ear = Ear(one, silence_s=20)
        await ear.until(lambda: len(ear.hints) >= 1)
        assert ear.hints[0] == 7
        assert [line.user for line in ear.lines] == ["op07"]
        await ear.close()

    tell(story)


def test_a_burst_of_hints_makes_few_pulls(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        pace = Pace(first=0.01, most=0.02, poll=3600, poll_with_stream=3600, gather=0.5)
        one = await world.sit_down("03", "op03")
        two = await world.sit_down("08", "op07", pace=pace)
        case = await one.log()
        await two.knows(case)
        await one.sent()
        pulled = two.cable.count("/changes")
        for number in range(30):
            await one.desk.act(case, AddNote(text=f"ghi chú {number}"))
        await two.knows(case, lambda view: view.case.notes == 30)
        assert two.cable.count("/changes") - pulled < 20
        await world.converged()

    tell(story)
