"""The model's books beside the real centre on a real PostgreSQL: both are given the same, and compared."""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import select

from console.central.tables import commands as table
from console.domain.command import Command
from console.protocol.wire import CommandsRequest
from tests.support.central import Central, Client
from tests.worlds.books import Books, Page
from tests.worlds.seams import Time

READER = ("sup01", "03")


class _Answer(msgspec.Struct):
    verdicts: list[msgspec.Raw]


class BothBooks(Books):
    """`differences`: where the real centre answered anything else than the model, a byte or more.

    What is decided, is decided at the commit on both sides: so a kill before it hits neither.
    """

    def __init__(self, time: Time, central: Central) -> None:
        super().__init__(time)
        self._central = central
        self._clients: dict[tuple[str, str], Client] = {}
        self.differences: list[str] = []
        self.compared = 0

    def begin(self, commands: Sequence[Command], stopped: set[str]) -> Page:
        page = Page(self.seq)
        page.asked, page.stopped = commands, stopped  # type: ignore[attr-defined]
        return page

    def commit(self, page: Page) -> None:
        asked: Sequence[Command] = page.asked  # type: ignore[attr-defined]
        decided = super().begin(asked, page.stopped)  # type: ignore[attr-defined]
        super().commit(decided)
        page.found = decided.found
        said = [verdict for verdict in decided.found if verdict is not None]
        real = self._deliver(asked)
        self._compare(f"verdicts on {[command.kind for command in asked]}", said, real)

    def populate(self, commands: Sequence[Command]) -> None:
        for command in commands:  # each by its own author
            super().populate([command])

    def changes(self, after: int, limit: int) -> bytes:
        ours = super().changes(after, limit)
        self._central.centre.feed.shared.clear()  # a step made before a change is true, and other bytes
        self._compare(f"changes after {after}", [ours], [self._get(f"/changes?after={after}&limit={limit}")])
        return ours

    def snapshot(self, before: str | None) -> Iterator[bytes]:
        pieces = list(super().snapshot(before))
        path = "/snapshot" if before is None else f"/snapshot?before={before}"
        lines = b"".join(pieces).splitlines()
        self._compare(f"snapshot before {before}", lines, self._get(path).splitlines())
        return iter(pieces)

    def close(self) -> None:
        """Give the sockets back."""
        for client in self._clients.values():
            client.close()

    def _compare(self, what: str, ours: list[bytes], theirs: list[bytes]) -> None:
        self.compared += 1
        if ours != theirs:
            self.differences.append(f"{what}: the model says {ours!r}, the centre {theirs!r}")

    def _deliver(self, commands: Sequence[Command]) -> list[bytes]:
        by = commands[0].by
        body = msgspec.json.encode(CommandsRequest(commands=tuple(commands)))
        answer = self._call((by.user, by.station), "POST", "/commands", body)
        if by.agency is not None:  # it is shown less than is stored
            return self._stored(commands)
        return [bytes(raw) for raw in msgspec.json.decode(answer, type=_Answer).verdicts]

    def _stored(self, commands: Sequence[Command]) -> list[bytes]:
        with self._central.engine.connect() as connection:
            rows = dict(connection.execute(select(table.c.id, table.c.verdict)).all())
        return [rows[command.id].encode() for command in commands if command.id in rows]

    def _get(self, path: str) -> bytes:
        return self._call(READER, "GET", path, None)

    def _call(self, who: tuple[str, str], method: str, path: str, body: bytes | None) -> bytes:
        """Signed in anew where the token is spent: the world's time runs fast."""
        if who not in self._clients:
            self._clients[who] = Client(self._central.url, who[1], who[0], self.time)
        response = self._clients[who].raw(method, path, body)
        if response.status_code == 401:
            self._clients.pop(who).close()
            return self._call(who, method, path, body)
        assert response.status_code == 200, (path, response.status_code, response.text)
        return response.content
