"""What the model of the centre has on its disk, and what it answers out of it. docs/protocol.md in small."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from console.domain.case import Case, Event
from console.domain.command import Command, LogReport
from console.domain.fold import Refused, fold, not_ahead
from console.domain.refusal import Code, Refusal
from console.protocol.board import DeskDay, DeskDays, SampleScores
from console.protocol.wire import (
    CaseRecord,
    ChangesAnswer,
    HandedAnswer,
    Health,
    NumberNotesAnswer,
    ReferenceAnswer,
    ShiftBookAnswer,
    SnapshotLine,
    Verdict,
    ViewsAnswer,
)
from tests.desk.people import REFERENCE
from tests.worlds.seams import Time

replace = msgspec.structs.replace
encode = msgspec.json.encode
decode = msgspec.json.decode
PAGE = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Given(NamedTuple):
    """A verdict that stands, and the command it was given on."""

    verdict: bytes
    accepted: bool
    command: Command


class Page:
    """A transaction: what it will have written down. `found`: a verdict on each, None where there is none."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.cases: dict[str, bytes] = {}
        self.events: list[tuple[int, str, bytes]] = []
        self.given: dict[str, Given] = {}
        self.numbers: dict[str, str] = {}
        self.found: list[bytes | None] = []


class Books:
    """Committed: it outlives the process."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.seq = 0
        self.cases: dict[str, bytes] = {}
        self.events: list[tuple[int, str, bytes]] = []
        self.given: dict[str, Given] = {}
        self.numbers: dict[str, str] = {}
        self.populated: set[str] = set()
        self.days: dict[tuple[str, str], DeskDay] = {}

    def populate(self, commands: Sequence[Command]) -> None:
        """What was there before the history began."""
        self.populated |= {command.id for command in commands}
        self.commit(self.begin(commands, set()))

    # commands

    def begin(self, commands: Sequence[Command], stopped: set[str]) -> Page:
        """Decide on each; nothing of it is written down yet."""
        page = Page(self.first_number())
        for command in commands:
            page.found.append(self._verdict(command, stopped, page))
        return page

    def first_number(self) -> int:
        """The number after which this transaction gives out its own."""
        return self.seq

    def commit(self, page: Page) -> None:
        """From now on it is so."""
        self.seq = max(self.seq, page.seq)
        self.cases |= page.cases
        self.events += page.events
        self.given |= page.given
        self.numbers |= page.numbers

    def _verdict(self, command: Command, stopped: set[str], page: Page) -> bytes | None:
        given = page.given.get(command.id) or self.given.get(command.id)
        if given is not None and given.command != command:
            stopped.add(command.case)
            return encode(Verdict(id=command.id, accepted=False, refusal=Refusal(code=Code.ID_REUSED)))
        if given is None:
            if command.case in stopped:
                return None
            verdict = self._decide(command, page)
            given = page.given[command.id] = Given(encode(verdict), verdict.accepted, command)
        if not given.accepted:
            stopped.add(command.case)
        return given.verdict

    def _decide(self, command: Command, page: Page) -> Verdict:
        def case_of(case_id: str) -> Case | None:
            body = page.cases.get(case_id) or self.cases.get(case_id)
            return decode(body, type=Case) if body is not None else None

        case = case_of(command.case)
        number = command.body.number if isinstance(command.body, LogReport) else ""
        if (page.numbers.get(number) or self.numbers.get(number)) not in (None, command.case):
            return _refused(command, Refusal(code=Code.BAD_NUMBER, field="number"), case)
        command = not_ahead(command, self.time.now())
        outcome = fold(case, command, REFERENCE, case_of)
        if isinstance(outcome, Refused):
            return _refused(command, outcome.refusal, case)
        after, events = outcome.case, outcome.events
        if events or case is None:
            page.seq += 1
            after = replace(after, revision=page.seq)
            events = tuple(replace(event, seq=page.seq) for event in events)
            page.cases[after.id] = encode(after)
            page.events += [(page.seq, after.id, encode(event)) for event in events]
        if number:
            page.numbers[number] = after.id
        return Verdict(id=command.id, accepted=True, partial=outcome.partial, events=events, case=after)

    # reading

    def case(self, case_id: str) -> Case:
        """As it stands."""
        return decode(self.cases[case_id], type=Case)

    def timeline(self, case_id: str, after: int = 0) -> tuple[bytes, ...]:
        """Its events, in order."""
        return tuple(body for seq, case, body in sorted(self.events) if case == case_id and seq > after)

    def record(self, case_id: str, after: int) -> CaseRecord:
        """As it goes out."""
        events = tuple(decode(body, type=Event) for body in self.timeline(case_id, after))
        return CaseRecord(case=self.case(case_id), events=events)

    def has_seen(self, seen: str | None) -> bool:
        """Whether a desk's newest event is of this ledger."""
        if seen is None:
            return True
        seq, _, event_id = seen.partition(".")
        return any(at == int(seq) and decode(body, type=Event).id == event_id for at, _, body in self.events)

    def changes(self, after: int, limit: int) -> bytes:
        """GET /changes."""
        found = {case: seq for seq, case, _ in sorted(e for e in self.events if e[0] > after)[:limit]}
        last = max(found.values(), default=self.seq)
        more = last < self.seq
        records = tuple(self.record(case, after) for case in found)
        cursor = last if more else self.seq
        return encode(ChangesAnswer(cursor=cursor, more=more, records=records, server_time=self.time.now()))

    def snapshot(self, before: str | None) -> Iterator[bytes]:
        """GET /snapshot: each page is one moment's picture, the cursor is of the beginning."""
        mark = _Mark.read(before) if before else _Mark(self.seq, None)
        yield encode(SnapshotLine(cursor=mark.cursor, total=len(self.cases))) + b"\n"
        while ids := self._older(mark):
            lines = []
            for case_id in ids:
                mark = _Mark(mark.cursor, self._age(case_id))
                lines.append(encode(SnapshotLine(record=self.record(case_id, 0), next=str(mark))) + b"\n")
            yield b"".join(lines)
        yield encode(SnapshotLine(end=True)) + b"\n"

    def _older(self, mark: "_Mark") -> list[str]:
        ages = sorted((self._age(case_id) for case_id in self.cases), reverse=True)
        return [age[1] for age in ages if mark.age is None or age < mark.age][:PAGE]

    def _age(self, case_id: str) -> tuple[int, str]:
        delta = self.case(case_id).entered_at - _EPOCH
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds, case_id

    def reference(self) -> bytes:
        """GET /reference: the bundled one stays in force."""
        return encode(ReferenceAnswer(version=1, practice=False, items=()))

    def views(self) -> bytes:
        """GET /views: nobody shares any."""
        return encode(ViewsAnswer(version=0, views=()))

    def handed(self) -> bytes:
        """GET /handed-drafts: nobody hands one on."""
        return encode(HandedAnswer(version=0, drafts=()))

    def notes(self) -> bytes:
        """GET /number-notes: nothing is known of any."""
        return encode(NumberNotesAnswer(version=0, notes=()))

    def shifts(self) -> bytes:
        """GET /shift-book: nobody is on a roster."""
        return encode(ShiftBookAnswer(version=0))

    def desk_days(self, body: bytes) -> bytes:
        """PUT /desk-days: everybody's, to everybody; who does not lead does not listen."""
        told = decode(body, type=DeskDay)
        self.days[told.station, told.user] = told
        return encode(DeskDays(days=tuple(day for _, day in sorted(self.days.items()))))

    def scores(self) -> bytes:
        """GET /sample-scores: no call is scored."""
        return encode(SampleScores(version=0))

    def health(self) -> bytes:
        """GET /health."""
        return encode(
            Health(
                status="ok",
                version="1",
                protocol=1,
                oldest_protocol=1,
                schema="",
                practice=False,
                server_time=self.time.now(),
            )
        )


class _Mark(NamedTuple):
    """Where a fill goes on: its first cursor, and the last case it has."""

    cursor: int
    age: tuple[int, str] | None

    def __str__(self) -> str:
        assert self.age is not None
        return f"{self.cursor}.{self.age[0]}.{self.age[1]}"

    @classmethod
    def read(cls, text: str) -> "_Mark":
        cursor, micro, case = text.split(".")
        return cls(int(cursor), (int(micro), case))


def _refused(command: Command, refusal: Refusal, case: Case | None) -> Verdict:
    return Verdict(id=command.id, accepted=False, refusal=refusal, case=case)
