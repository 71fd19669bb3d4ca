"""How hints wait for one stream."""

import asyncio

import msgspec
import pytest

from console.central.hub import Ear, Hint, changed

PRESENCE = Hint("presence", msgspec.Raw(b"{}"))


def no_pause() -> float:
    return 0.0


def test_of_changes_that_pile_up_the_last_is_told_and_other_hints_are_all_told() -> None:
    async def run() -> list[Hint | None]:
        ear = Ear(no_pause)
        for hint in (changed(1), PRESENCE, changed(2), PRESENCE, changed(3)):
            ear.hear(hint)
        return [await ear.next(1.0) for _ in range(3)]

    assert asyncio.run(run()) == [PRESENCE, PRESENCE, changed(3)]


def test_a_change_in_the_pause_is_told_after_it_and_never_lost() -> None:
    async def run() -> list[Hint | None]:
        pauses = [0.2, 0.0]
        ear = Ear(lambda: pauses.pop(0))
        ear.hear(changed(1))
        heard = [await ear.next(1.0)]
        ear.hear(changed(2))
        ear.hear(PRESENCE)
        heard.append(await ear.next(1.0))  # not held up by the pause
        with pytest.raises(TimeoutError):
            await ear.next(0.01)
        ear.hear(changed(3))
        return [*heard, await ear.next(30.0)]

    assert asyncio.run(run()) == [changed(1), PRESENCE, changed(3)]


def test_a_quiet_stream_waits_and_an_ended_one_ends_whatever_is_left() -> None:
    async def run() -> None:
        ear = Ear(no_pause)
        with pytest.raises(TimeoutError):
            await ear.next(0.01)
        waiting = asyncio.create_task(ear.next(30.0))
        await asyncio.sleep(0)
        ear.hear(changed(1))
        ear.hear(None)
        assert await waiting is None

    asyncio.run(run())
