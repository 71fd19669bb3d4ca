"""Coroutines of the screens, under one door for failures.

Known failures (offline, refused, disk full) become a sentence; bugs are logged once and named by a code.
"""

import asyncio
import logging
import zlib
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from console.desk.errors import DeskError
from console.ui.parts.failure_text import failure_text
from console.ui.words import t

log = logging.getLogger("console.ui")

OnKnown = Callable[[DeskError], bool]


class Door(Protocol):
    """Where sentences go: `Notices`."""

    def problem(self, text: str) -> None: ...


def bug_code(error: BaseException) -> str:
    """A short stable code of where a bug came from: its type and the line that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else ""
    return f"U-{zlib.crc32(f'{type(error).__name__} {where}'.encode()) % 1000:03d}"


class Tasks:
    """Starts coroutines and sees to how they end. `stop` cancels what still runs."""

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self._door = door
        self._loop = loop
        self._running: set[asyncio.Task[Any]] = set()
        self._kept: set[asyncio.Task[Any]] = set()

    def start(self, coroutine: Coroutine[Any, Any, Any], known: OnKnown | None = None) -> asyncio.Task[Any]:
        """Run it. `known` sees known failures first and says True when it has shown them itself."""
        loop = self._loop or asyncio.get_running_loop()
        task = loop.create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, known))
        return task

    def keep(self, coroutine: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run what goes on for ever: `settled` does not wait for it, who started it cancels it."""
        task = self.start(coroutine)
        self._running.discard(task)
        self._kept.add(task)
        task.add_done_callback(self._kept.discard)
        return task

    def _ended(self, task: asyncio.Task[Any], known: OnKnown | None) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        if isinstance(error, DeskError):
            self.tell(error, known)
        else:
            self.bug(error)

    def tell(self, error: DeskError, known: OnKnown | None = None) -> None:
        """A known failure: a sentence that says what to do."""
        if known is None or not known(error):
            self._door.problem(failure_text(error))

    def bug(self, error: BaseException) -> None:
        """A failure nobody foresaw: to the log, and one sentence with its code."""
        code = bug_code(error)
        log.error("bug %s", code, exc_info=error)
        self._door.problem(t("error.bug", code=code))

    @property
    def busy(self) -> int:
        """How many coroutines still run."""
        return len(self._running)

    async def settled(self) -> None:
        """Wait until all that was started has ended, also what those started."""
        while self._running:
            await asyncio.wait(set(self._running))

    def stop(self) -> None:
        """Cancel what still runs; at the end of the program."""
        for task in self._running | self._kept:
            task.cancel()
