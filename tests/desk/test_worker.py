"""One thread for the store: waited-for work first, nothing typed is dropped, an end that ends."""

import asyncio
import threading

import pytest

from console.desk.errors import DeskClosed
from console.desk.worker import Worker


class Gate:
    """Holds the worker in a job until it is opened."""

    def __init__(self) -> None:
        self.inside, self.open = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.inside.set()
        assert self.open.wait(30)


def test_what_somebody_waits_for_goes_first() -> None:
    async def story() -> list[str]:
        worker, done, gate = Worker(), list[str](), Gate()
        first = asyncio.create_task(worker.call(gate))
        await asyncio.to_thread(gate.inside.wait)
        later = threading.Thread(target=lambda: worker.wait(lambda: done.append("background")))
        later.start()
        while not worker._then:
            await asyncio.sleep(0)
        now = asyncio.create_task(worker.call(lambda: done.append("operator")))
        while not worker._first:
            await asyncio.sleep(0)
        gate.open.set()
        await asyncio.gather(first, now)
        await asyncio.to_thread(later.join)
        worker.close(lambda: None)
        return done

    assert asyncio.run(story()) == ["operator", "background"]


def test_failures_come_home() -> None:
    async def story() -> None:
        worker = Worker()
        with pytest.raises(ZeroDivisionError):
            await worker.call(lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(worker.wait, lambda: 1 / 0)
        assert await worker.call(lambda: 7) == 7, "the thread goes on"
        worker.close(lambda: None)

    asyncio.run(story())


def test_work_of_a_cancelled_caller_is_done_all_the_same() -> None:
    async def story() -> list[str]:
        worker, done, gate = Worker(), list[str](), Gate()
        first = asyncio.create_task(worker.call(gate))
        await asyncio.to_thread(gate.inside.wait)
        saving = asyncio.create_task(worker.call(lambda: done.append("saved")))
        await asyncio.sleep(0)
        saving.cancel()
        gate.open.set()
        await first
        worker.close(lambda: done.append("closed"))
        assert saving.cancelled() or saving.cancelling()
        return done

    assert asyncio.run(story()) == ["saved", "closed"]


def test_closing_finishes_what_waits_and_takes_nothing_new() -> None:
    async def story() -> list[str]:
        worker, done = Worker(), list[str]()
        calls = [asyncio.create_task(worker.call(lambda: done.append("saved"))) for _ in range(3)]
        await asyncio.sleep(0)
        worker.close(lambda: done.append("closed"))
        worker.close(lambda: done.append("twice"))
        await asyncio.gather(*calls)
        with pytest.raises(DeskClosed):
            await worker.call(lambda: None)
        with pytest.raises(DeskClosed):
            worker.wait(lambda: None)
        return done

    assert asyncio.run(story()) == ["saved", "saved", "saved", "closed"]
    assert "desk" not in {thread.name for thread in threading.enumerate()}


def test_a_failure_of_the_last_job_is_told() -> None:
    worker = Worker()
    with pytest.raises(ZeroDivisionError):
        worker.close(lambda: 1 / 0)


def test_what_a_job_leaves_is_done_right_behind_its_answer_and_before_any_other() -> None:
    async def story() -> list[str]:
        worker, done, gate = Worker(), list[str](), Gate()

        def write_up() -> None:
            gate()
            done.append("written up")

        def act() -> str:
            worker.at_once(write_up)
            return "answer"

        async def ask() -> None:
            await worker.call(lambda: done.append("question"))

        assert await worker.call(act) == "answer"
        await asyncio.to_thread(gate.inside.wait)
        assert done == [], "the answer did not wait for it"
        asked = asyncio.create_task(ask())
        while not worker._first:
            await asyncio.sleep(0)
        gate.open.set()
        await asked
        worker.close(lambda: None)
        return done

    assert asyncio.run(story()) == ["written up", "question"]


def test_what_fails_behind_an_answer_does_not_end_the_thread() -> None:
    def breaks() -> None:
        raise ZeroDivisionError

    async def story() -> int:
        worker = Worker()
        await worker.call(lambda: worker.at_once(breaks))
        answer = await worker.call(lambda: 7)
        worker.close(lambda: None)
        return answer

    assert asyncio.run(story()) == 7
