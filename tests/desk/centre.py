"""A centre in a few lines: it judges commands by `domain.fold`, in the order they come, once each."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from console.domain.case import Case, Event
from console.domain.command import Command
from console.domain.fold import Accepted, fold
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.protocol.wire import CaseRecord, ChangesAnswer, Verdict

replace = msgspec.structs.replace
S = TypeVar("S", bound=msgspec.Struct)


def over_the_wire(value: S) -> S:
    """As it arrives: encoded and decoded."""
    return msgspec.json.decode(msgspec.json.encode(value), type=type(value))


class TinyCentre:
    """Verdicts, changes and snapshots as the real one gives them."""

    def __init__(self, reference: Reference, now: datetime) -> None:
        self.reference, self.now = reference, now
        self.seq = 0
        self.cases: dict[str, Case] = {}
        self.events: dict[str, list[Event]] = {}
        self.verdicts: dict[str, Verdict] = {}

    def judge(self, commands: Sequence[Command]) -> list[Verdict]:
        """One verdict each, the same again for an id already seen."""
        return [self._verdict(command) for command in commands]

    def _verdict(self, command: Command) -> Verdict:
        if command.id not in self.verdicts:
            self.verdicts[command.id] = over_the_wire(self._judge(over_the_wire(command)))
        return self.verdicts[command.id]

    def _judge(self, command: Command) -> Verdict:
        case = self.cases.get(command.case)
        outcome = fold(case, command, self.reference, self.cases.get)
        if not isinstance(outcome, Accepted):
            return Verdict(id=command.id, accepted=False, refusal=outcome.refusal, case=case)
        self.seq += 1
        after = over_the_wire(replace(outcome.case, revision=self.seq))
        events = tuple(over_the_wire(replace(event, seq=self.seq)) for event in outcome.events)
        self.cases[after.id] = after
        self.events.setdefault(after.id, []).extend(events)
        return Verdict(id=command.id, accepted=True, partial=outcome.partial, events=events, case=after)

    def refuse(self, command: Command, code: Code = Code.FAILED) -> Verdict:
        """Refuse it whatever the rules say."""
        verdict = Verdict(
            id=command.id, accepted=False, refusal=Refusal(code=code), case=self.cases.get(command.case)
        )
        self.verdicts[command.id] = verdict
        return verdict

    def record(self, case_id: str, after: int = 0) -> CaseRecord:
        events = tuple(event for event in self.events[case_id] if event.seq > after)
        return over_the_wire(CaseRecord(case=self.cases[case_id], events=events))

    def changes(self, after: int, limit: int = 1000) -> ChangesAnswer:
        """What changed after the cursor, oldest change first."""
        changed = sorted((c.revision, c.id) for c in self.cases.values() if c.revision > after)
        part = changed[:limit]
        more = len(changed) > limit
        return ChangesAnswer(
            cursor=part[-1][0] if more else self.seq,
            more=more,
            records=tuple(self.record(case_id, after) for _, case_id in part),
            server_time=self.now,
        )
