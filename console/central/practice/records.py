"""Lives folded into cases and events, numbered in the order in which a server would have accepted them."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush

import msgspec

from console.central.practice.generator import generate
from console.central.practice.script import Told
from console.domain.case import Case, Event
from console.domain.command import Command
from console.domain.fold import Refused, fold
from console.domain.reference import Reference
from console.domain.refusal import Refusal
from console.protocol.wire import CaseRecord

ENTRY = timedelta(minutes=6)  # no report is entered later than this after its call
KEPT = timedelta(hours=48)  # a finished case may still be looked up by a merge for this long


class NotAccepted(Exception):
    """A generated command was refused: the generator and the rules have parted ways."""

    code = "practice_refused"

    def __init__(self, kind: str, refusal: Refusal) -> None:
        super().__init__(f"{kind}: {refusal.code} {refusal.field or ''}")
        self.kind, self.refusal = kind, refusal


class Ledger:
    """Folds commands of many lives in time order and gives out whole records."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._cases: dict[str, Case] = {}
        self._events: dict[str, list[Event]] = {}
        self._left: dict[str, int] = {}
        self._waiting: list[tuple[datetime, str, Command]] = []
        self._done: deque[tuple[datetime, str]] = deque()
        self._seq = 0

    def take(self, told: Told) -> None:
        """Let a life wait for its turn."""
        self._left[told.case] = len(told.commands)
        for command in told.commands:
            heappush(self._waiting, (command.at, command.id, command))

    def until(self, moment: datetime | None) -> Iterator[CaseRecord]:
        """Fold all that is due by `moment` (None: all), and give out what is finished since long."""
        while self._waiting and (moment is None or self._waiting[0][0] <= moment):
            self._fold(heappop(self._waiting)[2])
        while self._done and (moment is None or self._done[0][0] + KEPT <= moment):
            case = self._done.popleft()[1]
            yield CaseRecord(case=self._cases.pop(case), events=tuple(self._events.pop(case)))

    def _fold(self, command: Command) -> None:
        outcome = fold(self._cases.get(command.case), command, self._reference, self._cases.get)
        if isinstance(outcome, Refused):
            raise NotAccepted(command.kind, outcome.refusal)
        self._seq += 1
        self._cases[command.case] = msgspec.structs.replace(outcome.case, revision=self._seq)
        events = self._events.setdefault(command.case, [])
        events += [msgspec.structs.replace(event, seq=self._seq) for event in outcome.events]
        self._left[command.case] -= 1
        if not self._left[command.case]:
            del self._left[command.case]
            self._done.append((command.at, command.case))


def folded(reference: Reference, lives: Iterator[Told]) -> Iterator[CaseRecord]:
    """Records of lives that come in the order of their arrival. Raises NotAccepted."""
    ledger = Ledger(reference)
    for told in lives:
        yield from ledger.until(told.commands[0].at - ENTRY)
        ledger.take(told)
    yield from ledger.until(None)


def records(
    reference: Reference, seed: int, count: int, start: datetime, end: datetime
) -> Iterator[CaseRecord]:
    """The province as a server would hold it at `end`. `Event.seq` and `Case.revision` run from 1 in the
    order of time, one for each command; records come in the order in which their lives fell silent."""
    return folded(reference, generate(reference, seed, count, start, end))
