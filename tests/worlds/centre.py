"""The model of the centre as a process: requests that go on step by step, one ledger, kills in between."""

from collections.abc import Generator, Iterator
from urllib.parse import parse_qs, urlsplit

import msgspec
from urllib3.exceptions import ProtocolError

from console.protocol.wire import CommandsRequest
from tests.worlds.books import Books
from tests.worlds.net import Answer, Call, whole

CHUNK = 3
"""Commands of a request per transaction."""


class Gone(Exception):
    """The process was killed."""


class Task:
    """A request that arrived. `answer`: once it has been worked off."""

    def __init__(self, centre: "Centre", call: Call) -> None:
        self.call = call
        self._centre, self._life = centre, centre.life
        self._work = centre.work(call, self)
        self.answer: Answer | None = None

    @property
    def dead(self) -> bool:
        """Its process is gone."""
        return self._life != self._centre.life

    def go_on(self) -> None:
        """One step further."""
        if self.dead or self.answer is not None:
            return
        try:
            next(self._work)
        except StopIteration as end:
            self.answer = end.value
        except Gone:
            assert self.dead


class Centre:
    """One process on its books. `said`: what was answered on each command, to compare later answers."""

    def __init__(self, books: Books, chunk: int = CHUNK) -> None:
        self.books, self._chunk = books, chunk
        self.up, self.life = True, 0
        self.holder: Task | None = None  # of the ledger
        self.loose: list[Task | Call] = []  # requests nobody waits for any more
        self.armed = ""
        self.said: dict[str, bytes] = {}
        self.contradictions: list[str] = []

    def kill(self) -> None:
        """What is not committed never was; requests under way get no answer."""
        self.up, self.holder, self.armed = False, None, ""
        self.life += 1

    def start(self) -> None:
        """Up again, with what its books have."""
        self.up = True

    def work(self, call: Call, task: Task) -> Generator[None, None, Answer]:
        """A request step by step."""
        address = urlsplit(call.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        path = address.path.removeprefix("/api/v1")
        if path == "/commands":
            return (yield from self._commands(call.body, task))
        yield
        if path == "/changes":
            assert self.books.has_seen(asked.get("seen")), "an event that this centre never gave out"
            return whole(200, self.books.changes(int(asked["after"]), int(asked["limit"])))
        if path == "/snapshot":
            return Answer(200, self._flowing(self.books.snapshot(asked.get("before"))))
        if path == "/reference":
            return whole(200, self.books.reference())
        if path == "/views":
            return whole(200, self.books.views())
        if path == "/handed-drafts":
            return whole(200, self.books.handed())
        if path == "/number-notes":
            return whole(200, self.books.notes())
        if path == "/shift-book":
            return whole(200, self.books.shifts())
        if path == "/shift-book/desk":
            return whole(200, call.body)
        if path == "/desk-days":
            return whole(200, self.books.desk_days(call.body))
        if path == "/sample-scores":
            return whole(200, self.books.scores())
        if path == "/audit/acts":
            return whole(200, b"{}")
        assert path == "/health", path
        return whole(200, self.books.health())

    def _flowing(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """A body ends with its process."""
        life = self.life
        for piece in pieces:
            yield piece
            if self.life != life:
                raise ProtocolError("reset")

    def _commands(self, body: bytes, task: Task) -> Generator[None, None, Answer]:
        commands = msgspec.json.decode(body, type=CommandsRequest).commands
        stopped, found = set[str](), list[bytes]()
        for start in range(0, len(commands), self._chunk):
            while not self.may_hold():
                yield
            self.holder = task
            page = self.books.begin(commands[start : start + self._chunk], stopped)
            yield
            self._die_if("kill_before")
            self.books.commit(page)
            self.holder = None
            found += [verdict for verdict in page.found if verdict is not None]
            self._die_if("kill_after")
            yield
        self._say(found)
        raws = [msgspec.Raw(verdict) for verdict in found]
        return whole(200, msgspec.json.encode({"verdicts": raws, "server_time": self.books.time.now()}))

    def may_hold(self) -> bool:
        """Whether the ledger is free."""
        return self.holder is None

    def _die_if(self, when: str) -> None:
        if self.armed == when:
            self.kill()
            raise Gone

    def _say(self, verdicts: list[bytes]) -> None:
        """Each command's verdict is the same bytes for ever, except for what bears another one's id."""
        for verdict in verdicts:
            head = msgspec.json.decode(verdict)
            before = self.said.setdefault(head["id"], verdict)
            if before != verdict and (head["refusal"] or {}).get("code") != "id_reused":
                self.contradictions.append(head["id"])
