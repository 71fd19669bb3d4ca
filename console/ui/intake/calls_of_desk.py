"""What the intake asks of the desk about calls."""

from datetime import datetime
from typing import Protocol

from console.desk.call_rows import LiveCall
from console.desk.rows import Draft
from console.domain.telephone import CallKind


class Clock(Protocol):
    """The desk's clock: the centre's time."""

    def now(self) -> datetime: ...


class CallsOfDesk(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    def calls(self) -> tuple[LiveCall, ...]: ...
    async def attach_call(self, call_id: str, draft_id: str) -> None: ...
    async def settle_call(self, call_id: str, kind: CallKind, note: str = "") -> None: ...
    async def save_draft(self, draft: Draft) -> Draft: ...
