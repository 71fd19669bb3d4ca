"""What the desk answers about calls: frozen values."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from console.domain.telephone import Call, CallId, CallKind, CallState, LineState

SLOTS = 4
"""Calls that have a place on the strip at once; further ones wait for one."""


class LiveCall(Call, frozen=True, kw_only=True):
    """A call on the strip. `phone`: E.164, None where the number is none or withheld. `slot`: 1 to 4, kept
    until the call leaves; 0: waits for one. `draft`: what is written for it; `case`: what it was saved as."""

    id: str
    line: CallId = ""  # "": of an earlier run of the program, nothing can be done on the line
    phone: str | None = None
    slot: int = 0
    draft: str | None = None
    case: str | None = None
    kind: CallKind | None = None
    note: str = ""

    @property
    def leaves(self) -> bool:
        """Nothing is left to do with it: over, and it is known what it was; missed ones stand in the list
        of calls to give back, and of an own call nothing needs to be said."""
        if self.state is not CallState.ENDED:
            return False
        unheard = self.answered_at is None and self.draft is None
        return self.kind is not None or unheard or (not self.incoming and self.draft is None)


class MissedCall(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to call back: who rang in vain (once or several times), or was promised it (`due`).

    `number`: as the exchange wrote it; `reporter`: the name on the last report of this number, masked.
    """

    id: str
    number: str
    phone: str | None = None
    name: str = ""
    reporter: str = ""
    rings: int = 0
    last_at: datetime
    due: datetime | None = None
    note: str = ""
    case: str | None = None
    tried: int = 0  # how often nobody was reached since


class LineHands(Protocol):
    """What acts on the line, in a thread of its own. All raise LineError."""

    async def answer(self, call: CallId) -> None: ...
    async def hold(self, call: CallId) -> None: ...
    async def resume(self, call: CallId) -> None: ...
    async def transfer(self, call: CallId, number: str) -> None: ...
    async def hang_up(self, call: CallId) -> None: ...
    async def dial(self, number: str) -> CallId: ...
    async def rest(self, on: bool) -> None: ...


def phone_state(calls: Sequence[LiveCall], line: LineState) -> str:
    """How the desk stands: active, wrapup (a call is over and not written down), break, ready; "" where
    nobody tells this desk of calls."""
    if line.kind == "manual" or not line.up:
        return ""
    if any(call.state in (CallState.TALKING, CallState.HELD) for call in calls):
        return "active"
    if any(call.state is CallState.ENDED and not call.case for call in calls):
        return "wrapup"
    return "break" if line.resting else "ready"
