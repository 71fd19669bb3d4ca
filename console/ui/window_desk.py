"""What the window itself asks of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from console.ui.queue.list_desk import ListDesk
from console.ui.store.store_desk import StoreDesk

if TYPE_CHECKING:
    from console.desk.connection import Connection
    from console.desk.rows import CaseView, DistrictRow, Points, QueueRow
    from console.desk.searching import Found
    from console.domain.case import Actor
    from console.domain.reference import Reference
    from console.ui.queue.queue_room import Clock


class WindowDesk(ListDesk, StoreDesk, Protocol):
    """What the window itself asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def connection(self) -> Connection: ...
    @property
    def reference(self) -> Reference: ...
    async def points(self) -> Points: ...
    async def districts(self) -> tuple[DistrictRow, ...]: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def case_by_number(self, number: str) -> CaseView | None: ...
    async def search(self, text: str, limit: int = 50) -> Found: ...
    async def mark_read(self, case_id: str) -> None: ...
