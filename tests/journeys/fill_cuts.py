"""A first fill that is interrupted again and again, by the cable and by the end of the program.

`make fill-cuts` runs it with 100,000 cases and 50 breaks; the journey test with a few thousand.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from console.central.practice.bulk import bulk
from console.central.seed import load
from console.desk.connection import Net
from console.reference import bundled
from tests.desk.people import MONDAY
from tests.support.central import Central, Cluster
from tests.support.world import PATIENCE_S, MondayClock, Seat, World

DAYS = timedelta(days=60)
BYTES_PER_CASE = 4400


def stocked(cluster: Cluster, count: int, pool: int = 400) -> Central:
    """A centre with so many cases of the sixty days before its Monday."""
    made = Central(cluster.database(), MondayClock())
    load(made.engine, bulk(bundled(), 1, count, MONDAY - DAYS, MONDAY, pool=pool), MONDAY)
    return made


class Breaker:
    """`breaks` interruptions spread over the fill: each cuts the answer, every fourth restarts it all."""

    def __init__(self, world: World, count: int, breaks: int, seed: int) -> None:
        self._world, self._rng = world, random.Random(seed)
        self._restarts = {n for n in range(breaks) if self._rng.random() < 0.25}
        self._breaks, self._piece = breaks, count * BYTES_PER_CASE // (breaks + 1)
        self.reached: list[int] = []  # cases that were here at each break

    async def run(self) -> Seat:
        """The desk that has all of it in the end."""
        seat = await self._open()
        for n in range(self._breaks):
            await self._break(seat, n)
            if n in self._restarts:
                await self._world.stand_up(seat)
                seat = await self._open()
        seat.cable.mend()
        seat.line.start()
        await seat.net(Net.ONLINE)
        return seat

    async def _open(self) -> Seat:
        return await self._world.sit_down("03", "op03", start=False)

    async def _break(self, seat: Seat, n: int) -> None:
        """Let so many bytes through, then cut; the desk logs a report meanwhile now and then."""
        broken = asyncio.Event()
        end = seat.desk.on_connection(lambda now: broken.set() if now.net is Net.OFFLINE else None)
        seat.cable.mend()
        # twice: for the first page, that the desk asks for itself, and for what its fill child asks for
        seat.cable.fault(
            "cut_answer", "/snapshot", after=self._rng.randrange(1, self._piece * 8 // 5), times=2
        )
        seat.line.start()
        async with asyncio.timeout(PATIENCE_S):
            await broken.wait()
        end()
        state = await asyncio.to_thread(seat.desk.sync_port.snapshot_state)
        assert not state.finished
        self.reached.append(state.done)
        if n % 10 == 0:
            await seat.log()


async def broken_fill(url: str, folder: Path, count: int, breaks: int, seed: int) -> list[int]:
    """Fill through all breaks and compare with the centre, byte for byte; how far it was at each break."""
    async with World(url, folder) as world:
        breaker = Breaker(world, count, breaks, seed)
        await breaker.run()
        await world.converged()
        return breaker.reached


def main(argv: list[str]) -> None:
    """The long run."""
    parser = argparse.ArgumentParser(prog="make fill-cuts")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--breaks", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="ioc-fill-cuts-") as folder:
        cluster = Cluster(Path(folder) / "pg")
        centre = stocked(cluster, asked.cases, pool=5_000)
        began = time.monotonic()
        try:
            reached = asyncio.run(
                broken_fill(centre.url, Path(folder) / "desks", asked.cases, asked.breaks, asked.seed)
            )
        finally:
            centre.close()
            cluster.close()
    print(f"{asked.cases:,} cases through {len(reached)} breaks in {time.monotonic() - began:.0f} s: equal")
    print("cases here at each break:", *reached)


if __name__ == "__main__":
    main(sys.argv[1:])
