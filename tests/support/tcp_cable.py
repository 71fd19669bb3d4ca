"""A cable below HTTP: it relays bytes to one of several servers, and may cut, reset, stall or delay them.

It knows nothing of requests, so a cut falls anywhere: in a head, in a body, between two bytes of a letter.
"""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PIECE = 65536
SHORTEST_S = 0.001


@dataclass(frozen=True)
class Harm:
    """What one connection suffers. `kind`: close, reset (RST), stall (half open: nothing comes any more and
    nobody says so) after so many bytes upward or downward; each piece comes `delay_s` late."""

    kind: str = ""
    up: int | None = None
    down: int | None = None
    delay_s: float = 0.0


UNHARMED = Harm()


def harms(dice: random.Random, share: float = 0.7) -> Callable[[], Harm]:
    """For each connection something else; `share` of them suffer."""

    def next_one() -> Harm:
        if dice.random() > share:
            return Harm(delay_s=dice.choice((0.0, 0.0, 0.02)))
        kind = dice.choice(("close", "close", "reset", "reset", "stall"))
        after = int(2 ** dice.uniform(0, 15))  # as often among the first ten bytes as among thousands
        upward = dice.random() < 0.5
        delay = dice.choice((0.0, 0.0, 0.0, 0.05))
        return Harm(kind, after if upward else None, None if upward else after, delay)

    return next_one


@dataclass
class TcpCable:
    """`url` is what desks are told. `upstreams`: tried by turns, the next one where one refuses.

    `host`: the address it listens at, "" for all. `harm` is asked once for each connection. `suffered` counts
    what befell them, by kind.
    """

    upstreams: Sequence[tuple[str, int]]
    harm: Callable[[], Harm] = lambda: UNHARMED
    host: str = "127.0.0.1"
    suffered: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._turn = 0
        self._lines: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._listener = socket.create_server((self.host, 0), backlog=1024)
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._run, name="tcp cable")
        self._thread.start()

    def mend(self) -> None:
        """No more harm; lines that were harmed or stalled are cut, as are all others."""
        self.harm = lambda: UNHARMED
        asyncio.run_coroutine_threadsafe(self._cut_all(), self._loop).result(30)

    def cut_some(self, dice: random.Random) -> None:
        """Cut each line with even chance: those that nothing befalls live long, and would never meet harm."""
        asyncio.run_coroutine_threadsafe(self._cut_some(dice), self._loop).result(30)

    def close(self) -> None:
        """Cut everything, and wait until it has ended."""
        self._loop.call_soon_threadsafe(self._accepting.cancel)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._accepting = self._loop.create_task(self._accept())
        try:
            self._loop.run_until_complete(asyncio.wait([self._accepting]))
            self._loop.run_until_complete(self._cut_all())
        finally:
            self._listener.close()
            self._loop.close()

    async def _accept(self) -> None:
        self._listener.setblocking(False)
        while True:
            near, _ = await self._loop.sock_accept(self._listener)
            line = self._loop.create_task(self._line(near, self.harm()))
            self._lines.add(line)
            line.add_done_callback(lambda line, near=near: self._ended(line, near))  # type: ignore[misc]

    def _ended(self, line: "asyncio.Task[None]", near: socket.socket) -> None:
        """Here also comes a line that was cut before it began."""
        self._lines.discard(line)
        near.close()

    async def _cut_all(self) -> None:
        for line in self._lines:
            _cut(line)
        if self._lines:
            await asyncio.wait(set(self._lines))

    async def _cut_some(self, dice: random.Random) -> None:
        for line in [line for line in self._lines if dice.random() < 0.5]:
            if _cut(line):
                self._count("cut")

    async def _line(self, near: socket.socket, harm: Harm) -> None:
        """One connection, from its beginning to its end."""
        near.setblocking(False)
        far: socket.socket | None = None
        ways: list[asyncio.Task[str]] = []
        try:
            far = await self._reach()
            if far is None:
                return
            ways = [
                self._loop.create_task(self._carry(near, far, harm.up, harm)),
                self._loop.create_task(self._carry(far, near, harm.down, harm)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            told = {way.result() for way in ways if way.done()}
            for kind in told - {"ended"}:
                self._count(kind)
            if "reset" in told:
                _reset_on_close(near)
                _reset_on_close(far)
            elif told == {"ended"}:
                await asyncio.wait(ways, timeout=1.0)  # the other way may still have a last word
        finally:
            for way in ways:
                way.cancel()
            if ways:
                await asyncio.wait(ways)
            if far is not None:
                far.close()

    def _count(self, kind: str) -> None:
        self.suffered[kind] = self.suffered.get(kind, 0) + 1

    async def _reach(self) -> socket.socket | None:
        """A connection to the next server that takes one."""
        for _ in self.upstreams:
            self._turn += 1
            where = self.upstreams[self._turn % len(self.upstreams)]
            far = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            far.setblocking(False)
            try:
                await self._loop.sock_connect(far, where)
            except OSError:
                far.close()
                continue
            except asyncio.CancelledError:
                far.close()
                raise
            return far
        return None

    async def _carry(self, source: socket.socket, sink: socket.socket, left: int | None, harm: Harm) -> str:
        """Bytes one way until they end, or until their harm befalls them; which."""
        try:
            while piece := await self._loop.sock_recv(source, PIECE):
                await asyncio.sleep(max(harm.delay_s, SHORTEST_S) if harm.delay_s else 0)
                if left is not None and len(piece) >= left:
                    await self._loop.sock_sendall(sink, piece[:left])
                    if harm.kind == "stall":
                        await self._stalled()
                    return harm.kind
                left = None if left is None else left - len(piece)
                await self._loop.sock_sendall(sink, piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return "ended"
        return "ended"

    async def _stalled(self) -> None:
        """Half open, until the cable is mended or closed, or the end that still speaks gives up."""
        self._count("stall")
        await self._loop.create_future()


def _cut(line: "asyncio.Task[None]") -> bool:
    """End it once; whether it was not ending already."""
    return not line.cancelling() and line.cancel()


def _reset_on_close(sock: socket.socket) -> None:
    """Its end is told as a reset and not as an end."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
