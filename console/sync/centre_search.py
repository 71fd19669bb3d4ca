"""Searching at the centre, for somebody who waits: on a line of its own, one question at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from console.desk.errors import NotHere, SearchOffline
from console.domain.roster import RosterEntry
from console.protocol.wire import CaseRecord, SearchAnswer
from console.sync.api import Api
from console.sync.errors import NotTheCentre, Offline, Rejected, ServerError
from console.sync.shift_calls import ShiftCalls

LONGEST = 200  # characters that the centre reads


class CentreSearch:
    """Blocks; for any thread. A `desk.searching_centre.Centre`."""

    def __init__(self, api: Api) -> None:
        self._api, self._turn = api, threading.Lock()

    def search(self, text: str) -> SearchAnswer:
        """Raises SearchOffline, SignedOut, RetryLater, TooOld, BadAnswer."""
        with self._turn, _away():
            return self._api.search(text.strip()[:LONGEST])

    def case(self, case_id: str) -> CaseRecord:
        """The same, and raises NotHere."""
        try:
            with self._turn, _away():
                return self._api.case(case_id)
        except Rejected as error:
            if error.status != 404:
                raise
            raise NotHere(case_id) from None

    def roster_past(self, first: date, last: date) -> tuple[RosterEntry, ...]:
        """Each writing of the roster of these days. Raises as `search` does."""
        with self._turn, _away():
            return ShiftCalls(self._api).roster_past(first, last).entries


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except (Offline, NotTheCentre, ServerError) as error:
        raise SearchOffline(type(error).__name__) from None
