"""The audit: what was done at this desk is told behind everything else; what the centre has is read on a
line of its own."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from console.desk.audit_port import AuditPort
from console.desk.errors import AuditOffline
from console.protocol.audit import AuditAnswer, AuditCheck, AuditQuestion, DeskAct, DeskActs
from console.sync.api import Api
from console.sync.errors import BadAnswer, NotTheCentre, Offline, Rejected, RetryLater, ServerError
from console.sync.pace import Pace

T = TypeVar("T")
log = logging.getLogger(__name__)


class AuditTeller:
    """Call it at the end of each round. What the centre fails on is told later and ends no round."""

    def __init__(
        self, api: Api, port: AuditPort, pace: Pace, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._api, self._port, self._pace, self._steady = api, port, pace, steady
        self._wait_until = 0.0

    def __call__(self) -> None:
        """Raises WireError where the line broke."""
        if not self._port.has_audit() or self._steady() < self._wait_until:
            return
        try:
            while acts := self._port.acts_to_tell():
                self._tell(acts)
        except (ServerError, BadAnswer, RetryLater, Rejected) as error:  # an older centre has none
            log.warning("audit: %s", error.code)
            self._wait_until = self._steady() + self._pace.reference

    def _tell(self, acts: list[DeskAct]) -> None:
        """All of them; where the centre cannot read one, each by itself, and that one goes for good."""
        try:
            self._api.ask("POST", "/audit/acts", dict, DeskActs(acts=tuple(acts)))
        except Rejected as error:
            if error.status != 400:
                raise
            if len(acts) > 1:
                for act in acts:
                    self._tell([act])
                return
            log.error("audit: the centre cannot read an act of the kind %s", acts[0].kind)
        self._port.acts_told([act.id for act in acts])


class CentreAudit:
    """Blocks; for any thread. A `desk.audit_door.AuditCentre`."""

    def __init__(self, api: Api) -> None:
        self._api, self._turn = api, threading.Lock()

    def find(self, asked: AuditQuestion) -> AuditAnswer:
        """Raises AuditOffline, SignedOut, RetryLater, TooOld, BadAnswer."""
        return self._ask(lambda: self._api.ask("POST", "/audit", AuditAnswer, asked))

    def check(self, asked: AuditCheck) -> AuditCheck:
        """The same."""
        return self._ask(lambda: self._api.ask("POST", "/audit/check", AuditCheck, asked))

    def _ask(self, ask: Callable[[], T]) -> T:
        try:
            with self._turn:
                return ask()
        except (Offline, NotTheCentre, ServerError) as error:
            raise AuditOffline(type(error).__name__) from None
        except Rejected as error:
            if error.status in (404, 405):
                raise AuditOffline("an older centre") from None
            raise
