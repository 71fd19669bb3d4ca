"""Deliberate bugs of the centre: each function answers what to put in the place of what."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any

import msgspec

from console.protocol.wire import CommandsRequest, SnapshotLine
from tests.worlds.books import Books, Page, encode
from tests.worlds.centre import Centre, Task
from tests.worlds.net import Answer, whole

Patch = tuple[Any, str, Any]
replace = msgspec.structs.replace


def plain_sequence() -> list[Patch]:
    def first_number(self: Books) -> int:
        number: int = max(self.seq, getattr(self, "sequence", 0))
        self.sequence = number + 10  # type: ignore[attr-defined]
        return number

    return [(Books, "first_number", first_number), (Centre, "may_hold", lambda self: True)]


class _LateCommit:
    """The transaction of an answer that was given already."""

    answer = None

    def __init__(self, centre: Centre, page: Page) -> None:
        self._centre, self._page, self._life = centre, page, centre.life
        self.dead = False

    def go_on(self) -> None:
        if self._life == self._centre.life:
            self._centre.books.commit(self._page)
            self._centre.holder = None
        self.dead = True


def answer_before_commit() -> list[Patch]:
    def _commands(self: Centre, body: bytes, task: Task) -> Generator[None, None, Answer]:
        commands = msgspec.json.decode(body, type=CommandsRequest).commands
        while not self.may_hold():
            yield
        self.holder = task
        page = self.books.begin(commands, set())
        yield
        self.loose.append(_LateCommit(self, page))  # type: ignore[arg-type]
        raws = [msgspec.Raw(verdict) for verdict in page.found if verdict is not None]
        return whole(200, encode({"verdicts": raws, "server_time": self.books.time.now()}))

    return [(Centre, "_commands", _commands)]


def verdict_stored_apart() -> list[Patch]:
    commit, say, kill = Books.commit, Centre._say, Centre.kill

    def without(self: Books, page: Page) -> None:
        self.late = page.given  # type: ignore[attr-defined]
        page.given = {}
        commit(self, page)

    def with_them(self: Centre, verdicts: list[bytes]) -> None:
        self.books.given |= getattr(self.books, "late", {})
        say(self, verdicts)

    def forget(self: Centre) -> None:
        self.books.late = {}  # type: ignore[attr-defined]
        kill(self)

    return [(Books, "commit", without), (Centre, "_say", with_them), (Centre, "kill", forget)]


def forgotten_at_restart() -> list[Patch]:
    verdict, start = Books._verdict, Centre.start

    def only_young(self: Books, command: Any, stopped: set[str], page: Page) -> bytes | None:
        old = getattr(self, "old", {})
        if command.id in old and command.id not in page.given:
            kept, self.given = self.given, {k: v for k, v in self.given.items() if k not in old}
            found = verdict(self, command, stopped, page)
            self.given = kept
            return found
        return verdict(self, command, stopped, page)

    def forget(self: Centre) -> None:
        self.books.old = dict(self.books.given)  # type: ignore[attr-defined]
        start(self)

    return [(Books, "_verdict", only_young), (Centre, "start", forget)]


def folded_backwards() -> list[Patch]:
    begin = Books.begin

    def backwards(self: Books, commands: Sequence[Any], stopped: set[str]) -> Page:
        page = begin(self, commands[::-1], stopped)
        page.found.reverse()
        return page

    return [(Books, "begin", backwards)]


def cursor_of_the_end() -> list[Patch]:
    snapshot = Books.snapshot

    def late(self: Books, before: str | None) -> Iterator[bytes]:
        for piece in snapshot(self, before):
            lines = [msgspec.json.decode(line, type=SnapshotLine) for line in piece.splitlines()]
            lines = [replace(line, cursor=self.seq if line.end else None) for line in lines]
            yield b"".join(encode(line) + b"\n" for line in lines if line != SnapshotLine())

    return [(Books, "snapshot", late)]
