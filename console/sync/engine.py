"""The whole loop that keeps this desk and the centre equal, in one thread that knows no Qt.

    wait for a wake, a hint or the timer
    → send what waits, in order, batch by batch, until nothing may go
    → reference data, then the first fill where it is not complete
    → pull changes to the end

Whatever breaks ends the round, is shown as the connection's state, and the round is tried again after
a pause with full jitter. Everything that a round did is on disk; a round may end anywhere.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.desk.connection import Connection, Net
from console.desk.errors import DeskError
from console.desk.sync_port import SyncPort
from console.domain.command import Command
from console.domain.refusal import Code, Refusal
from console.protocol.wire import BATCH, CaseRecord, Verdict
from console.reference import ReferenceUnreadable
from console.sync.api import Api
from console.sync.errors import (
    BadAnswer,
    Offline,
    Rejected,
    RetryLater,
    ServerError,
    SignedOut,
    TooOld,
    WireError,
)
from console.sync.pace import Backoff, Pace
from console.sync.suspects import Suspects

log = logging.getLogger(__name__)

PULL = 200  # cases per answer: one short transaction each
FILL_SLICE = 50  # cases per transaction of the first fill
TOO_OLD_AGAIN_S = 600.0
OFFSET_STEP_S = 0.05
OURS = (ServerError, BadAnswer, Rejected)  # failures that a single command may be guilty of


class Engine:
    """Start it once; everything public may be called from any thread."""

    def __init__(
        self, api: Api, port: SyncPort, *, pace: Pace | None = None, broken: Callable[[BaseException], None]
    ) -> None:
        self._api, self._port, self._broken_by_bug = api, port, broken
        self._pace = pace or Pace()
        self._backoff = Backoff(self._pace)
        self._suspects = Suspects(self._pace, self._backoff)
        self._bell = threading.Event()  # something to do
        self._urgent = threading.Event()  # do it now, whatever the pause
        self._stopping = threading.Event()
        self._stream_up = False
        self._reached: list[Callable[[], None]] = []
        self._reference_read: datetime | None = None
        self._as_of: datetime | None = None
        self._offset_s = 0.0
        self._went = False  # something was delivered in this round
        self._failure: WireError | None = None  # the centre's last one on a single command
        self._shown = Connection(net=Net.STARTING, since=port.now())
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    # what others say to it

    def start(self) -> None:
        """Begin; the first round at once."""
        self._port.on_wake(self.wake)
        self._thread.start()

    def stop(self) -> None:
        """End after the request on its way; the plug must be closed before, to wake a read."""
        self._stopping.set()
        self.try_now()
        self._thread.join()
        self._api.close()

    def wake(self) -> None:
        """There is something to send."""
        self._bell.set()

    def hint(self, cursor: int) -> None:
        """The stream says there is something to pull."""
        if cursor > (self._port.cursor() or 0):
            self._bell.set()

    def stream_up(self, up: bool) -> None:
        """The stream opened or broke: either way something may have been missed."""
        self._stream_up = up
        self._bell.set()

    def try_now(self) -> None:
        """End every pause: retry asked for, signed in again, plugged in."""
        self._urgent.set()
        self._bell.set()

    def on_reached(self, tell: Callable[[], None]) -> None:
        """`tell` is called (in this thread) when the centre was reached after a failure."""
        self._reached.append(tell)

    # the loop

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            self._urgent.clear()
            try:
                pause, patient = self._try_round()
            except Exception as bug:  # noqa: BLE001 - the one place where a bug of this thread is caught
                self._broken_by_bug(bug)
                pause, patient = self._backoff.failed(), True
            (self._urgent if patient else self._bell).wait(pause)

    def _try_round(self) -> tuple[float | None, bool]:
        """One round; seconds to pause and whether only `try_now` may shorten the pause."""
        try:
            self._round()
        except SignedOut:
            self._show(Net.SIGNED_OUT)
            return None, True
        except TooOld:
            self._show(Net.TOO_OLD)
            return TOO_OLD_AGAIN_S, False
        except RetryLater as error:
            return self._offline(error.code, self._backoff.asked(error.seconds)), True
        except WireError as error:
            reason = error.reason if isinstance(error, Offline) else error.code
            return self._offline(reason, self._backoff.failed()), True
        except DeskError as error:  # a full disk, a damaged file: the screens say so where it matters
            log.error("store: %s", error)
            return self._offline(error.code, self._backoff.failed()), True
        self._calm()
        return self._until_next(), False

    def _round(self) -> None:
        self._went = False
        self._send()
        self._read_reference()
        self._fill()
        self._pull()
        if self._suspects.nothing_goes and self._failure is not None:
            raise self._failure

    # outward

    def _send(self) -> None:
        """Deliver until nothing is left that may go."""
        while batch := self._next_batch():
            if self._shown.net is not Net.OFFLINE or self._went:
                self._show(Net.SENDING)
            self._suspects.batch_begins()
            self._deliver(batch)

    def _next_batch(self) -> list[Command]:
        """One command of each case at most: the next waits for the verdict on the one before it."""
        firsts: dict[str, Command] = {}
        for command in self._suspects.may_go(self._port.next_batch(BATCH)):
            firsts.setdefault(command.case, command)
        return list(firsts.values())

    def _deliver(self, batch: list[Command]) -> None:
        """Verdicts for all of them, or, where the centre fails on the batch, for all but the guilty."""
        try:
            answer = self._api.commands(batch)
        except OURS as error:
            self._split(batch, error)
            return
        self._port.apply_verdicts(list(answer.verdicts), answer.server_time)
        self._suspects.delivered(batch)
        self._went = True

    def _split(self, batch: list[Command], error: WireError) -> None:
        if len(batch) == 1:
            self._suspect(batch[0], error)
            return
        middle = len(batch) // 2
        self._deliver(batch[:middle])
        self._deliver(batch[middle:])

    def _suspect(self, command: Command, error: WireError) -> None:
        """The centre fails on this one. Where the centre itself is not well, that proves nothing."""
        if self._api.health().status != "ok":
            raise error
        self._failure = error
        log.warning("centre fails on command %s (%s): %s", command.id, command.kind, error.code)
        if self._suspects.failed(command):
            self._set_aside(command)
        elif self._suspects.nothing_goes:
            raise error

    def _set_aside(self, command: Command) -> None:
        verdict = Verdict(id=command.id, accepted=False, refusal=Refusal(code=Code.FAILED))
        self._port.apply_verdicts([verdict], None)
        self._suspects.given_up(command)

    # inward

    def _read_reference(self) -> None:
        now = datetime.now(UTC)
        if self._reference_read and now - self._reference_read < timedelta(seconds=self._pace.reference):
            return
        answer = self._api.reference(self._port.reference_version())
        self._reference_read = now
        if answer.items:
            try:
                self._port.apply_reference(answer)
            except ReferenceUnreadable as error:  # a newer centre's: what is here stays in use
                log.error("reference data %s not understood: %s", answer.version, error)

    def _fill(self) -> None:
        """The first fill, newest first, from where it broke; the desk is usable and sends meanwhile."""
        state = self._port.snapshot_state()
        if state.finished:
            return
        self._show(Net.FILLING, done=state.done, total=state.total)
        with self._api.snapshot(state.next) as lines:
            cursor, total, records, next_token = None, state.total, list[CaseRecord](), state.next
            done = state.done
            for line in lines:
                if line.cursor is not None:
                    cursor, total = line.cursor, line.total or total
                if line.record is not None:
                    records.append(line.record)
                    next_token = line.next
                if records and (line.end or len(records) >= FILL_SLICE):
                    self._port.apply_snapshot(records, next_token, cursor, total)
                    done += len(records)
                    records = []
                    self._show(Net.FILLING, done=done, total=total)
                    self._send()
        self._port.finish_snapshot()

    def _pull(self) -> None:
        while True:
            answer = self._api.changes(self._port.cursor() or 0, PULL)
            self._port.apply_changes(answer)
            if not answer.more:
                self._as_of = answer.server_time
                return

    # what it shows

    def _calm(self) -> None:
        """A whole round went well."""
        if self._backoff.failures:
            for tell in self._reached:
                tell()
        self._backoff.calm()
        self._show(Net.ONLINE)

    def _offline(self, reason: str, pause: float) -> float:
        self._show(Net.OFFLINE, reason=reason, retry_at=self._port.now() + timedelta(seconds=pause))
        return pause

    def _until_next(self) -> float:
        """Seconds until the timer, the next held command or the next suspect."""
        waits = [self._pace.poll_with_stream if self._stream_up else self._pace.poll]
        if (hold := self._port.next_hold()) is not None:
            waits.append((hold - self._port.now()).total_seconds() + 0.01)
        if (suspect := self._suspects.next_due_s()) is not None:
            waits.append(suspect)
        return max(0.0, min(waits))

    def _settled_offset(self) -> float:
        """The offset, moved only when it moved: every answer measures a few milliseconds otherwise."""
        measured = self._api.offset.seconds
        if measured is not None and abs(measured - self._offset_s) > OFFSET_STEP_S:
            self._offset_s = measured
        return self._offset_s

    def _show(
        self, net: Net, *, reason: str = "", retry_at: datetime | None = None, done: int = 0, total: int = 0
    ) -> None:
        """Publish the connection's state; `since` stays while `net` stays."""
        before = self._shown
        self._shown = Connection(
            net=net,
            since=before.since if before.net == net else self._port.now(),
            data_as_of=self._as_of,
            retry_at=retry_at,
            done=done,
            total=total,
            clock_offset_s=self._settled_offset(),
            plugged=self._api.plug.plugged,
            reason=reason,
        )
        self._port.set_connection(self._shown)
