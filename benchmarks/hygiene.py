"""What an operator feels of the store's upkeep: a page of the queue while old cases leave and the file gives
their room back, against the same pages while nothing else runs. And what that does to the file.

The store is a copy, looked at from 800 days later: every closed case is outside of the window by then.
"""

import asyncio
import shutil
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import ACTOR, KEY, NOW, store_of
from benchmarks.entry import Entry, compared, entry
from console.desk.archiving import Archiving
from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.desk.rows import Sort, View
from console.reference import bundled

CASES = 100_000
LATER = timedelta(days=800)
IDLE = 300  # pages asked while nothing runs
PAUSE_S = 0.02  # between two pages
ROWS = 50
FRAME_MS = 16.0


async def _asked(desk: Desk) -> float:
    began = time.perf_counter()
    await desk.queue(View.OPEN, sort=Sort.DUE, limit=ROWS)
    took = (time.perf_counter() - began) * 1000
    await asyncio.sleep(PAUSE_S)
    return took


async def _measured(folder: Path, count: int) -> list[Entry]:
    clock = Clock(starts_at=NOW + LATER)
    desk = await open_desk(folder, KEY, bundled(), ACTOR, clock=clock)
    try:
        await desk.keep_index()
        await desk._held.call(lambda: _filled(desk))
        idle = [await _asked(desk) for _ in range(IDLE)]
        before = await desk.store_state()
        keeping = asyncio.ensure_future(Archiving(desk._held, desk._drawer).run())
        busy = list[float]()
        began = time.perf_counter()
        while not keeping.done():
            busy.append(await _asked(desk))
        gone, seconds = await keeping, time.perf_counter() - began
        after = await desk.store_state()
        print(f"  {gone:,} cases left in {seconds:.0f} s", flush=True)
    finally:
        desk.close()
    what = f"page of the queue while {gone:,} of {count:,} cases leave"
    over = sum(sample > FRAME_MS for sample in busy) / len(busy) * 100
    quiet = sum(sample > FRAME_MS for sample in idle) / len(idle) * 100
    return [
        *compared(what, busy, "nothing else runs", idle, "ms"),
        entry("bytes of the file behind it", after.bytes, "B", "before", before.bytes),
        entry("pages over a frame", over + 0.01, "%", "nothing else runs", quiet + 0.01),
    ]


def _filled(desk: Desk) -> None:
    with desk._held.store.transaction():
        desk._held.meta.set("cursor", "0")


async def measure(count: int = CASES, folder: Path | None = None) -> list[Entry]:
    """On a copy of the store of so many cases."""
    source = await store_of(count, folder)
    with TemporaryDirectory(dir=source.parent) as place:
        copy = Path(place) / "desk"
        await asyncio.to_thread(shutil.copytree, source, copy)
        return await _measured(copy, count)


def run() -> list[Entry]:
    """All figures."""
    return asyncio.run(measure())


if __name__ == "__main__":
    for line in run():
        print(line)
