"""Reports of a period from the centre, for somebody who waits: on a line of its own, one at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlencode

from console.desk.errors import NotHere, ReportNotYours, ReportOffline, ReportRuns
from console.domain.figures.period import Period
from console.protocol.reports import RUNS, LockRequest, ReportAnswer, ReportsAnswer
from console.sync.api import Api
from console.sync.errors import NotTheCentre, Offline, Rejected, ServerError

T = TypeVar("T")


class CentreReports:
    """Blocks; for any thread. A `desk.reports.period_reports.ReportsCentre`."""

    def __init__(self, api: Api) -> None:
        self._api, self._turn = api, threading.Lock()

    def figures(self, period: Period) -> ReportAnswer:
        """Raises ReportOffline, SignedOut, RetryLater, TooOld, BadAnswer."""
        days = urlencode({"first": period.first.isoformat(), "last": period.last.isoformat()})
        return self._call("GET", f"/reports/figures?{days}", ReportAnswer)

    def kept(self) -> ReportsAnswer:
        """The same."""
        return self._call("GET", "/reports", ReportsAnswer)

    def one(self, report_id: str) -> ReportAnswer:
        """The same, and raises NotHere."""
        return self._call("GET", f"/reports/{report_id}", ReportAnswer)

    def lock(self, asked: LockRequest) -> ReportAnswer:
        """The same, and raises ReportRuns, ReportNotYours."""
        return self._call("POST", "/reports/locks", ReportAnswer, asked)

    def _call(self, method: str, path: str, kind: type[T], asked: LockRequest | None = None) -> T:
        with self._turn, _known():
            return self._api.ask(method, path, kind, asked)


@contextmanager
def _known() -> Iterator[None]:
    try:
        yield
    except (Offline, NotTheCentre, ServerError) as error:
        raise ReportOffline(type(error).__name__) from None
    except Rejected as error:
        if error.status == 409:
            raise (ReportRuns if error.problem == RUNS else ReportNotYours)(error.problem) from None
        if error.status == 404:  # also of a centre that is older than reports
            raise NotHere(error.problem) from None
        raise
