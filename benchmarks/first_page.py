"""The first 50 rows of each view at 100,000 cases, as the queue gets them, against the bare SQL.

The desk answers with the rows and with how many the whole view holds; so does the bare SQL: the same three
statements (keys, rows, count) on the bare connection. `new`: the desk has made none of the rows before;
`again`: it has, and none changed since, as when the queue is looked at a second time.
"""

import asyncio
import time

from benchmarks.corpus import desk_in, store_of
from benchmarks.entry import Entry, compared
from console.desk.desk import Desk
from console.desk.rows import BUILT_IN, Sort, View
from console.models.queue import count, page, rows_at
from console.models.times import to_ms

CASES = 100_000
ROUNDS = 200
ROWS = 50


async def _asked(desk: Desk, view: View) -> float:
    began = time.perf_counter()
    await desk.queue(view, sort=Sort.DUE, limit=ROWS)
    return (time.perf_counter() - began) * 1000


def _bare(desk: Desk, view: View) -> float:
    """On the database thread, without the way there."""
    store, now, user = desk._held.store, to_ms(desk.clock.now()), desk.actor.user
    keys = page(view.value, Sort.DUE.value, now, user, 0, ROWS)
    total = count(view.value, now, user)
    began = time.perf_counter()
    found = rows_at(tuple(key for (key,) in store.read(keys.sql, keys.values)))
    store.read(found.sql, found.values)
    store.read(total.sql, total.values)
    return (time.perf_counter() - began) * 1000


class Samples:
    """Milliseconds of one view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.new, self.again, self.bare = list[float](), list[float](), list[float]()

    async def take(self, desk: Desk) -> None:
        """One of each kind, one right behind the other."""
        desk._held.cases.shown.clear()
        self.new.append(await _asked(desk, self.view))
        self.again.append(await _asked(desk, self.view))
        self.bare.append(await desk._held.worker.call(lambda: _bare(desk, self.view)))

    def entries(self) -> list[Entry]:
        """Both against the bare SQL."""
        what = f"first {ROWS} rows, {self.view.value}, {CASES:,} cases"
        return [
            *compared(f"{what}, new", self.new, "bare SQL", self.bare, "ms"),
            *compared(f"{what}, again", self.again, "bare SQL", self.bare, "ms"),
        ]


async def _all() -> list[Entry]:
    """In turns, so that all views and the bare SQL meet the same weather."""
    views = [Samples(view) for view in BUILT_IN]
    desk = await desk_in(await store_of(CASES))
    try:
        for _ in range(ROUNDS):
            for samples in views:
                await samples.take(desk)
    finally:
        desk.close()
    return [entry for samples in views for entry in samples.entries()]


def run() -> list[Entry]:
    """Every view in its usual order."""
    return asyncio.run(_all())
