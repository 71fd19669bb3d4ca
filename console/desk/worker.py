"""The one database thread. What an operator waits for goes before what keeps up with the centre."""

import asyncio
import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from console.desk.errors import DeskClosed

T = TypeVar("T")

NOW, BACKGROUND, LAST = 0, 1, 2
_Job = tuple[int, int, Callable[[], None]]


class Worker:
    """Runs one job at a time; equal priorities in the order they came. `close` ends it after what waits."""

    def __init__(self) -> None:
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._order = itertools.count()
        self._door = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], T], priority: int = NOW) -> "Future[T]":
        """Queue a job from any thread. Raises DeskClosed."""
        future: Future[T] = Future()
        with self._door:
            if self._closed:
                raise DeskClosed
            self._jobs.put((priority, next(self._order), lambda: _fulfil(future, work)))
        return future

    async def call(self, work: Callable[[], T], priority: int = NOW) -> T:
        """Run it there and come home with the answer. It is done also when the caller is cancelled: what an
        operator typed must reach the disk."""
        return await asyncio.shield(asyncio.wrap_future(self.submit(work, priority)))

    def wait(self, work: Callable[[], T]) -> T:
        """Run it there as background work and block until it is done: for other threads, never the loop's."""
        return self.submit(work, BACKGROUND).result()

    def close(self, last: Callable[[], Any]) -> None:
        """Finish what waits, run `last`, end the thread. Blocks; safe to call twice."""
        future: Future[Any] = Future()
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._jobs.put((LAST, next(self._order), lambda: _fulfil(future, last)))
            self._jobs.put((LAST, next(self._order), _stop))
        self._thread.join()
        future.result()

    def _run(self) -> None:
        while True:
            job = self._jobs.get()[2]
            if job is _stop:
                return
            job()


def _stop() -> None:
    """Marks the end of the queue."""


def _fulfil(future: "Future[T]", work: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - handed to whoever awaits it, whatever it is
        future.set_exception(error)
    else:
        future.set_result(result)
