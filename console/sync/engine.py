"""The whole loop that keeps this desk and the centre equal, in one thread that knows no Qt.

    wait for a wake, a hint or the timer → one round (`round.py`) → wait

Whatever breaks a round is shown as the connection's state, and the round is tried again after a pause
with full jitter.
"""

import logging
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from console.desk.connection import Connection, Net
from console.desk.errors import DeskError
from console.desk.sync_port import SyncPort
from console.protocol.wire import StreamHanded
from console.sync.api import Api
from console.sync.circuit import Circuit, is_sick
from console.sync.errors import (
    NotTheCentre,
    Offline,
    RetryLater,
    ServerError,
    SignedOut,
    TooOld,
    WireError,
)
from console.sync.fill_apart import FillApart
from console.sync.pace import Backoff, Jitter, Pace
from console.sync.round import Round
from console.sync.suspects import Suspects
from console.sync.watch import Watch

log = logging.getLogger(__name__)

TOO_OLD_AGAIN_S = 600.0
OFFSET_STEP_S = 0.05
SICK = "sick"  # the reason shown while the circuit is open


class Engine:
    """Start it once; everything public may be called from any thread."""

    def __init__(
        self,
        api: Api,
        port: SyncPort,
        *,
        pace: Pace | None = None,
        broken: Callable[[BaseException], None],
        steady: Callable[[], float] = time.monotonic,
        jitter: Jitter = random.uniform,
        apart: FillApart | None = None,
    ) -> None:
        self._api, self._port, self._broken_by_bug = api, port, broken
        self._pace = pace or Pace()
        self._backoff = Backoff(self._pace, jitter)
        self._suspects = Suspects(self._pace, self._backoff, steady)
        self._round = Round(api, port, self._pace, self._suspects, self._at, steady, apart)
        self._circuit = Circuit()
        self.watch = Watch(api.offset.wall)
        self._bell = threading.Event()  # something to do
        self._at_once = threading.Event()  # it is not only a hint
        self._urgent = threading.Event()  # do it now, whatever the pause
        self._stopping = threading.Event()
        self._stream_up = False
        self._reached: list[Callable[[], None]] = []
        self._moved: list[Callable[[], None]] = []
        self._woken: list[Callable[[], None]] = []
        self._as_of: datetime | None = None
        self._offset_s: float | None = None
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
        self._at_once.set()
        self._bell.set()

    def hint(self, cursor: int) -> None:
        """The stream says there is something to pull; where a round is due anyway, that is no news."""
        if not self._bell.is_set() and cursor > (self._port.cursor() or 0):
            self._bell.set()

    def handed(self, told: StreamHanded) -> None:
        """The stream says that a draft was handed, taken or taken back between two desks."""
        if self._port.station() in told.stations:
            self._round.handed.news()
            self._bell.set()

    def shift_news(self) -> None:
        """The stream says that the book of the shifts has a newer version."""
        self._round.shifts.news()
        self._bell.set()

    def notice(self, code: str) -> None:
        """The stream tells everybody something: that an administrator changed reference data."""
        if code == "reference":
            self.reference_news()

    def reference_news(self) -> None:
        """There is newer reference data."""
        self._round.reference_news()
        self._bell.set()

    def stream_up(self, up: bool) -> None:
        """The stream opened or broke: either way something may have been missed."""
        self._stream_up = up
        if up:
            self._round.shifts.news()
        self._bell.set()

    def try_now(self) -> None:
        """End every pause: retry asked for, signed in again, plugged in."""
        self._urgent.set()
        self._at_once.set()
        self._bell.set()

    def on_reached(self, tell: Callable[[], None]) -> None:
        """`tell` is called (in this thread) when the centre was reached after a failure."""
        self._reached.append(tell)

    def on_net(self, tell: Callable[[], None]) -> None:
        """`tell` is called (in this thread) when the connection stands otherwise than before."""
        self._moved.append(tell)

    def on_woken(self, tell: Callable[[], None]) -> None:
        """`tell` is called (in this thread) when this machine slept, or its clock was set."""
        self._woken.append(tell)

    # the loop

    def _run(self) -> None:
        while not self._stopping.is_set():
            for event in (self._bell, self._urgent, self._at_once):
                event.clear()
            try:
                pause, patient = self.once()
            except Exception as bug:  # noqa: BLE001 - the one place where a bug of this thread is caught
                self._broken_by_bug(bug)
                pause, patient = self._backoff.failed(), True
            self._rest(self._urgent if patient else self._bell, pause)

    def _rest(self, event: threading.Event, pause: float | None) -> None:
        """Sit out the pause in short steps, until `event`; hints that come close together make one."""
        end = None if pause is None else time.monotonic() + pause
        gathered = time.monotonic() + self._pace.gather
        while not event.is_set():
            if self.watch.jumped():
                self._wake_up()
                return
            left = self._pace.tick if end is None else min(self._pace.tick, end - time.monotonic())
            if left <= 0.0:
                return
            event.wait(left)
        self._at_once.wait(max(0.0, gathered - time.monotonic()))

    def _wake_up(self) -> None:
        """Every line is dead, every pause is over, and nothing that was heard still holds."""
        log.info("this machine slept, or its clock was set")
        for tell in self._woken:
            tell()

    def once(self) -> tuple[float | None, bool]:
        """One round; seconds to pause and whether only `try_now` may shorten the pause."""
        try:
            if self._circuit.is_open:
                self._ask_health()
            self._as_of = self._round()
        except SignedOut:
            self._show(Net.SIGNED_OUT)
            return None, True
        except TooOld:
            self._show(Net.TOO_OLD)
            return TOO_OLD_AGAIN_S, False
        except WireError as error:
            return self._failed(error), True
        except DeskError as error:  # a full disk, a damaged file: the screens say so where it matters
            log.error("store: %s", error)
            return self._offline(error.code, self._backoff.failed()), True
        self._calm()
        return self._until_next(), False

    def _ask_health(self) -> None:
        """The circuit is open: one small question, before anything else is asked of a sick centre."""
        if self._api.health().status != "ok":
            raise ServerError(503, "unwell")

    def _failed(self, error: WireError) -> float:
        """Seconds to pause."""
        self._circuit.failed(error)
        reason = error.reason if isinstance(error, Offline | NotTheCentre) else error.code
        if self._circuit.is_open and is_sick(error):
            reason = SICK
        if isinstance(error, RetryLater):
            return self._offline(reason, self._backoff.asked(error.seconds))
        return self._offline(reason, self._backoff.failed())

    # what it shows

    def _calm(self) -> None:
        """A whole round went well."""
        if self._backoff.failures:
            for tell in self._reached:
                tell()
        self._backoff.calm()
        self._circuit.worked()
        self._show(Net.ONLINE)

    def _offline(self, reason: str, pause: float) -> float:
        self._show(Net.OFFLINE, reason=reason, pause=pause)
        return pause

    def _until_next(self) -> float:
        """Seconds until the timer, the next held command or the next suspect."""
        waits = [self._pace.poll_with_stream if self._stream_up else self._pace.poll]
        if (hold := self._port.next_hold()) is not None:
            waits.append((hold - self._port.now()).total_seconds() + 0.01)
        if (suspect := self._suspects.next_due_s()) is not None:
            waits.append(suspect)
        return max(0.0, min(waits))

    def _settled_offset(self) -> float | None:
        """The offset, moved only when it moved: every answer measures a few milliseconds otherwise. None: no
        answer yet; 0.0: this clock is right, whatever was kept of an earlier one."""
        measured, known = self._api.offset.seconds, self._offset_s
        if measured is not None and (known is None or abs(measured - known) > OFFSET_STEP_S):
            self._offset_s = measured
        return self._offset_s

    def _at(self, net: Net, done: int, total: int) -> None:
        """What the round is at; offline stays offline until something got through."""
        if net is Net.SENDING and self._shown.net is Net.OFFLINE and not self._round.went:
            return
        self._show(net, done=done, total=total)

    def _show(
        self, net: Net, *, reason: str = "", pause: float | None = None, done: int = 0, total: int = 0
    ) -> None:
        """Publish the connection's state; `since` stays while `net` stays, in the clock put right."""
        before, offset = self._shown, self._settled_offset()
        moved = self._port.follow_clock(offset)
        now = self._port.now()
        self._shown = Connection(
            net=net,
            since=before.since + moved if before.net == net else now,
            data_as_of=self._as_of,
            retry_at=None if pause is None else now + timedelta(seconds=pause),
            done=done,
            total=total,
            clock_offset_s=offset or 0.0,
            plugged=self._api.plug.plugged,
            reason=reason,
        )
        self._port.set_connection(self._shown)
        if before.net is not net:
            for tell in self._moved:
                tell()
