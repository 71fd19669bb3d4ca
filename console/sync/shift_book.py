"""The book of the shifts: told and read behind the commands, as shared views are.

With it goes what this desk has not sent, whenever that is another number, and every minute so that the centre
knows it is still so. Whatever the centre fails on here is tried again later and ends no round.
"""

import logging
import threading
import time
from collections.abc import Callable

from console.desk.shift_port import ShiftWriting
from console.desk.sync_port import SyncPort
from console.domain.handover import Handover
from console.domain.roster import RosterEntry
from console.protocol.wire import DeskFacts
from console.sync.api import Api
from console.sync.errors import BadAnswer, Rejected, RetryLater, ServerError
from console.sync.pace import Pace
from console.sync.shared_views import SharedViews
from console.sync.shift_calls import ShiftCalls

log = logging.getLogger(__name__)

FACTS_S = 50.0  # less than the centre's patience with a desk that says nothing
NEVER = (400, 403, 404, 409, 413)
"""Answers after which it will never take this one as it is."""
FAILURES = (ServerError, BadAnswer, RetryLater)


class ShiftBookTeller(SharedViews):
    """Call it at the end of each round; at an agency's desk it does nothing."""

    def __init__(
        self, api: Api, port: SyncPort, pace: Pace, steady: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(api, port, pace, steady)
        self._calls = ShiftCalls(api)
        self._moved = threading.Event()
        self._facts: tuple[DeskFacts, float] | None = None  # as told, and when

    def news(self) -> None:
        """The stream told of a newer version. Any thread."""
        self._moved.set()

    def __call__(self) -> None:
        if not self._port.has_notes():
            return
        if self._moved.is_set():
            self._moved.clear()
            self._due = None
        super().__call__()

    def _tell(self) -> bool:
        told = self._tell_facts()
        for one in self._port.shifts_to_tell():
            try:
                stands = self._put(one)
            except Rejected as refused:
                log.warning("the centre does not take a %s: %s", type(one).__name__, refused.problem)
                if refused.status in NEVER and refused.problem != "no_such_call":
                    self._port.shift_refused(one, refused.problem)
                else:
                    self._later()
            except FAILURES as error:
                log.warning("book of shifts: %s", error.code)
                self._later()
                break
            else:
                self._port.shift_answered(stands)
                told = True
        return told

    def _put(self, one: ShiftWriting) -> ShiftWriting:
        if isinstance(one, RosterEntry):
            return self._calls.put_entry(one)
        return self._calls.put_sheet(one) if isinstance(one, Handover) else self._calls.put_read(one)

    def _tell_facts(self) -> bool:
        facts, now = self._port.shift_facts(), self._steady()
        if self._facts is not None and self._facts[0] == facts and now - self._facts[1] < FACTS_S:
            return False
        try:
            self._calls.put_desk_facts(facts)
        except Rejected as error:  # an older centre has no such call: not asked in each round
            log.info("facts of this desk: %s", error.problem)
        except FAILURES as error:
            log.info("facts of this desk: %s", error.code)
            return False
        self._facts = (facts, now)
        return False

    def _read(self) -> None:
        more = True
        while more:
            try:
                answer = self._calls.book(self._port.shifts_version())
            except (*FAILURES, Rejected) as error:  # an older centre has none
                log.warning("book of shifts: %s", error.code)
                self._later()
                return
            self._due = self._steady() + self._pace.views
            self._port.apply_shifts(answer)
            more = answer.more

    def _later(self) -> None:
        """Sooner than views: somebody waits for it."""
        self._wait_until = self._steady() + self._pace.views
