"""The desk's feed and connection as Qt signals, so that a dead widget is never called."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from console.desk.changes import Changes, Listener
from console.desk.connection import Connection


class Feed(Protocol):
    """`desk.feed`."""

    def subscribe(self, listener: Listener) -> Callable[[], None]: ...


class Speaking(Protocol):
    """The part of the desk that speaks up by itself."""

    @property
    def feed(self) -> Feed: ...
    @property
    def connection(self) -> Connection: ...
    def on_connection(self, listener: Callable[[Connection], None]) -> Callable[[], None]: ...


class DeskSignals(QObject):
    """`changed(Changes)` and `connection(Connection)`; `close` ends both subscriptions."""

    changed = Signal(object)
    connection = Signal(object)

    def __init__(self, desk: Speaking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ends = [
            desk.feed.subscribe(self._on_changes),
            desk.on_connection(self._on_connection),
        ]

    def _on_changes(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _on_connection(self, connection: Connection) -> None:
        self.connection.emit(connection)

    def close(self) -> None:
        """End both subscriptions."""
        for end in self._ends:
            end()
        self._ends = []
