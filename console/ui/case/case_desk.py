"""What the case's pane asks of the desk."""

from collections.abc import Sequence
from typing import Protocol

from console.desk.rows import CaseView, Done
from console.domain.case import Actor, Event, Reporter
from console.domain.command import AnyBody
from console.domain.reference import Reference
from console.ui.case.acting import ActingDesk
from console.ui.case.company import Company
from console.ui.case.parts_of import PartsDesk
from console.ui.case.post_facts import PostDesk
from console.ui.case.related_of import RelatedDesk
from console.ui.case.unfinished import WordsDesk
from console.ui.files.files_of import FilesDesk
from console.ui.queue.queue_room import Clock


class CaseDesk(WordsDesk, Company, FilesDesk, PartsDesk, RelatedDesk, ActingDesk, PostDesk, Protocol):
    """What the pane asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reference(self) -> Reference: ...
    async def case(self, case_id: str) -> CaseView | None: ...
    async def events(self, case_id: str, before: int, limit: int) -> tuple[Event, ...]: ...
    async def act(self, case_id: str, *bodies: AnyBody) -> Done: ...
    async def undo(self, command_ids: Sequence[str]) -> bool: ...
    async def reveal(self, case_id: str, reason: str) -> Reporter: ...
