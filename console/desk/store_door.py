"""The desk's door to its own store: what it is like, what runs long, and its upkeep."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from console.desk.callbacks import forget_calls
from console.desk.file_drawer import FileDrawer
from console.desk.holdings import Holdings
from console.desk.progress import Works
from console.models.failures import StoreFull, StoreUnwritable

if TYPE_CHECKING:
    from console.desk.store_state import Checked, StoreState
    from console.desk.sync_port import SyncPort

log = logging.getLogger(__name__)
PASS_S = 3600.0  # between two looks at what may leave this workstation


class StoreDoor:
    """A part of the desk."""

    _held: Holdings
    _drawer: FileDrawer
    sync_port: SyncPort

    @property
    def works(self) -> Works:
        """What runs long, with how far it is."""
        return self._held.works

    async def store_state(self) -> StoreState:
        """What the store is like now. Raises StoreCorrupt, …"""
        from console.desk import store_state  # nothing at the start asks for it

        return await store_state.state_of(self._held, self._drawer, self.sync_port.fill_news.paused)

    async def keep_store(self) -> None:
        """Cases outside of the window leave, the file gives room back, its size is noted: in slices that
        nobody feels, every hour until cancelled. A full disk leaves it to the next hour."""
        from console.desk.archiving import Archiving
        from console.desk.store_state import keep_size

        archiving = Archiving(self._held, self._drawer)
        while True:
            try:
                await self._held.call_later(lambda: keep_size(self._held))
                await self._held.call_later(lambda: forget_calls(self._held))
                await archiving.run()
            except (StoreFull, StoreUnwritable) as failure:
                log.warning("upkeep of the store put off: %s", type(failure).__name__)
            await asyncio.sleep(PASS_S)

    async def check_store(self) -> Checked | None:
        """Look through the whole file beside everybody; None: stopped. Raises StoreUnwritable, …"""
        from console.desk import store_state

        return await store_state.check(self._held)

    async def rebuild_store(self) -> bool:
        """Rows, search and columns anew out of the cases, in slices; False: stopped, the next start goes on.
        Raises StoreFull, …"""
        from console.desk import store_state

        return await store_state.rebuild(self._held)

    async def compact_store(self) -> None:
        """Have the next start write the file anew. Raises StoreUnwritable."""
        await self._held.call_later(self._held.store.compact_next)

    async def go_on_filling(self) -> None:
        """A first fill that rests by an operator's wish goes on."""
        await self._held.call(self.sync_port.fill_news.go_on)
