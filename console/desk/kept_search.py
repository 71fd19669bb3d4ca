"""After an upgrade the cases that are here are read in again for the search, behind everything else."""

import asyncio
from collections.abc import Callable

from console.desk.holdings import Holdings

FROM = "search.from"
"""In `meta` while some are missing: the key of the last one that was read in."""
ROWS_TOO = "search.rows"
"""In `meta` while the rows of the queue are made anew with it."""
Progress = Callable[[int, int], bool]
"""Hears how many of how many are done; whether to go on."""
SLICE = 20  # cases at a time: some milliseconds


async def catch_up(held: Holdings) -> None:
    """Until none is missing. An end of the program leaves it to the next start."""
    while await held.call_later(lambda: _slice(held)):
        await asyncio.sleep(0)


def _slice(held: Holdings) -> bool:
    after = held.meta.get(FROM)
    if after is None:
        return False
    with held.store.transaction():
        rows_too = held.meta.get(ROWS_TOO) is not None
        again = held.cases.make_again if rows_too else held.cases.find_again
        last = again(int(after), SLICE)
        held.meta.set(FROM, None if last is None else str(last))
        if last is None:
            held.meta.set(ROWS_TOO, None)
    return last is not None


def begin_again(held: Holdings) -> None:
    """Read in everything anew, by the next `catch_up`. On the database thread."""
    with held.store.transaction():
        held.cases.search.clear()
        held.meta.set(FROM, "0")


async def rebuild(held: Holdings, progress: Progress) -> bool:
    """Empty the search and read in everything, the rows of the queue anew with it; whether it came to its
    end."""
    total = await held.call_later(lambda: _begun(held))
    done = 0
    while await held.call_later(lambda: _slice(held)):
        done = min(total, done + SLICE)
        if not progress(done, total):
            return False
    progress(total, total)
    return True


def _begun(held: Holdings) -> int:
    with held.store.transaction():
        begin_again(held)
        held.meta.set(ROWS_TOO, "1")
    return int(held.store.read("SELECT count(*) FROM case_row")[0][0])
