"""The first fill in a process of its own: the interface shares no lock of the interpreter with it.

The child writes into the same encrypted file, but only in turns: each of its transactions runs while this
program's database thread waits for it, as one more piece of background work there. So nothing here ever
reads half of something, finds the file locked, or waits longer than for one slice. Whatever becomes of
either process, the file stays whole, and the next fill goes on where this one stopped.
"""

import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from console.desk.sync_port import SyncPort
from console.sync.api import Api
from console.sync.errors import Offline, SignedOut
from console.sync.fill_words import (
    Errand,
    Failed,
    Finished,
    Go,
    Heard,
    Ready,
    Said,
    Spent,
    Token,
    Wrote,
    failure,
)

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
LOOK_S = 0.25  # how often the thread that talks to the centre looks after other things meanwhile
TURN_S = 10.0  # a child that has the file longer than this hangs
END_S = 5.0

_said: msgspec.json.Decoder[Said] = msgspec.json.Decoder(Said)


class FillApart:
    """Call it from the thread that talks to the centre, once a fill is worth the start of a process."""

    def __init__(self, api: Api, port: SyncPort) -> None:
        self._api, self._port = api, port

    def __call__(self, told: Callable[[int, int], None], between: Callable[[], None]) -> bool:
        """Whether it is complete; False: the child came to an end without a word. `told` hears what is on
        disk, `between` is called several times a second. Raises WireError, StoreFull, …"""
        try:
            child = _Child(self._errand())
        except OSError as error:
            log.warning("fill child not started: %s", type(error).__name__)
            return False
        with child:
            self._api.plug.watch(child)
            complete = self._attend(child, told, between)
        if not complete and not self._api.plug.plugged:
            raise Offline("unplugged")
        return complete

    def _errand(self) -> Errand:
        store = self._port.store_place()
        if self._api.holder is None:
            raise SignedOut
        return Errand(
            folder=str(store.folder.resolve()),
            key=store.key,
            url=self._api.base_url,
            proxy=self._api.proxy,
            protocol=self._api.protocol,
            token=self._api.holder.access(),
        )

    def _attend(self, child: "_Child", told: Callable[[int, int], None], between: Callable[[], None]) -> bool:
        looked = time.monotonic()
        while True:
            try:
                said = child.hear(LOOK_S)
            except queue.Empty:
                said = Wrote(0, 0)
            match said:
                case None:
                    return False
                case Finished():
                    self._port.finish_snapshot()
                    return True
                case Failed():
                    raise failure(said)
                case Spent():
                    self._renew(child, said.access)
                case Ready():
                    wrote = self._port.lend(lambda: _turn(child))
                    if wrote is None:
                        return False
                    told(wrote.done, wrote.total)
            if time.monotonic() - looked >= LOOK_S:
                between()
                looked = time.monotonic()

    def _renew(self, child: "_Child", spent: str) -> None:
        if self._api.holder is None:
            raise SignedOut
        child.tell(Token(self._api.holder.renew(spent)))


def _turn(child: "_Child") -> Wrote | None:
    """On the database thread: the file is the child's until it has written. None: the child is gone."""
    child.tell(Go())
    try:
        said = child.hear(TURN_S)
    except queue.Empty:
        log.error("fill child hangs in the middle of a slice")
        child.kill()
        return None
    if isinstance(said, Failed):
        raise failure(said)
    return said if isinstance(said, Wrote) else None


class _Child:
    """The process and its pipes. A context: at its end the process has ended."""

    def __init__(self, errand: Errand) -> None:
        self._lines: queue.SimpleQueue[Said | None] = queue.SimpleQueue()
        self._door = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "console.sync.fill_child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, name="fill", daemon=True)
        self._reader.start()
        self.tell(errand)

    def __enter__(self) -> "_Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self._reader.join()
        self._pipe(self._process.stdout).close()

    def tell(self, heard: Heard) -> None:
        """One line to it; one that is gone hears nothing, and its silence tells."""
        with self._door:
            pipe = self._pipe(self._process.stdin)
            try:
                pipe.write(msgspec.json.encode(heard) + b"\n")
                pipe.flush()
            except (BrokenPipeError, ValueError):  # ValueError: hung up
                log.info("fill child has gone")

    def hear(self, seconds: float) -> Said | None:
        """Its next line, None once it has ended. Raises queue.Empty where it says nothing for so long."""
        said = self._lines.get(timeout=seconds)
        if said is None:
            self._lines.put(None)
        return said

    def shutdown(self, how: int) -> None:
        """The cable is pulled: the child's lines go with it."""
        self._hang_up()

    def kill(self) -> None:
        """At once."""
        self._process.kill()
        self._process.wait()

    def _hang_up(self) -> None:
        with self._door:
            try:
                self._pipe(self._process.stdin).close()
            except BrokenPipeError:
                log.info("fill child has gone")

    def _read(self) -> None:
        for raw in self._pipe(self._process.stdout):
            self._lines.put(_said.decode(raw))
        self._lines.put(None)

    def _pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe
