"""From an act at desk 1 to its row at desk 2: real centre, real sockets, both desks on encrypted files."""

import asyncio
import shutil
import time

from benchmarks.centre import Seat, centre, filled, seat
from benchmarks.corpus import FOLDER
from benchmarks.entry import Entry, entry, percentile
from console.desk.changes import Changes
from console.desk.rows import Sort, View
from console.domain.command import AddNote

CASES = 2_000
ROUNDS = 150
LIMIT_MS = 300.0


async def _once(one: Seat, two: Seat, case: str, words: str) -> float:
    seen: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def hear(changes: Changes) -> None:
        if case in changes.cases and not seen.done():
            seen.set_result(None)

    end = two.desk.feed.subscribe(hear)
    began = time.perf_counter()
    await one.desk.act(case, AddNote(text=words, audience="internal"))
    await asyncio.wait_for(seen, 30)
    await two.desk.row(case)
    end()
    return (time.perf_counter() - began) * 1000


async def _all(url: str) -> list[float]:
    folder = FOLDER / "two-desks"
    shutil.rmtree(folder, ignore_errors=True)
    one = await seat(url, folder / "one", "01", "op01")
    two = await seat(url, folder / "two", "07", "op07")
    try:
        await filled(one.desk)
        await filled(two.desk)
        page = await one.desk.queue(View.OPEN, sort=Sort.NEWEST, limit=50)
        for row in page.rows[:5]:  # the stream is up once a change has come over it
            await _once(one, two, row.id, "thử đường truyền")
        return [
            await _once(one, two, page.rows[i % len(page.rows)].id, f"ghi chú số {i}") for i in range(ROUNDS)
        ]
    finally:
        await one.close()
        await two.close()


def run() -> list[Entry]:
    """Median and p99 against the limit of 300 ms."""
    with centre(CASES) as url:
        took = asyncio.run(_all(url))
    return [
        entry(f"change at desk 1 to its row at desk 2, {label}", percentile(took, q), "ms", "limit", LIMIT_MS)
        for label, q in (("median", 50), ("p99", 99))
    ]
