"""Shared views of the queue: own ones told, colleagues' read, behind everything that belongs to cases.

Whatever the centre fails on here is tried again later and ends no round: no command waits for a view.
"""

import logging
import time
from collections.abc import Callable

from console.desk.sync_port import SyncPort
from console.sync.api import Api
from console.sync.errors import BadAnswer, Rejected, RetryLater, ServerError
from console.sync.pace import Pace

log = logging.getLogger(__name__)


class SharedViews:
    """Call it at the end of each round."""

    def __init__(
        self, api: Api, port: SyncPort, pace: Pace, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._api, self._port, self._pace, self._steady = api, port, pace, steady
        self._due: float | None = None  # when to read, on the steady clock; None: not read yet
        self._wait_until: float | None = None  # the centre failed: not before

    def __call__(self) -> None:
        """Tell what is new here; read what is new there, where it is time. Raises WireError where the line
        broke."""
        now = self._steady()
        if self._wait_until is not None and now < self._wait_until:
            return
        self._wait_until = None
        told = self._tell()
        if told or self._due is None or now >= self._due:
            self._read()

    def begin_again(self) -> None:
        """The centre was restored from a backup: all is read anew."""
        self._due = self._wait_until = None

    def _tell(self) -> bool:
        told = False
        for view in self._port.views_to_tell():
            try:
                stands = self._api.put_view(view)
            except Rejected as refused:  # of this one; the others go on
                log.warning("shared view %s refused: %s", view.id, refused.problem)
                self._later()
            except (ServerError, BadAnswer, RetryLater) as error:
                log.warning("shared views: %s", error.code)
                self._later()
                break
            else:
                self._port.apply_views([stands])
                told = True
        return told

    def _read(self) -> None:
        try:
            answer = self._api.views(self._port.views_version())
        except (ServerError, BadAnswer, RetryLater, Rejected) as error:  # an older centre has none
            log.warning("shared views: %s", error.code)
            self._later()
            return
        self._due = self._steady() + self._pace.views
        if answer.views:
            self._port.apply_views(answer.views, answer.version)

    def _later(self) -> None:
        self._wait_until = self._steady() + self._pace.reference
