"""Very many records for benchmarks: a folded pool of lives, told again with other ids, places and people.

A retelling keeps the pool's words, acts and statuses. It is moved by seconds in time, gets ids, number,
sequence and phone of its own, and another pin near the first. Merged cases point into their own retelling.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from random import Random
from typing import Any

import msgspec

from console.central.practice.people import made_phone
from console.central.practice.records import records
from console.domain.area import Area
from console.domain.case import Callback, Case, Deadline, Event, Extension, Reporter
from console.domain.number import BadNumber, make_number, parse_number
from console.domain.place import Place, Point
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.protocol.wire import CaseRecord
from console.reference.inside import drawn_near

POOL = 5_000
STEP = timedelta(seconds=31)  # how much earlier each retelling is than the one before
SPREAD_M = 250
TIMES = (
    "happened_at",
    "entered_at",
    "assigned_at",
    "accepted_at",
    "resolved_at",
    "closed_at",
    "resolve_due",
    "resolve_original",
)
_MIX = 0x9E3779B97F4A7C15
_TAIL = (1 << 48) - 1

replace = msgspec.structs.replace


class Retelling:
    """The pool told again for the `turn`-th time of `turns`; turn 0 is the pool itself."""

    def __init__(self, reference: Reference, seed: int, turn: int, turns: int) -> None:
        self._area = reference.built(Area)
        self._rng = Random(seed * 7_368_787 + turn)
        self._turn, self._turns = turn, turns
        self._shift = -STEP * turn
        self._mask = (turn * _MIX) & _TAIL

    def record(self, told: CaseRecord) -> CaseRecord:
        """One record, retold."""
        return CaseRecord(case=self._case(told.case), events=tuple(self._event(e) for e in told.events))

    def _id(self, old: str) -> str:
        """Another id for each turn, the same wherever the old one stands."""
        return f"{old[:24]}{int(old[24:], 16) ^ self._mask:012x}"

    def _seq(self, old: int) -> int:
        return (old - 1) * self._turns + self._turn + 1

    def _number(self, old: str) -> str:
        parts = parse_number(old)
        assert not isinstance(parts, BadNumber)  # a pool's numbers were made by make_number
        return make_number(parts.month, parts.station, (parts.counter - 1) * self._turns + self._turn + 1)

    def _moved(self, item: Any, *names: str) -> dict[str, Any]:
        """Those of the named times that the item has, moved."""
        return {name: at + self._shift for name in names if (at := getattr(item, name)) is not None}

    def _event(self, event: Event) -> Event:
        data = event.data
        if "into" in data:
            data = {**data, "into": self._id(data["into"])}
            if "number" in data:
                data["number"] = self._number(data["number"])
        return Event(
            id=self._id(event.id),
            case=self._id(event.case),
            kind=event.kind,
            at=event.at + self._shift,
            by=event.by,
            data=data,
            seq=self._seq(event.seq),
            public=event.public,
        )

    def _case(self, case: Case) -> Case:
        changes = self._moved(case, *TIMES)
        if case.extensions:
            changes["extensions"] = tuple(self._extension(e) for e in case.extensions)
        if case.callbacks:
            changes["callbacks"] = tuple(self._callback(c) for c in case.callbacks)
        return replace(
            case,
            id=self._id(case.id),
            number=self._number(case.number),
            revision=self._seq(case.revision),
            reporter=self._reporter(case.reporter),
            place=self._place(case.place, case.happened_at),
            deadline=self._deadline(case.deadline),
            stopped=self._deadline(case.stopped),
            merged_into=self._id(case.merged_into) if case.merged_into else None,
            merged=tuple(self._id(part) for part in case.merged),
            **changes,
        )

    def _deadline(self, deadline: Deadline | None) -> Deadline | None:
        if deadline is None:
            return None
        return replace(deadline, **self._moved(deadline, "start", "due", "near", "original", "resting_since"))

    def _extension(self, extension: Extension) -> Extension:
        times = self._moved(extension, "asked_at", "old_due", "new_due", "decided_at")
        return replace(extension, id=self._id(extension.id), **times)

    def _callback(self, callback: Callback) -> Callback:
        return replace(callback, id=self._id(callback.id), at=callback.at + self._shift)

    def _reporter(self, reporter: Reporter | None) -> Reporter | None:
        if reporter is None or reporter.phone is None:
            return reporter
        return replace(reporter, phone=made_phone(self._rng))

    def _place(self, place: Place, at: datetime) -> Place:
        outline = self._area.outlines(local_day(at)).get(place.commune)
        if place.point is None or outline is None:
            return place
        near = drawn_near(outline, place.point.lon, place.point.lat, SPREAD_M, self._rng)
        return replace(place, point=Point(*near))


def _is_part(record: CaseRecord) -> bool:
    return record.case.merged_into is not None


def bulk(
    reference: Reference, seed: int, count: int, start: datetime, end: datetime, pool: int = POOL
) -> Iterator[CaseRecord]:
    """`count` records between `start` and `end`, the later retellings up to some hours before `start`.

    `Event.seq` and `Case.revision` are unique, and in the order of the pool's time; they have gaps.
    Memory holds the pool alone.
    """
    told = list(records(reference, seed, min(pool, count), start, end))
    told.sort(key=_is_part)  # so that a turn cut short lacks parts rather than what they are parts of
    turns = ceil(count / len(told)) if told else 0
    yield from told if turns == 1 else ()
    for turn in range(turns if turns > 1 else 0):
        retelling = Retelling(reference, seed, turn, turns)
        for record in told[: count - turn * len(told)]:
            yield retelling.record(record)
