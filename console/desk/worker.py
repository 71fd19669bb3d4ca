"""The one database thread. What an operator waits for goes before what keeps up with the centre."""

import asyncio
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from console.desk.errors import DeskClosed

T = TypeVar("T")
_Job = Callable[[], None]
log = logging.getLogger(__name__)


class Worker:
    """Runs one job at a time, each kind in the order it came. `close` ends it after what waits."""

    def __init__(self, name: str = "desk") -> None:
        self._first: deque[_Job] = deque()  # somebody waits for it
        self._then: deque[_Job] = deque()  # background
        self._at_once: deque[_Job] = deque()  # what the job that runs leaves to be done right behind it
        self._turns: queue.SimpleQueue[bool] = queue.SimpleQueue()  # one for each job, False at the end
        self._door = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def call(self, work: Callable[[], T]) -> T:
        """Run it there and come home with the answer; ahead of background work. Raises DeskClosed.

        It is done also when the caller is cancelled: what an operator typed must reach the disk.
        """
        return await self._called(self._first, work)

    async def call_later(self, work: Callable[[], T]) -> T:
        """The same as background work: behind what somebody waits for."""
        return await self._called(self._then, work)

    async def _called(self, line: deque[_Job], work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        home: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            answer, error = _tried(work)
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, home, answer, error)

        self._put(line, job)
        return await home

    def wait(self, work: Callable[[], T]) -> T:
        """Run it there as background work and block until it is done: for other threads, never the loop's.

        Raises DeskClosed.
        """
        future: Future[T] = Future()
        self._put(self._then, lambda: _fulfil(future, work))
        return future.result()

    def post(self, work: Callable[[], None]) -> None:
        """From any thread: run it behind what somebody waits for already, without waiting here. What fails
        there is a bug and stands in the log. Raises DeskClosed."""
        self._put(self._first, lambda: _noted(work))

    def at_once(self, work: Callable[[], None]) -> None:
        """On the worker, from inside a job: run it when the job's answer is handed over, before any other.

        Nobody hears of its failure: what must not fail unheard has to be met again by a later job.
        """
        self._at_once.append(work)

    def close(self, last: Callable[[], Any]) -> None:
        """Finish what waits, run `last`, end the thread. Blocks; safe to call twice."""
        future: Future[Any] = Future()
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._then.append(lambda: _fulfil(future, last))
            self._turns.put(True)
            self._turns.put(False)
        self._thread.join()
        future.result()

    def _put(self, line: deque[_Job], job: _Job) -> None:
        with self._door:
            if self._closed:
                raise DeskClosed
            line.append(job)
            self._turns.put(True)

    def _run(self) -> None:
        while self._turns.get():
            line = self._first or self._then
            line.popleft()()
            while self._at_once:
                _tried(self._at_once.popleft())


def _tried(work: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(), None
    except BaseException as error:  # noqa: BLE001 - handed to whoever awaits it, whatever it is
        return None, error


def _noted(work: Callable[[], None]) -> None:
    _, error = _tried(work)
    if error is not None:
        log.error("a job that nobody waits for failed", exc_info=error)


def _settle(home: "asyncio.Future[T]", answer: T | None, error: BaseException | None) -> None:
    """On the loop's thread; a caller that was cancelled hears nothing."""
    if home.done():
        return
    if error is not None:
        home.set_exception(error)
    else:
        home.set_result(answer)  # type: ignore[arg-type]


def _fulfil(future: "Future[T]", work: Callable[[], T]) -> None:
    answer, error = _tried(work)
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(answer)  # type: ignore[arg-type]
