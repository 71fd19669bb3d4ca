"""python -m console.sync.fill_child: the first fill, in a process that knows no Qt.

It is told what to do over standard input, tells its progress over standard output, and ends with the former:
killed at any moment it leaves a whole file behind.
"""

import gc
import io
import os
import queue
import sys
import threading
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from console.desk.errors import DeskError
from console.desk.filling import Filling
from console.desk.sync_port import SnapshotState
from console.protocol.wire import CaseRecord
from console.sync.api import Api
from console.sync.fill import fill
from console.sync.fill_words import (
    Errand,
    Finished,
    Go,
    Heard,
    Ready,
    Said,
    Spent,
    Token,
    Wrote,
    failed,
)

SLICE = 100  # cases per turn: some milliseconds, that an operator's act may wait behind it
GIVES_WAY = 5  # to the interface, where both want the same core

T = TypeVar("T")
_heard: msgspec.json.Decoder[Heard] = msgspec.json.Decoder(Heard)


class Console:
    """The other end of the pipes."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="console", daemon=True).start()

    def _read(self) -> None:
        for raw in io.FileIO(0, closefd=False):  # without a buffer: its lock would be held at the end
            self._lines.put(_heard.decode(raw))
        os._exit(0)  # the console is gone, or wants no more: whatever is half done is rolled back

    def say(self, said: Said) -> None:
        """One line."""
        sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
        sys.stdout.buffer.flush()

    def hear(self, kind: type[T]) -> T:
        """Wait for a line, which must be of this kind."""
        said = self._lines.get()
        assert isinstance(said, kind)
        return said


class Borrowed:
    """An access token of the console's, which has it renewed."""

    def __init__(self, console: Console, token: str) -> None:
        self._console, self._token = console, token

    def access(self) -> str:
        """The last one that was lent."""
        return self._token

    def renew(self, spent: str) -> str:
        """Ask for another."""
        self._console.say(Spent(spent))
        self._token = self._console.hear(Token).access
        return self._token


class InTurns:
    """A store that is written only when the console says so: a `FillPort`."""

    def __init__(self, filling: Filling, console: Console) -> None:
        self._filling, self._console = filling, console

    def snapshot_state(self) -> SnapshotState:
        """Where it stands."""
        return self._filling.state()

    def apply_snapshot(
        self, records: Sequence[CaseRecord], next_token: str | None, cursor: int | None, total: int
    ) -> None:
        """Make all that can be made before the turn, write in it, tidy up after it."""
        made = self._filling.made(records)
        self._console.say(Ready())
        self._console.hear(Go)
        done, keys = self._filling.write(records, made, next_token, cursor, total)
        self._console.say(Wrote(done, total, keys))
        self._filling.checkpoint()

    def finish_snapshot(self) -> None:
        """That is the console's to write: it is told that all is here."""


def main() -> None:
    """One errand."""
    if sys.platform != "win32":
        os.nice(GIVES_WAY)
    gc.disable()  # records are many and hold no cycles: looking for some takes longer than reading them
    console = Console()
    errand = console.hear(Errand)
    try:
        _fill(console, errand)
    except DeskError as error:
        console.say(failed(error))
    else:
        console.say(Finished())


def _fill(console: Console, errand: Errand) -> None:
    filling = Filling(errand.folder, errand.key)
    try:
        api = Api(errand.url, protocol=errand.protocol, proxy=errand.proxy)
        api.holder = Borrowed(console, errand.token)
        try:
            fill(api, InTurns(filling, console), lambda done, total: True, SLICE)
        finally:
            api.close()
    finally:
        filling.close()


if __name__ == "__main__":
    main()
