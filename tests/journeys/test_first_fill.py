"""The first fill: in a process of its own, usable from the first page, whole whatever breaks it."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from console.desk.connection import Net
from console.desk.rows import Sort, View
from tests.desk.index.on_file import same_as_on_file
from tests.journeys.fill_cuts import broken_fill, stocked
from tests.support.central import Central, Cluster
from tests.support.world import Seat, World

COUNT = 3000


@pytest.fixture(scope="module")
def full(cluster: Cluster) -> Iterator[Central]:
    made = stocked(cluster, COUNT)
    yield made
    made.close()


def _children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(os.getpid()).children()
        if "console.sync.fill_child" in child.cmdline()
    ]


async def _filling(seat: Seat) -> psutil.Process:
    """Until the child is at work: its process."""

    async def at_work() -> psutil.Process | None:
        found = await asyncio.to_thread(_children)
        return found[0] if found and seat.desk.connection.net is Net.FILLING else None

    found: psutil.Process = await seat.until(at_work, "a fill child")
    return found


def test_a_large_fill_runs_in_a_process_of_its_own(full: Central, tmp_path: Path) -> None:
    async def story() -> None:
        async with World(full.url, tmp_path) as world:
            seat = await world.sit_down("03", "op03", start=False)
            await seat.desk.keep_index()
            seat.line.start()
            child = await _filling(seat)
            page = await seat.desk.queue(View.OPEN, sort=Sort.NEWEST)
            assert page.rows, "the queue works after the first page"
            case = await seat.log()
            assert not any(seat.desk._held.store.key.hex() in text for text in child.cmdline())
            await seat.net(Net.ONLINE)
            await asyncio.to_thread(child.wait, 30)
            assert (await seat.knows(case)).case.id == case
            await world.converged()
            await same_as_on_file(seat.desk)

    asyncio.run(story())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_that_is_killed_takes_nothing_with_it(full: Central, tmp_path: Path, how: int) -> None:
    async def story() -> None:
        async with World(full.url, tmp_path) as world:
            seat = await world.sit_down("03", "op03", start=False)
            seat.line.start()
            for _ in range(2):
                child = await _filling(seat)
                child.send_signal(how)
                await asyncio.to_thread(child.wait, 30)
            await seat.desk.keep_index()
            await seat.net(Net.ONLINE)
            await world.converged()
            await seat.desk.keep_index()
            await same_as_on_file(seat.desk)

    asyncio.run(story())


def test_the_child_ends_with_the_cable(full: Central, tmp_path: Path) -> None:
    async def story() -> None:
        async with World(full.url, tmp_path) as world:
            seat = await world.sit_down("03", "op03", start=False)
            seat.line.start()
            child = await _filling(seat)
            await seat.unplug()
            await asyncio.to_thread(child.wait, 30)
            await seat.log()
            await seat.plug()
            await seat.net(Net.ONLINE)
            await world.converged()

    asyncio.run(story())


def test_fifty_breaks(full: Central, tmp_path: Path) -> None:
    reached = asyncio.run(broken_fill(full.url, tmp_path, COUNT, 50, seed=7))
    assert len(reached) == 50
    # Of each answer that breaks off the last unfinished slice comes again: with so few cases that is much.
    assert max(reached) > COUNT // 3, "breaks come also late in the fill"
