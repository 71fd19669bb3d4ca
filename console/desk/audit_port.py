"""The part of the synchronization's door that is about the audit and the post."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from console.desk import audit_acts
from console.desk.audit_door import AuditCentre
from console.desk.holdings import Holdings
from console.desk.post_door import PostCentre
from console.domain.case import Role
from console.protocol.audit import DeskAct

T = TypeVar("T")


class AuditPort:
    """A part of `SyncPort`."""

    _held: Holdings

    def _wait(self, work: Callable[[], T]) -> T:
        return self._held.worker.wait(lambda: self._held.guarded(work))

    def has_audit(self) -> bool:
        """Whether who is signed in may tell what was done here."""
        return self._held.actor.role is not Role.AGENCY

    def acts_to_tell(self) -> list[DeskAct]:
        """What the centre's audit has not of this desk."""
        return self._wait(lambda: audit_acts.to_tell(self._held))

    def acts_told(self, ids: Sequence[str]) -> None:
        """It has these."""
        self._wait(lambda: audit_acts.told(self._held, ids))

    def audits(self, centre: AuditCentre) -> None:
        """Who asks the centre's audit."""
        self._held.audit_centre = centre

    def posts(self, centre: PostCentre) -> None:
        """Who asks for the centre's messages."""
        self._held.post_centre = centre
