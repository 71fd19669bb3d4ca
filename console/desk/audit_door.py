"""The desk's door to the audit: what is noted here, and what the centre's chain holds."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from console.desk import audit_acts
from console.desk.errors import AuditNotYours, AuditOffline
from console.desk.holdings import Holdings
from console.domain.audit import READERS
from console.protocol.audit import AuditAnswer, AuditCheck, AuditQuestion

Progress = Callable[[int, int], bool]


class AuditCentre(Protocol):
    """Who asks the centre; each call blocks. Raises AuditNotYours, AuditOffline, and what else the line may
    raise."""

    def find(self, asked: AuditQuestion) -> AuditAnswer:
        """The newest entries that fit."""

    def check(self, asked: AuditCheck) -> AuditCheck:
        """The next slice of the chain."""


class AuditDoor:
    """A part of the desk."""

    _held: Holdings

    async def note_act(self, kind: str, case: str | None = None, **fact: int | str) -> None:
        """A list was exported or printed, or the like: on disk before this returns. No personal data in
        `fact`. Raises StoreFull."""
        await self._held.call(lambda: audit_acts.note(self._held, kind, case, **fact))

    async def audit(self, asked: AuditQuestion) -> AuditAnswer:
        """What the centre's audit holds, newest first. Raises AuditNotYours, AuditOffline, and what else
        the line may raise."""
        return await asyncio.to_thread(self._audit_centre().find, asked)

    async def check_audit(self, progress: Progress) -> AuditCheck:
        """Hold the whole chain against what it vouches for. `progress(done, total)` after each slice; where
        it answers False, it ends there. Raises AuditNotYours, AuditOffline, and what else the line may
        raise."""
        found, centre = AuditCheck(), self._audit_centre()
        while True:
            found = await asyncio.to_thread(centre.check, found)
            if not progress(found.n, found.total) or found.flaw or found.n >= found.total:
                return found

    def _audit_centre(self) -> AuditCentre:
        if self._held.actor.role not in READERS:
            raise AuditNotYours
        if self._held.audit_centre is None:
            raise AuditOffline
        return self._held.audit_centre
