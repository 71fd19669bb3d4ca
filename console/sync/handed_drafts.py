"""Drafts handed from desk to desk: told, taken, and read behind the commands.

Whatever the centre fails on here is tried again later and ends no round.
"""

import logging
import threading
import time
from collections.abc import Callable

from console.desk.sync_port import SyncPort
from console.protocol.wire import HandedDraft
from console.sync.api import Api
from console.sync.errors import BadAnswer, Rejected, RetryLater, ServerError
from console.sync.pace import Pace
from console.sync.shared_views import SharedViews

log = logging.getLogger(__name__)

NEVER = ("bad_request", "no_such_call", "no_such_desk", "number_elsewhere", "too_large")
"""Refusals after which the centre has nothing of an offer, and never will."""
TURNS = 3  # what is read may have to be taken, and what was taken is read again


class HandedDrafts(SharedViews):
    """Call it at the end of each round; at an agency's desk it does nothing."""

    def __init__(
        self, api: Api, port: SyncPort, pace: Pace, steady: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(api, port, pace, steady)
        self._moved = threading.Event()

    def news(self) -> None:
        """The stream told that one of this desk's moved. Any thread."""
        self._moved.set()

    def __call__(self) -> None:
        if not self._port.has_notes():
            return
        if self._moved.is_set() or self._port.desks_wanted():
            self._moved.clear()
            self._due = None
        for _ in range(TURNS):
            super().__call__()
            if self._wait_until is not None or not self._port.hands_to_tell():
                break
        self._port.send_handed_files()

    def _tell(self) -> bool:
        told = False
        for hand in self._port.hands_to_tell():
            try:
                stands = self._api.put_handed_draft(hand)
            except Rejected as refused:
                self._refused(hand, refused)
            except (ServerError, BadAnswer, RetryLater) as error:
                log.warning("handed drafts: %s", error.code)
                self._later()
                break
            else:
                self._port.apply_hands([stands])
                told = True
        return told

    def _refused(self, hand: HandedDraft, refused: Rejected) -> None:
        log.warning("handed draft %s (%s) refused: %s", hand.id, hand.state, refused.problem)
        if hand.state != "taken" and refused.problem in NEVER:
            self._port.hand_refused(hand.id)
        else:
            self._later()

    def _read(self) -> None:
        try:
            answer = self._api.handed_drafts(self._port.hands_version())
        except (ServerError, BadAnswer, RetryLater, Rejected) as error:  # an older centre has none
            log.warning("handed drafts: %s", error.code)
            self._later()
            return
        self._due = self._steady() + self._pace.views
        self._port.read_hands(answer)

    def _later(self) -> None:
        """Sooner than views: somebody waits for it."""
        self._wait_until = self._steady() + self._pace.views
