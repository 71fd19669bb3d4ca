"""Carries Changes from the database thread to whoever listens on the event loop's thread."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from console.desk.changes import Changes, Listener
from console.desk.connection import Connection

T = TypeVar("T")


class Feed:
    """`publish` from any thread; listeners are called on the loop's, in the order of commits."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._listeners: list[Listener] = []

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """On which listeners are called."""
        return self._loop

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every Changes from now on; the answer ends it."""
        self._listeners.append(listener)
        return lambda: _drop(self._listeners, listener)

    def publish(self, changes: Changes) -> None:
        """Tell everyone; a loop that has ended hears nothing more."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._tell, changes)

    def _tell(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(changes)


class ConnectionState:
    """The current connection, and who wants to hear of the next. Any thread may change it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, first: Connection) -> None:
        self._loop, self.current = loop, first
        self._door = threading.Lock()
        self._listeners: list[Callable[[Connection], None]] = []

    def subscribe(self, listener: Callable[[Connection], None]) -> Callable[[], None]:
        """Call `listener` with every state from now on; the answer ends it."""
        self._listeners.append(listener)
        return lambda: _drop(self._listeners, listener)

    def update(self, change: Callable[[Connection], Connection]) -> None:
        """Make the next state out of the current one; the same state again is not told again."""
        with self._door:
            following = change(self.current)
            if following == self.current:
                return
            self.current = following
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._tell, following)

    def _tell(self, connection: Connection) -> None:
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(connection)


def _drop(listeners: list[T], listener: T) -> None:
    if listener in listeners:
        listeners.remove(listener)
