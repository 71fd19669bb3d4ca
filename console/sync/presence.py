"""Telling the centre which case is open here, in a thread of its own: it delays no command.

It speaks when something else is open, and every so often while anything is, or somebody else is known to have
something open; then the centre answers with the whole board. While the centre is not reached it is silent.
"""

import logging
import threading
from collections.abc import Callable

from console.desk.connection import Net
from console.desk.presence import Looking
from console.desk.steady import steady
from console.desk.sync_port import SyncPort
from console.sync.api import Api
from console.sync.errors import RetryLater, WireError

log = logging.getLogger(__name__)

AGAIN_S = 12.0  # half of the time that the centre believes a desk, and a little for the way
LEAST_S = 0.4  # a cursor that runs down the list is not told row by row
REACHED = (Net.ONLINE, Net.SENDING, Net.FILLING)


class PresenceTeller:
    """`start` and `stop` once; everything else from any thread."""

    def __init__(
        self,
        api: Api,
        port: SyncPort,
        *,
        broken: Callable[[BaseException], None],
        steady: Callable[[], float] = steady,
        again_s: float = AGAIN_S,
    ) -> None:
        self._api, self._port, self._broken_by_bug = api, port, broken
        self._steady, self._again_s = steady, again_s
        self._colleagues = port.colleagues
        self._told: Looking | None = None  # None: the centre may believe anything of this desk
        self._told_at = float("-inf")
        self._not_before = float("-inf")
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        """Begin to tell."""
        self._colleagues.on_moved(self._bell.set)
        self._thread.start()

    def stop(self) -> None:
        """End; the plug must be closed before, to wake a read."""
        self._stopping.set()
        self._bell.set()
        self._thread.join()
        self._api.close()

    def ring(self) -> None:
        """The connection stands otherwise."""
        self._bell.set()

    def news(self) -> None:
        """The centre was reached again, or the stream opened: others may have come and gone meanwhile."""
        self._told = None
        self._bell.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                pause = self.once()
            except Exception as bug:  # noqa: BLE001 - the one place where a bug of this thread is caught
                self._broken_by_bug(bug)
                pause = self._again_s
            if not self._stopping.is_set():
                self._bell.wait(pause)

    def once(self) -> float | None:
        """Tell what there is to tell; seconds until there may be more, None: nothing without a ring."""
        self._colleagues.sweep()
        ends = self._colleagues.next_end_s()
        if self._port.connection.net not in REACHED:
            self._told = None
            return ends
        due = self._due_s()
        if due is not None and due <= 0.0:
            self._tell(self._colleagues.looking)
            due = self._due_s()
        return min((seconds for seconds in (due, ends) if seconds is not None), default=None)

    def _due_s(self) -> float | None:
        """Seconds until the centre is to be told; None: there is nothing to tell."""
        looking = self._colleagues.looking
        if self._told is None or looking != self._told:
            wait = LEAST_S if looking.case is not None else 0.0
        elif looking.case is not None or self._colleagues.any:
            wait = self._again_s
        else:
            return None
        return max(self._told_at + wait, self._not_before) - self._steady()

    def _tell(self, looking: Looking) -> None:
        asked_at = self._told_at = self._steady()
        self._told = looking
        try:
            board = self._api.presence(looking.case, looking.typing)
        except WireError as error:
            log.info("presence not told: %s", error.code)
            self._told = None
            asked = error.seconds if isinstance(error, RetryLater) else None
            self._not_before = asked_at + (asked or self._again_s)
            return
        self._colleagues.board(board, asked_at)
