"""Doors of limited width: what comes beyond is asked to come again, instead of slowing down everybody."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from console.central.problems import busy

P = ParamSpec("P")
T = TypeVar("T")


class Gate:
    """At most `width` works at once in threads, at most `queue` waiting, none longer than `patience_s`."""

    def __init__(self, width: int, queue: int, patience_s: float) -> None:
        self._free = asyncio.Semaphore(width)
        self._queue, self._patience_s = queue, patience_s
        self._waiting = 0

    async def run(self, work: Callable[P, T], *args: P.args, **how: P.kwargs) -> T:
        """Do it in a thread when there is room. Raises Refuse (503 busy) where there is none soon."""
        async with self._room():
            return await run_in_threadpool(work, *args, **how)

    async def each(self, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
        """The parts of a long answer, each through the gate: others may pass between two of them."""
        while part := await self.run(next, parts, b""):
            yield part

    @asynccontextmanager
    async def _room(self) -> AsyncIterator[None]:
        if self._free.locked() and self._waiting >= self._queue:
            raise busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience_s):
                await self._free.acquire()
        except TimeoutError:
            raise busy() from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


class Gates:
    """One set per process. Commands have a door of their own: reading never keeps them out.

    Together they are less than the pool of connections and the pool of threads: neither runs out.
    """

    def __init__(self) -> None:
        self.entry = Gate(width=4, queue=400, patience_s=10.0)  # who calls
        self.commands = Gate(width=16, queue=200, patience_s=10.0)
        self.reading = Gate(width=6, queue=200, patience_s=10.0)
        self.fills = Gate(width=2, queue=100, patience_s=30.0)
        self.reports = Gate(width=1, queue=20, patience_s=30.0)
        self.files = Gate(width=2, queue=50, patience_s=10.0)
