"""The first 50 rows of each view at 100,000 cases, as the queue gets them, against the bare SQL.

The desk answers with the rows and with how many the whole view holds; so does the bare SQL: the same two
statements on the bare connection. What lies between is the way to the database thread and frozen rows.
"""

import asyncio
import time

from benchmarks.corpus import desk_in, store_of
from benchmarks.entry import Entry, compared
from console.desk.desk import Desk
from console.desk.rows import Sort, View
from console.models.queue import Ask, Where, count, page
from console.models.times import to_ms

CASES = 100_000
ROUNDS = 120
ROWS = 50


async def _pages(desk: Desk, view: View) -> tuple[list[float], list[float]]:
    """Taken in turns, so that both meet the same weather. The desk's answer also counts the view."""
    ours, bare = list[float](), list[float]()
    store, worker = desk._held.store, desk._held.worker
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await desk.queue(view, sort=Sort.DUE, limit=ROWS)
        ours.append((time.perf_counter() - began) * 1000)
        now, user = to_ms(desk.clock.now()), desk.actor.user
        rows = page(view.value, Sort.DUE.value, Where(), now, user, 0, ROWS)
        total = count(view.value, Where(), now, user)

        def read(rows: Ask = rows, total: Ask = total) -> float:
            began = time.perf_counter()
            store.read(rows.sql, rows.values)
            store.read(total.sql, total.values)
            return (time.perf_counter() - began) * 1000

        bare.append(await worker.call(read))
    return ours, bare


async def _all() -> list[Entry]:
    desk = await desk_in(await store_of(CASES))
    entries: list[Entry] = []
    try:
        for view in View:
            ours, bare = await _pages(desk, view)
            entries += compared(
                f"first {ROWS} rows, {view.value}, {CASES:,} cases", ours, "bare SQL", bare, "ms"
            )
    finally:
        desk.close()
    return entries


def run() -> list[Entry]:
    """Every view in its usual order."""
    return asyncio.run(_all())
