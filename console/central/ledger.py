"""Accepting and refusing commands: each exactly once, in one order, with one verdict for ever.

Every accepting transaction first takes the single row of `ledger` and holds it until it commits. So numbers
become visible in the order they were given out, and a cursor never skips one that commits late.

A commit waits for the disk. So what several calls of this process deliver meanwhile is decided together in
the next transaction: under load it carries more commands, not more waiting.
"""

import threading
from collections import deque
from collections.abc import Iterator

import msgspec
from sqlalchemy import Engine

from console.central.clock import Clock
from console.central.mail import Mail, by_chunks
from console.central.references import References
from console.central.sight import shown_verdict
from console.central.sitting import Paper, Sitting
from console.protocol.wire import Identity

CHUNK = 25
"""Commands of one call per transaction: long enough to be quick, short enough to let the others in."""
MOST = 100
"""Commands of all calls per transaction."""


class _Errand:
    """One call's next commands, and how they fared."""

    def __init__(self, mail: list[Mail], sender: Identity, stopped: set[str]) -> None:
        self.papers = [Paper(one, sender, stopped) for one in mail]
        self.verdicts: list[str | None] | None = None
        self.error: Exception | None = None

    @property
    def settled(self) -> bool:
        return self.verdicts is not None or self.error is not None


class Ledger:
    """One per process; any number of processes on one database."""

    def __init__(self, engine: Engine, references: References, clock: Clock) -> None:
        self._engine, self._references, self._clock = engine, references, clock
        self._waiting: deque[_Errand] = deque()
        self._turn = threading.Lock()

    def take(self, mail: list[Mail], sender: Identity) -> Iterator[msgspec.Raw]:
        """The verdicts, in their order, as the sender may read them. None on a command that comes after a
        refused one of its case: it was meant for what the refused one would have made. Raises
        OperationalError."""
        stopped: set[str] = set()  # cases
        for chunk in by_chunks(mail, CHUNK):
            for body in self._through(_Errand(chunk, sender, stopped)):
                if body is not None:
                    yield shown_verdict(sender, body)

    def _through(self, errand: _Errand) -> list[str | None]:
        """Wait for the turn; whoever has it settles what all have brought."""
        self._waiting.append(errand)
        with self._turn:
            while not errand.settled:
                self._settle(self._next_ones())
        if errand.error is not None:
            raise errand.error
        assert errand.verdicts is not None
        return errand.verdicts

    def _next_ones(self) -> list[_Errand]:
        taken, room = [self._waiting.popleft()], MOST
        room -= len(taken[0].papers)
        while self._waiting and len(self._waiting[0].papers) <= room:
            taken.append(self._waiting.popleft())
            room -= len(taken[-1].papers)
        return taken

    def _settle(self, errands: list[_Errand]) -> None:
        papers = [paper for errand in errands for paper in errand.papers]
        try:
            with self._engine.begin() as connection:
                sitting = Sitting(connection, self._references, self._clock, papers)
                verdicts = iter(sitting.verdicts())
            for errand in errands:  # only now: before the commit nothing is decided
                errand.verdicts = [next(verdicts) for _ in errand.papers]
        except Exception as error:  # noqa: BLE001 - each call whose errand it was raises it
            for errand in errands:
                errand.error = error
