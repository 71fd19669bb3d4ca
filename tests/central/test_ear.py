"""How hints wait for one stream, and streams for their turn."""

import asyncio

import msgspec
import pytest

from console.central.hub import Ear, Hint, Turns, changed

PRESENCE = Hint("presence", msgspec.Raw(b"{}"))
LONG = 60.0


def test_of_changes_that_pile_up_the_last_is_told_and_other_hints_are_all_told() -> None:
    async def run() -> list[Hint | None]:
        ear = Ear(Turns())
        for hint in (changed(1), PRESENCE, changed(2), PRESENCE, changed(3)):
            ear.hear(hint)
        return [await ear.next(1.0) for _ in range(3)]

    assert asyncio.run(run()) == [PRESENCE, PRESENCE, changed(3)]


def test_a_few_desks_are_told_at_once_the_next_when_a_pull_was_answered() -> None:
    async def run() -> None:
        turns = Turns(at_once=2, lasts_s=LONG)
        ears = [Ear(turns) for _ in range(4)]
        for ear in ears:
            ear.hear(changed(1))
        assert [await ear.next(1.0) for ear in ears[:2]] == [changed(1)] * 2
        ears[2].hear(PRESENCE)
        assert await ears[2].next(1.0) == PRESENCE  # no turn is needed for it
        with pytest.raises(TimeoutError):
            await ears[2].next(0.01)
        ears[2].hear(changed(2))
        turns.leave(ears[3])
        turns.done()
        assert await ears[2].next(1.0) == changed(2)
        turns.done()
        with pytest.raises(TimeoutError):
            await ears[3].next(0.01)

    asyncio.run(run())


def test_a_pull_that_does_not_come_keeps_nobody_waiting_for_long() -> None:
    async def run() -> Hint | None:
        turns = Turns(at_once=1, lasts_s=0.01)
        ears = [Ear(turns) for _ in range(2)]
        for ear in ears:
            ear.hear(changed(1))
        return await ears[1].next(LONG)

    assert asyncio.run(run()) == changed(1)


def test_a_quiet_stream_waits_and_an_ended_one_ends_whatever_is_left() -> None:
    async def run() -> None:
        ear = Ear(Turns())
        with pytest.raises(TimeoutError):
            await ear.next(0.01)
        waiting = asyncio.create_task(ear.next(30.0))
        await asyncio.sleep(0)
        ear.hear(changed(1))
        ear.hear(None)
        assert await waiting is None

    asyncio.run(run())
