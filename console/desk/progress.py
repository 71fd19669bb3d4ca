"""How far long work has come: one value for all of it, and the one list of what runs.

Any thread may begin a piece of work and say how far it is; whoever listens is called on the loop's thread, a
few times a second at most, with all that runs. Nobody who works waits for a listener.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

TELL_S = 0.2  # how often listeners hear of one piece of work
GUESS_AFTER_S = 2.0  # until then nobody says how long it will take
GUESS_AFTER_SHARE = 0.01  # nor before so much of it is done
WEIGHT = 0.25  # of the newest speed in the smoothed one


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work. `what` and `unit` are stable words (`fill`, `archive`, `rebuild`; `cases`,
    `bytes`), which the screens put into sentences. `total` 0: not known; `left_seconds` None: not yet."""

    id: int
    what: str
    done: int
    total: int
    unit: str
    left_seconds: float | None
    can_cancel: bool


Told = Callable[[tuple[Progress, ...]], None]


class Estimate:
    """How long still, out of a smoothed speed; None until there is something to judge by."""

    def __init__(self, now: float, done: int = 0) -> None:
        self._began = self._at = now
        self._first = self._done = done
        self._speed: float | None = None

    def left(self, done: int, total: int, now: float) -> float | None:
        """Seconds still, at `now` on a steady clock."""
        if now - self._at >= TELL_S and done > self._done:
            speed = (done - self._done) / (now - self._at)
            self._speed = speed if self._speed is None else WEIGHT * speed + (1 - WEIGHT) * self._speed
            self._at, self._done = now, done
        enough = done - self._first >= total * GUESS_AFTER_SHARE and now - self._began >= GUESS_AFTER_S
        if not self._speed or not total or not enough:
            return None
        return max(0.0, (total - done) / self._speed)


class Work:
    """One piece that runs. `cancelled` is asked between two slices by whoever works."""

    def __init__(self, works: "Works", progress: Progress, cancel: Callable[[], None] | None) -> None:
        self._works, self._cancel = works, cancel
        self._stop = threading.Event()
        self._estimate = Estimate(works.steady(), progress.done)
        self.progress = progress

    @property
    def cancelled(self) -> bool:
        """Whether somebody wants no more of it."""
        return self._stop.is_set()

    def tell(self, done: int, total: int | None = None) -> None:
        """It has come so far."""
        now, total = self._works.steady(), self.progress.total if total is None else total
        left = self._estimate.left(done, total, now)
        self.progress = msgspec.structs.replace(self.progress, done=done, total=total, left_seconds=left)
        self._works.changed(soon=False)

    def stop(self) -> None:
        """Somebody wants no more of it."""
        self._stop.set()
        if self._cancel is not None:
            self._cancel()


class Works:
    """What runs now, oldest first. Every method from any thread but `subscribe`, which is the loop's."""

    def __init__(self, loop: asyncio.AbstractEventLoop, steady: Callable[[], float] = time.monotonic) -> None:
        self._loop, self.steady = loop, steady
        self._door = threading.Lock()
        self._works: dict[int, Work] = {}
        self._next, self._told_at = 1, float("-inf")
        self._listeners: list[Told] = []

    @property
    def running(self) -> tuple[Progress, ...]:
        """As it stands."""
        with self._door:
            return tuple(work.progress for work in self._works.values())

    @contextmanager
    def begin(
        self,
        what: str,
        total: int = 0,
        unit: str = "cases",
        *,
        done: int = 0,
        can_cancel: bool = True,
        cancel: Callable[[], None] | None = None,
    ) -> Iterator[Work]:
        """It runs inside; `cancel` is called (on the loop's thread) when somebody wants no more."""
        work = self.open(what, total, unit, done=done, can_cancel=can_cancel, cancel=cancel)
        try:
            yield work
        finally:
            self.end(work)

    def open(
        self,
        what: str,
        total: int = 0,
        unit: str = "cases",
        *,
        done: int = 0,
        can_cancel: bool = True,
        cancel: Callable[[], None] | None = None,
    ) -> Work:
        """The same where beginning and `end` lie apart."""
        with self._door:
            number, self._next = self._next, self._next + 1
        first = Progress(
            id=number, what=what, done=done, total=total, unit=unit, left_seconds=None, can_cancel=can_cancel
        )
        work = Work(self, first, cancel)
        with self._door:
            self._works[number] = work
        self.changed(soon=True)
        return work

    def end(self, work: Work) -> None:
        """It is over, however it ended. Safe to call twice."""
        with self._door:
            gone = self._works.pop(work.progress.id, None)
        if gone is not None:
            self.changed(soon=True)

    def stop(self, number: int) -> None:
        """Ask the work of this id to stop; one that has ended, or cannot, hears nothing."""
        with self._door:
            work = self._works.get(number)
        if work is not None and work.progress.can_cancel:
            work.stop()

    def subscribe(self, listener: Told) -> Callable[[], None]:
        """Call `listener` with all that runs whenever it changed; the answer ends it."""
        self._listeners.append(listener)

        def drop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return drop

    def changed(self, soon: bool) -> None:
        """Tell, now or where nobody heard for a moment."""
        now = self.steady()
        if not soon and now - self._told_at < TELL_S:
            return
        self._told_at = now
        with contextlib.suppress(RuntimeError):  # a loop that has ended hears nothing more
            self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        running = self.running
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(running)
