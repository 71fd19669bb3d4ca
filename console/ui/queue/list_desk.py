"""What is asked of the desk for the list as a whole: acts on many cases, files, paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from console.ui.queue.reading import PageDesk

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk.progress import Works
    from console.desk.rows import CaseView, Done, QueueRow
    from console.domain.case import Actor
    from console.domain.command import AnyBody
    from console.domain.reference import Reference


class Clock(Protocol):
    """The desk's clock: the centre's time."""

    def now(self) -> datetime: ...


class ListDesk(PageDesk, Protocol):
    """What `ListErrands` and those who do them ask."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def undo_seconds(self) -> int: ...
    @property
    def works(self) -> Works: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def answers(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]: ...
    async def act(self, case_id: str, *bodies: AnyBody) -> Done: ...
    async def undo(self, command_ids: Sequence[str]) -> bool: ...
    async def note_act(self, kind: str, case: str | None = None, **fact: int | str) -> None: ...
    async def case_by_number(self, number: str) -> CaseView | None: ...
