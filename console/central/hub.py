"""Telling between processes, by PostgreSQL's LISTEN and NOTIFY, and on to the streams of this process."""

import asyncio
import logging
import threading
import time
from collections import deque
from typing import Any

import msgspec
import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from console.central.database import listening
from console.protocol.wire import StreamChanged

log = logging.getLogger(__name__)

CHANNEL = "central"
LOOK_S = 0.5
AGAIN_S = 1.0
POLL_S = 5.0
"""The net below NOTIFY: where the ledger stands is looked up when nothing was heard for so long."""
CHANGED = "changed"
_BACKLOG = 100


class Hint(msgspec.Struct, frozen=True):
    """One thing to tell: `event` is the stream's event, `data` its JSON."""

    event: str
    data: msgspec.Raw


def tell(connection: Connection, event: str, data: Any) -> None:
    """Tell every stream of every process, when (and if) this transaction commits."""
    payload = msgspec.json.encode(Hint(event, msgspec.Raw(msgspec.json.encode(data)))).decode()
    connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


class Ear:
    """One open stream's share. Hints wait here until they are written; of those that pile up, old ones go.

    `changed` waits for its turn, and a later one takes an earlier one's place.
    """

    def __init__(self, turns: "Turns") -> None:
        self._turns = turns
        self._others: deque[Hint] = deque(maxlen=_BACKLOG)
        self._changed: Hint | None = None
        self._my_turn = self._ended = False
        self._bell = asyncio.Event()

    def hear(self, hint: Hint | None) -> None:
        """On the loop; None: the end."""
        if hint is None:
            self._ended = True
        elif hint.event == CHANGED:
            self._changed = hint
            if not self._my_turn:
                self._turns.ask(self)
        else:
            self._others.append(hint)
        self._bell.set()

    def take_turn(self) -> None:
        """Now `changed` may be told."""
        self._my_turn = True
        self._bell.set()

    async def next(self, wait_s: float) -> Hint | None:
        """The next hint. Raises TimeoutError when there is none for that long; None: the end."""
        async with asyncio.timeout(wait_s):
            while True:
                if self._ended:
                    return None
                if self._others:
                    return self._others.popleft()
                if self._changed is not None and self._my_turn:
                    hint, self._changed, self._my_turn = self._changed, None, False
                    return hint
                self._bell.clear()
                await self._bell.wait()


class Turns:
    """After each `changed`, its desk pulls. So that these pulls do not stand in one another's way, however
    many desks there are and however slow the machine is, a few desks are told at once; the next one is when
    a pull was answered, or did not come."""

    def __init__(self, at_once: int = 8, lasts_s: float = 0.3) -> None:
        self._at_once, self._lasts_s = at_once, lasts_s
        self._waiting: dict[Ear, None] = {}  # in their order
        self._given: deque[asyncio.TimerHandle] = deque()

    def ask(self, ear: Ear) -> None:
        """Let it have a turn when it comes; asking twice gives one."""
        self._waiting.setdefault(ear)
        self._give()

    def leave(self, ear: Ear) -> None:
        """It needs none any more."""
        self._waiting.pop(ear, None)

    def done(self) -> None:
        """A pull was answered."""
        if self._given:
            self._given.popleft().cancel()
            self._give()

    def _expire(self) -> None:
        self._given.popleft()  # the oldest: all last equally long
        self._give()

    def _give(self) -> None:
        while self._waiting and len(self._given) < self._at_once:
            ear = next(iter(self._waiting))
            self.leave(ear)
            self._given.append(asyncio.get_running_loop().call_later(self._lasts_s, self._expire))
            ear.take_turn()


class Hub:
    """`start` on the loop that serves; `close` ends every stream, `stop` the listening thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ears: set[Ear] = set()
        self.turns = Turns()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = threading.Event()
        self._listens = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listen", daemon=True)
        self._told = -1  # the last cursor that the streams heard of; -1 before the first line
        self.closing = False

    def start(self) -> None:
        """Begin to listen."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def open(self) -> Ear:
        """For one stream; on the loop."""
        ear = Ear(self.turns)
        self._ears.add(ear)
        if self.closing:
            ear.hear(None)
        return ear

    def shut(self, ear: Ear) -> None:
        """The stream is gone."""
        self._ears.discard(ear)
        self.turns.leave(ear)

    def close(self) -> None:
        """End every stream, that a server which stops need not wait for them; on the loop."""
        self.closing = True
        self._pass(None)

    def stop(self) -> None:
        """End listening."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait_until_listening(self, seconds: float) -> bool:
        """Whether it listens by then."""
        return self._listens.wait(seconds)

    def _pass(self, hint: Hint | None) -> None:
        for ear in tuple(self._ears):
            ear.hear(hint)

    def _listen(self) -> None:
        """The thread: as long as there is a line to PostgreSQL, and again when it broke."""
        while not self._stopping.is_set():
            try:
                with listening(self._engine) as connection:
                    self._hear(connection)
            except (psycopg.Error, SQLAlchemyError):
                self._listens.clear()
                log.warning("line to PostgreSQL broke; listening again in %s s", AGAIN_S)
                self._stopping.wait(AGAIN_S)

    def _hear(self, connection: "psycopg.Connection[Any]") -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self._listens.set()
        cursor = _head(connection)
        if self._told < 0:
            self._told = cursor
        else:  # after a break: something may have been missed
            self._send(changed(cursor))
        quiet_since = time.monotonic()
        while not self._stopping.is_set():
            for notice in connection.notifies(timeout=LOOK_S, stop_after=1):
                self._send(msgspec.json.decode(notice.payload, type=Hint))
                quiet_since = time.monotonic()
            if time.monotonic() - quiet_since >= POLL_S:
                self._look(connection)
                quiet_since = time.monotonic()

    def _look(self, connection: "psycopg.Connection[Any]") -> None:
        """Nothing was heard for long. Tell what was missed; a dead line to PostgreSQL shows here, too."""
        cursor = _head(connection)
        if cursor > self._told:
            self._send(changed(cursor))

    def _send(self, hint: Hint) -> None:
        if hint.event == CHANGED:
            self._told = msgspec.json.decode(hint.data, type=StreamChanged).cursor
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._pass, hint)


def changed(cursor: int) -> Hint:
    """There is something to pull, up to here."""
    return Hint(CHANGED, msgspec.Raw(msgspec.json.encode(StreamChanged(cursor=cursor))))


def _head(connection: "psycopg.Connection[Any]") -> int:
    row = connection.execute("SELECT seq FROM ledger").fetchone()
    return int(row[0]) if row is not None else 0
