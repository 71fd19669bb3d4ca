"""What the intake asks of the desk."""

from datetime import datetime
from typing import Protocol

from console.desk.rows import Draft
from console.domain.case import Actor
from console.domain.reference import Reference
from console.domain.telephone import LineState
from console.ui.intake.advising import AdviceDesk
from console.ui.intake.call_files import CallFilesDesk
from console.ui.intake.caller_side import CallerDesk
from console.ui.intake.calls_of_desk import CallsOfDesk
from console.ui.intake.draft_keeper import DraftDesk
from console.ui.intake.handing import HandDesk
from console.ui.intake.lookout import LookDesk
from console.ui.intake.saving import SavingDesk


class Clock(Protocol):
    """The desk's clock: the centre's time."""

    def now(self) -> datetime: ...


class IntakeDesk(
    AdviceDesk, DraftDesk, SavingDesk, LookDesk, CallerDesk, CallFilesDesk, CallsOfDesk, HandDesk, Protocol
):
    """What the intake asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def line(self) -> LineState: ...
    @property
    def reference(self) -> Reference: ...
    async def drafts(self) -> tuple[Draft, ...]: ...
    async def discard_draft(self, draft_id: str) -> None: ...
