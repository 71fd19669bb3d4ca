"""The index of all cases: read in behind the first painted queue, then kept as cases change.

Reading a million rows takes seconds, so it is done slice by slice as background work of the database thread;
what is written meanwhile goes into the same columns. Importing this module imports no numpy: it comes with
the first slice, on that thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.desk.holdings import Holdings
    from console.desk.index.columns import Columns
    from console.desk.index.finder import Finder
    from console.desk.index.found import Found
    from console.desk.index.joined import Joined

SLICE = 500  # rows at a time: some 3 ms
TOLD = 400  # keys in one list


class KeptIndex:
    """`finder` is None until all is read. A `models.cases.Watch`; but for `ready` all on the database thread.

    `begin_again` is for what happened to rows unseen: they are read in anew, by the next `ready`.
    """

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._columns: Columns | None = None
        self._read_to = 0  # by key; None of these is missing
        self._reading: asyncio.Task[None] | None = None
        self._found: Found | None = None
        self.finder: Finder | None = None
        self._joined: Joined | None = None  # begun with the finder

    async def ready(self) -> Finder:
        """The finder, once everything is read; at once where it is. On the loop's thread. Raises StoreCorrupt
        and what else reading may: the next call tries again."""
        while True:
            finder = self.finder
            if finder is not None:
                return finder
            if self._reading is None or self._reading.done():
                self._reading = asyncio.get_running_loop().create_task(self._read())
                self._reading.add_done_callback(_heard)
            await asyncio.shield(self._reading)

    async def parts_ready(self) -> None:
        """Once it is known which cases were merged into which; behind the rest of the index."""
        while True:
            await self.ready()
            if await self._held.call_later(self._read_parts):
                return

    def _read_parts(self) -> bool:
        return self._joined is not None and (self._joined.known or self._joined.read_slice())

    def parts_of(self, case_id: str) -> tuple[int, ...] | None:
        """Keys of the cases that were merged into one, others perhaps among them; None: not known yet."""
        joined = self._joined
        return joined.parts_of(case_id) if joined is not None and joined.known else None

    async def _read(self) -> None:
        while not await self._held.call_later(self._read_slice):
            pass

    def _read_slice(self) -> bool:
        """Whether it was the last."""
        columns = self._columns or self._begin()
        rows = self._held.store.read(self._sql, (self._read_to, SLICE))
        columns.put(rows)
        if rows:
            self._read_to = rows[-1][0]
            return False
        from console.desk.index.finder import Finder
        from console.desk.index.found import Found
        from console.desk.index.joined import Joined

        columns.summed(True)
        self._found = Found(self._held)
        self.finder = Finder(columns, self._found)
        self._joined = Joined(self._held.store, columns)
        self._held.store.read("PRAGMA shrink_memory")  # pages that were read once, and never again
        return True

    def _begin(self) -> Columns:
        from console.desk.index import columns

        self._sql = f"SELECT {', '.join(columns.KEPT)} FROM case_row WHERE pk > ? ORDER BY pk LIMIT ?"
        self._some = f"SELECT {', '.join(columns.KEPT)} FROM case_row WHERE pk IN "
        self._kept_of: Callable[[tuple[Any, ...]], tuple[Any, ...]] = columns.kept_of
        self._columns, self._read_to = columns.Columns(), 0
        self._columns.summed(False)
        self._held.cases.watch = self
        return self._columns

    def begin_again(self) -> None:
        """What is here may no longer be so."""
        self._columns = self.finder = self._found = self._joined = self._held.cases.watch = None

    # a Watch

    def put(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """These were written."""
        if self._columns is not None:
            kept = [self._kept_of(row) for row in rows]
            self._columns.put(kept)
            if self._joined is not None:
                self._joined.put(row[:2] for row in kept)
        if self._found is not None:
            self._found.changed([row[0] for row in rows])

    def remove(self, keys: Sequence[int]) -> None:
        """These were deleted."""
        if self._columns is not None:
            self._columns.remove(keys)
        if self._joined is not None:
            self._joined.remove(keys)
        if self._found is not None:
            self._found.changed(keys)

    def clear(self) -> None:
        """All were."""
        if self._columns is not None:
            self._columns.clear()
        if self.finder is not None:
            self.finder.forget()
        if self._found is not None:
            self._found.forget()
        if self._joined is not None:
            self._joined.clear()

    def look_again(self, keys: Sequence[int]) -> None:
        """Another process of this program wrote these rows."""
        if self._columns is None:
            return
        if self._found is not None:
            self._found.changed(keys)
        for start in range(0, len(keys), TOLD):
            part = tuple(keys[start : start + TOLD])
            rows = self._held.store.read(f"{self._some} ({', '.join('?' * len(part))})", part)
            self._columns.put(rows)
            gone = sorted({*part} - {row[0] for row in rows})
            self._columns.remove(gone)
            if self._joined is not None:
                self._joined.put(row[:2] for row in rows)
                self._joined.remove(gone)


def _heard(reading: asyncio.Task[None]) -> None:
    """Its failure is raised where somebody waits; where nobody does, the next one meets it anew."""
    if not reading.cancelled():
        reading.exception()
