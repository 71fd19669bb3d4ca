"""What the world has in its hands of a console: its threads' turns, its ids, its time."""

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

import uuid_utils

from console.desk import sync_port
from console.desk.worker import Worker
from console.domain import identity
from console.sync import round as rounds
from console.sync.fill import fill
from tests.desk.people import MONDAY

T = TypeVar("T")


class Killed(BaseException):
    """The process is gone: nothing of it may run on."""


class Job(NamedTuple):
    """Something for the database thread."""

    work: Callable[[], Any]


class Ended(NamedTuple):
    """A round ended: seconds to pause, or what it did not foresee."""

    pause: float | None
    bug: BaseException | None


class Time:
    """One time for everybody, in milliseconds; each console's wall clock is wrong in its own way."""

    def __init__(self) -> None:
        self.ms = 0

    def now(self) -> datetime:
        """The centre's, UTC."""
        return MONDAY + timedelta(milliseconds=self.ms)

    def steady(self) -> float:
        """Seconds."""
        return self.ms / 1000


class Wire:
    """A console's wire thread: it runs only while the world waits for it, so that there is one order."""

    def __init__(self, name: str) -> None:
        self._to_wire: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._to_world: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._killed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.once: Callable[[], tuple[float | None, bool]]
        self._thread.start()

    def ask(self, what: Any) -> Any:
        """In the wire thread: stand still until the world answers."""
        if self._killed:
            raise Killed
        self._to_world.put(what)
        answer, error = self._to_wire.get()
        if error is not None:
            raise error
        return answer

    def is_here(self) -> bool:
        """Whether this is the wire thread."""
        return threading.current_thread() is self._thread

    def go_on(self, answer: Any = None, error: BaseException | None = None) -> Any:
        """In the world: let it run to its next question, or to its round's end."""
        self._to_wire.put((answer, error))
        return self._to_world.get()

    def kill(self) -> None:
        """It runs no further; what it held is let go."""
        self._killed = True
        self._to_wire.put((None, Killed()))
        self._thread.join()

    def _run(self) -> None:
        with contextlib.suppress(Killed):
            while True:
                _, error = self._to_wire.get()
                if error is not None:
                    return
                self._to_world.put(self._round())

    def _round(self) -> Ended:
        try:
            return Ended(self.once()[0], None)
        except Exception as bug:  # noqa: BLE001 - the world reports it as the history's failure
            return Ended(None, bug)


class Desktop(Worker):
    """The database thread, whose turns the world gives: an operator's at once, the wire's when it likes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._ended = False
        self._left: list[Callable[[], None]] = []

    async def call(self, work: Callable[[], T]) -> T:
        return work()

    def wait(self, work: Callable[[], T]) -> T:
        if self._wire.is_here():
            answer: T = self._wire.ask(Job(work))
            return answer
        return work()

    async def call_later(self, work: Callable[[], T]) -> T:
        return work()

    def post(self, work: Callable[[], None]) -> None:
        self._left.append(work)

    def at_once(self, work: Callable[[], None]) -> None:
        self._left.append(work)

    def finish(self) -> None:
        """The job's answer is handed over: now what it left."""
        while self._left:
            self._left.pop(0)()

    def close(self, last: Callable[[], Any]) -> None:
        if not self._ended:
            self._ended = True
            last()


class Ids:
    """UUIDv7 by the world's time, each maker's in a row of its own."""

    def __init__(self, time: Time) -> None:
        self._time, self._home = time, threading.current_thread()
        self._made: dict[int, int] = {}
        self.maker = 0

    def uuid7(self) -> str:
        """For the world's thread; another one's are none of the world's."""
        if threading.current_thread() is not self._home:
            return str(uuid_utils.uuid7())
        n = self._made[self.maker] = self._made.get(self.maker, 0) + 1
        ms = int(MONDAY.timestamp() * 1000) + self._time.ms
        text = f"{ms:012x}7{n:03x}8{self.maker:03x}{n:012x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@contextlib.contextmanager
def small_pages(ids: Ids) -> Iterator[None]:
    """The world's ids, and slices so small that every history crosses their edges."""
    sizes = [
        (rounds, "PULL", 3),
        (rounds, "fill", partial(fill, slice_=2)),
        (rounds, "BATCH", 6),
        (sync_port, "VERDICT_SLICE", 2),
        (sync_port, "RECORD_SLICE", 2),
        (identity, "uuid_utils", SimpleNamespace(uuid7=ids.uuid7)),
    ]
    before = [getattr(module, name) for module, name, _ in sizes]
    for module, name, value in sizes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for (module, name, _), value in zip(sizes, before, strict=True):
            setattr(module, name, value)
