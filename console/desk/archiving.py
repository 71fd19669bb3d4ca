"""Cases outside of the window leave this workstation, and the file gives their room back: in slices of a few
milliseconds, behind whatever somebody waits for, with rests between them.

Each slice is a transaction, so an end of the program at any moment leaves a right store, and the next pass
goes on. The centre keeps every case: one that changes there comes back whole.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from console.desk import window
from console.desk.changes import Cause, Changes
from console.desk.file_drawer import FileDrawer
from console.desk.holdings import Holdings
from console.desk.progress import Work
from console.models.archive import STRETCH, Archive, checkpoint_apart

T = TypeVar("T")
SLICE_S = 0.001  # that an operator's act may wait behind it
REST = 3.0  # times as long as the slice
CHECKPOINT = 20  # slices, after which what they wrote is brought into the file, beside everybody
PAGES = 16  # of the file, given back at a time
MERGE_PAGES = 16
WORTH_TELLING = 200  # cases


class Archiving:
    """`run` on the loop's thread."""

    def __init__(self, held: Holdings, drawer: FileDrawer) -> None:
        self._held, self._drawer = held, drawer
        self._archive = Archive(held.store, held.cases)
        self._after = self._done = self._slices = 0
        self._last = self._before = 0
        self._unsent: set[str] = set()

    async def run(self) -> int:
        """One pass; how many cases left. Nothing leaves before the first fill is complete."""
        held = self._held
        count = await held.call_later(self._begin)
        if count:
            self._unsent = set(await self._drawer.call(lambda files: files.unsent()))
            with held.works.begin("archive", count, can_cancel=count > WORTH_TELLING) as work:
                await self._put_away(work)
        if self._done or await held.call_later(self._archive.free_pages):
            await self._give_back()
        return self._done

    def _begin(self) -> int:
        self._after = self._done = 0
        if self._held.meta.get("cursor") is None:
            return 0
        if window.wider(self._held):
            self._fill_again()
            return 0
        self._last, self._before = self._archive.last_key(), window.keep_from_ms(self._held)
        return self._archive.count(self._before)

    def _fill_again(self) -> None:
        """An administrator has made the window wider: what was left out is fetched with all the rest."""
        with self._held.store.transaction():
            for key in ("cursor", window.PUT_AWAY):
                self._held.meta.set(key, None)
        self._held.wake()

    async def _put_away(self, work: Work) -> None:
        while self._after < self._last and not work.cancelled:
            await self._rested(self._slice)
            work.tell(min(self._done, work.progress.total))

    async def _rested(self, slice_: Callable[[], T]) -> T:
        began = time.perf_counter()
        answer = await self._held.call_later(slice_)
        await asyncio.sleep((time.perf_counter() - began) * REST)
        self._slices += 1
        if self._slices % CHECKPOINT == 0:
            await asyncio.to_thread(checkpoint_apart, self._held.store)
        return answer

    def _slice(self) -> None:
        """As many as there is time for, in one transaction that needs no wait for the disk: what a power cut
        takes back leaves once more."""
        held, until = self._held, time.perf_counter() + SLICE_S
        looked = held.colleagues.looking.case
        gone = list[str]()
        found = self._archive.ended(self._after, self._before)
        if not found:
            self._after += STRETCH
            return
        with held.store.relaxed(), held.store.transaction():
            window.left_out(held, self._before)
            for case in found:
                self._after = case.pk
                if case.id != looked and not self._archive.held_here(case, self._unsent):
                    self._archive.remove(case.id)
                    gone.append(case.id)
                if time.perf_counter() >= until:
                    break
        self._done += len(gone)
        if gone:
            held.tell(Changes(cause=Cause.CENTRE, cases=frozenset(gone), gone=frozenset(gone)))

    async def _give_back(self) -> None:
        """The search's pages are merged, then the free ones leave the end of the file."""
        for table in ("search", "search_open"):
            while await self._rested(partial(self._archive.merge, table, MERGE_PAGES)):
                pass
        if not await self._held.call_later(self._archive.gives_back):
            return
        left = await self._held.call_later(self._archive.free_pages)
        while left > 0:
            await self._rested(partial(self._archive.give_back, PAGES))
            left -= PAGES
        await asyncio.to_thread(checkpoint_apart, self._held.store)
