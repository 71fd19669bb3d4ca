"""What the sheet about this workstation's store asks of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from console.desk.progress import Works
    from console.desk.store_state import Checked, StoreState
    from console.ui.queue.queue_room import Clock


class StoreDesk(Protocol):
    """A part of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def works(self) -> Works: ...
    async def store_state(self) -> StoreState: ...
    async def check_store(self) -> Checked | None: ...
    async def rebuild_store(self) -> bool: ...
    async def compact_store(self) -> None: ...
    async def go_on_filling(self) -> None: ...
