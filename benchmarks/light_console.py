"""A console without screen and store: the real protocol, a cursor, an outbox. Hundreds fit in a process."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from urllib.parse import urlsplit

import msgspec

from benchmarks.server_place import batch
from console.protocol.wire import StreamChanged, TokenAnswer


class AskedToWait(Exception):
    """The server asked for patience: `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class _Verdict(msgspec.Struct):
    accepted: bool


class _Verdicts(msgspec.Struct):
    verdicts: list[_Verdict]


class _Event(msgspec.Struct):
    id: str


class _Record(msgspec.Struct):
    events: list[_Event]


class _Changes(msgspec.Struct):
    records: list[_Record]
    cursor: int
    more: bool


class Console:
    """One connection for calls; `listen` opens another for the stream."""

    def __init__(self, url: str, token: TokenAnswer, cursor: int) -> None:
        where = urlsplit(url)
        self._host, self._port, self._token = where.hostname, where.port, token
        self.actor, self.cursor = token.identity.actor(), cursor
        self.outbox: list[bytes] = []
        self.seen: dict[str, float] = {}  # when an event's row had changed here
        self.waits_ms: list[float] = []  # from a hint to what it hinted at
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The answer's body. Raises OSError, AskedToWait."""
        try:
            if self._line is None:
                self._line = await asyncio.open_connection(self._host, self._port)
            reader, writer = self._line
            writer.write(self._head(method, path, len(body)) + body)
            top = (await reader.readuntil(b"\r\n\r\n")).lower()
            answer = await reader.readexactly(int(_header(top, b"content-length")))
        except (OSError, asyncio.IncompleteReadError):
            self.hang_up()
            raise ConnectionResetError from None
        status = int(top.split()[1])
        if status in (429, 503):
            raise AskedToWait(float(_header(top, b"retry-after")))
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return answer

    def hang_up(self) -> None:
        """Close the line for calls."""
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def send(self) -> None:
        """Deliver what waits."""
        sent = len(self.outbox)
        answer = msgspec.json.decode(await self.ask("POST", "/commands", batch(self.outbox)), type=_Verdicts)
        if [verdict.accepted for verdict in answer.verdicts] != [True] * sent:
            raise RuntimeError("a command was refused")
        del self.outbox[:sent]

    async def pull(self) -> None:
        """Up to the end of what there is."""
        more = True
        while more:
            answer = msgspec.json.decode(
                await self.ask("GET", f"/changes?after={self.cursor}"), type=_Changes
            )
            now = time.perf_counter()
            for record in answer.records:
                for event in record.events:
                    self.seen.setdefault(event.id, now)
            self.cursor, more = answer.cursor, answer.more

    async def listen(self) -> None:
        """Pull at each hint, until cancelled. What a pull has brought already needs no other."""
        async with aclosing(self._hints()) as hints:
            async for cursor, at in hints:
                if cursor > self.cursor:
                    await self.pull()
                self.waits_ms.append((time.perf_counter() - at) * 1000)

    async def _hints(self) -> AsyncIterator[tuple[int, float]]:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(self._head("GET", "/stream", 0))
        arrived: asyncio.Queue[tuple[int, float]] = asyncio.Queue()
        reading = asyncio.create_task(_read(reader, arrived))
        try:
            while True:
                yield await arrived.get()
        finally:
            reading.cancel()
            writer.close()

    def _head(self, method: str, path: str, length: int) -> bytes:
        return (
            f"{method} /api/v1{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self._token.access}\r\nContent-Length: {length}\r\n\r\n"
        ).encode()


async def _read(reader: asyncio.StreamReader, arrived: "asyncio.Queue[tuple[int, float]]") -> None:
    """Hints as they arrive, whatever the console is at."""
    async for line in reader:
        if line.startswith(b'data: {"cursor":'):
            hint = msgspec.json.decode(line[6:], type=StreamChanged)
            arrived.put_nowait((hint.cursor, time.perf_counter()))


def _header(top: bytes, name: bytes) -> bytes:
    return top.partition(b"\r\n" + name + b": ")[2].split(b"\r\n")[0]
