"""Moving attached files between this desk and the centre, in a thread of its own, a piece at a time.

    wait for a bell, an end of rest, or the end of a pause
    → the most urgent piece: of what somebody waits for, then outward, then inward
    → before each piece, let waiting commands go first

What was moved is on disk after each piece: a round may end anywhere, also with the program. A break is
followed by a pause with full jitter, like the engine's.
"""

import logging
import threading
import time
from collections.abc import Callable

from console.desk.errors import AttachmentQuota, DeskError
from console.desk.files_port import DAMAGED, FilesPort
from console.media.kind import is_picture
from console.models.files import LOOK, NOW, PIECE, FileRow
from console.sync.errors import BadAnswer, Rejected, RetryLater, SignedOut, TooOld, WireError
from console.sync.files_api import FilesApi
from console.sync.pace import Backoff, Pace

log = logging.getLogger(__name__)

SMALLEST, LARGEST = 32 * 1024, 1024 * 1024
"""Bytes of a piece; between them, what goes through in about a second."""
QUICK_S, SLOW_S = 0.4, 1.6
TEXT_S = 1.0  # how long a piece waits for commands that wait
LATER_S = 600.0
UNFIT = ("attachment_type", "attachment_unreadable", "attachment_too_big", "other_size", "wrong_digest")
"""The centre will never take it."""
TRIES = 3  # of a file that comes damaged


class FileMover:
    """Start it once; everything public may be called from any thread."""

    def __init__(
        self,
        api: FilesApi,
        port: FilesPort,
        *,
        pace: Pace | None = None,
        broken: Callable[[BaseException], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api, self._port, self._broken_by_bug, self._monotonic = api, port, broken, monotonic
        self._pace = pace or Pace()
        self._backoff = Backoff(self._pace)
        self._bell = threading.Event()
        self._urgent = threading.Event()
        self._stopping = threading.Event()
        self._length = PIECE
        self._asked: set[str] = set()  # of these it is known how much the centre has
        self._rests: dict[str, float] = {}  # not before this moment
        self._early: dict[str, int] = {}  # how often a file was not there yet
        self._damaged: dict[str, int] = {}
        self._thread = threading.Thread(target=self._run, name="attachments", daemon=True)

    def start(self) -> None:
        """Begin; the first round at once."""
        self._port.on_bell(self.wake)
        self._thread.start()

    def stop(self) -> None:
        """End after the piece on its way; the plug must be closed before, to wake a read."""
        self._stopping.set()
        self._port.hurry()
        self.try_now()
        self._thread.join()

    def wake(self, sha256: str = "") -> None:
        """There is something to do; a file that somebody waits for rests no longer."""
        self._rests.pop(sha256, None)
        self._early.pop(sha256, None)
        self._bell.set()

    def try_now(self) -> None:
        """End every pause and rest: the centre was reached again, somebody signed in, plugged in."""
        self._rests.clear()
        self._early.clear()
        self._urgent.set()
        self._bell.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            self._urgent.clear()
            try:
                pause, patient = self._try_round()
            except Exception as bug:  # noqa: BLE001 - the one place where a bug of this thread is caught
                self._broken_by_bug(bug)
                pause, patient = self._backoff.failed(), True
            if not self._stopping.is_set():
                (self._urgent if patient else self._bell).wait(pause)

    def _try_round(self) -> tuple[float | None, bool]:
        """Piece after piece; seconds to pause, and whether only `try_now` may shorten the pause."""
        try:
            self._port.settle()
            while not self._stopping.is_set() and self._step():
                self._backoff.calm()
        except SignedOut:
            return None, True
        except TooOld:
            return LATER_S, True
        except RetryLater as error:
            return self._backoff.asked(error.seconds), True
        except (WireError, DeskError) as error:
            if not self._stopping.is_set():
                log.info("files wait: %s", error.code)
            self._asked.clear()
            return self._backoff.failed(), True
        return self._until_next(), False

    def _until_next(self) -> float | None:
        rests = list(self._rests.values())
        return max(0.0, min(rests) - self._monotonic()) if rests else None

    def _step(self) -> bool:
        """One piece; False where there is nothing to do now."""
        self._port.wait_for_texts(TEXT_S)
        resting = self._resting()
        inward = self._port.next_to_fetch(resting)
        if inward is None or inward.wanted != NOW:
            outward = self._port.next_to_send(resting)
            if outward is not None:
                self._outward(outward)
                return True
        if inward is not None:
            self._inward(inward)
        return inward is not None

    def _resting(self) -> tuple[str, ...]:
        now = self._monotonic()
        for sha256, until in tuple(self._rests.items()):
            if until <= now:
                self._rests.pop(sha256, None)
        return tuple(self._rests)

    def _rest(self, sha256: str, seconds: float) -> None:
        self._rests[sha256] = self._monotonic() + seconds

    # outward

    def _outward(self, row: FileRow) -> None:
        try:
            self._send_piece(row)
        except Rejected as error:
            self._asked.discard(row.sha256)
            if error.problem == "wrong_offset":  # another desk sends the same: ask again, a little later
                raise
            log.warning("centre does not take a file: %s", error.problem)
            if error.problem in UNFIT:
                self._port.trouble(row.sha256, error.problem)
            else:
                self._rest(row.sha256, LATER_S)

    def _send_piece(self, row: FileRow) -> None:
        start, began = row.sent, self._monotonic()
        if row.sha256 not in self._asked:
            start, whole = self._api.arrived(row.sha256)
            self._asked.add(row.sha256)
            if whole:
                self._port.sent(row.sha256, row.total, True)
                return
            if start >= row.total:
                raise BadAnswer("offset")
        body = self._port.piece(row.sha256, start, self._length)
        if not body:
            return  # taken out meanwhile
        arrived = self._api.put(row.sha256, start, row.total, body)
        self._adapt(self._monotonic() - began)
        self._port.sent(row.sha256, arrived.offset, arrived.whole)

    def _adapt(self, seconds: float) -> None:
        """Pieces of about a second: on a thin line a command waits no longer than for one of them."""
        if seconds < QUICK_S:
            self._length = min(LARGEST, self._length * 2)
        elif seconds > SLOW_S:
            self._length = max(SMALLEST, self._length // 2)

    # inward

    def _inward(self, row: FileRow) -> None:
        try:
            if row.wanted == LOOK:
                self._look(row)
            else:
                self._fetch_piece(row)
        except AttachmentQuota as error:
            self._port.trouble(row.sha256, error.code)
        except Rejected as error:
            self._not_given(row, error.problem)

    def _not_given(self, row: FileRow, code: str) -> None:
        if code == "not_yet" or (code == "no_such_file" and self._port.may_come(row.sha256)):
            self._not_yet(row.sha256)
        elif code == "no_such_file":
            self._port.trouble(row.sha256, code)
        elif code == "no_thumbnail":
            self._port.looked_at(row.sha256, None)
        elif code == "bad_range":
            self._port.start_again(row.sha256)
        else:
            log.warning("centre does not give a file: %s", code)
            self._rest(row.sha256, LATER_S)

    def _look(self, row: FileRow) -> None:
        if is_picture(row.media_type):
            self._port.looked_at(row.sha256, self._api.thumbnail(row.sha256))
        elif self._api.arrived(row.sha256).whole:
            self._port.looked_at(row.sha256, None)
        else:
            self._not_yet(row.sha256)

    def _not_yet(self, sha256: str) -> None:
        """Ask again soon, then less and less often: its desk may be without a line for hours."""
        times = self._early.get(sha256, 0)
        self._early[sha256] = times + 1
        self._rest(sha256, min(LATER_S, self._pace.poll * 2.0 ** min(times, 20)))

    def _fetch_piece(self, row: FileRow) -> None:
        if not row.complete:
            row = self._fetched(row)
        if row.complete and not self._port.check(row.sha256):
            self._came_damaged(row.sha256)

    def _fetched(self, row: FileRow) -> FileRow:
        """The row after what came, which is kept also where the line breaks in the middle."""
        began = self._monotonic()
        with self._api.part(row.sha256, row.got, self._length) as part:
            expected = self._port.expect(row.sha256, part.total, part.digest)
            if expected is None or expected.got != row.got:
                return row._replace(got=0, total=part.total)  # other bytes than those begun with
            row, waiting = expected, b""
            try:
                for block in part.blocks:
                    waiting += block
                    if len(waiting) >= PIECE:
                        row, waiting = self._port.arrived(row.sha256, row.got, waiting) or row, b""
            finally:
                row = self._port.arrived(row.sha256, row.got, waiting) or row
        self._adapt(self._monotonic() - began)
        return row

    def _came_damaged(self, sha256: str) -> None:
        tried = self._damaged.get(sha256, 0) + 1
        self._damaged[sha256] = tried
        if tried >= TRIES:
            del self._damaged[sha256]
            self._port.trouble(sha256, DAMAGED)
        raise BadAnswer("digest")
