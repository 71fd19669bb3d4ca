"""Every case kept here as one place in a dozen arrays, by its key, and what is kept of them all together.

A million cases take some 55 MB and no Python object each. All on the database thread; a row that is written
is put in here by the same call, behind its commit (`console.models.cases.Cases.watch`).
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.desk.index.codes import AnswerCodes, Codes
from console.desk.index.sorted_array import put_in, take_out
from console.desk.index.zones import Zones
from console.models.case_rows import NEVER, RESTING
from console.models.shape import COLUMNS

KEPT = (
    "pk", "display_status", "urgency_sort", "channel", "type", "category", "district", "commune", "lead",
    "handler", "entered_ms", "number", "open", "triage", "callback_due", "due_sort", "near_sort", "answers",
    "outcome", "resolved_ms",
)  # fmt: skip
"""Of a row, in this order."""
kept_of = itemgetter(*(COLUMNS.index(name) for name in KEPT))

HERE, OPEN, TRIAGE, CALLBACK = 1, 2, 4, 8  # bits of `flags`
RESTS, NO_CLOCK = 1 << 42, 1 << 43
"""`due` of those that rest: RESTS + due; of those without a deadline: NO_CLOCK. Times end in the year 2109,
so that 19 bits are left above them for the rank of a name (see `order`)."""

Slots = NDArray[np.int32]
"""Keys of cases, rising."""


class Columns:
    """The arrays: place 0 is nobody's."""

    def __init__(self) -> None:
        self.statuses, self.channels = Codes[str](), Codes[str]()
        self.outcomes = Codes[str]()
        self.leads, self.handlers = Codes[str](), Codes[str]()
        self.kinds = Codes[tuple[str, str]]()  # type, category
        self.places = Codes[tuple[str, str]]()  # district, commune
        self.answer_sets = AnswerCodes()
        self._summed = True
        self.clear()

    def clear(self) -> None:
        """No case at all."""
        self.flags, self.status = np.zeros(0, np.uint8), np.zeros(0, np.uint8)
        self.urgency, self.channel = np.zeros(0, np.uint8), np.zeros(0, np.uint8)
        self.kind, self.place = np.zeros(0, np.uint16), np.zeros(0, np.uint16)
        self.lead, self.handler = np.zeros(0, np.uint16), np.zeros(0, np.uint16)
        self.answers, self.outcome = np.zeros(0, np.uint16), np.zeros(0, np.uint8)
        self.due, self.near = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.entered, self.number = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.entered_zones = Zones()
        self.resolved = np.zeros(0, np.uint32)  # in seconds: asked by whole days alone; 0: no result stands
        self.lots: dict[int, tuple[str, int]] = {}  # of calls that may be scored: the case, what it drew
        self._sum_up()

    # what is kept of them all together

    def summed(self, kept: bool) -> None:
        """Whether the sets and sums are kept: not while all rows are read in, then at once."""
        self._summed = kept
        if kept:
            self._sum_up()

    def _sum_up(self) -> None:
        """All cases there are, at some milliseconds for a million."""
        self.open, self.triage, self.callback = (self._with(bit) for bit in (OPEN, TRIAGE, CALLBACK))
        self.total = int(np.count_nonzero(self.flags))
        self._all: Slots | None = None
        self.dues, self.nears = self._clocks(self.open)
        self.open_of = np.bincount(self.handler[self.open], minlength=len(self.handlers.values))

    def _with(self, bit: int) -> Slots:
        return np.flatnonzero(self.flags & bit).astype(np.int32)

    def _clocks(self, slots: Slots) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When the running clocks of open cases are due, and near, each sorted."""
        due = self.due[slots]
        runs = due < RESTS
        dues, nears = due[runs], np.minimum(self.near[slots][runs], due[runs])
        return np.sort(dues), np.sort(nears)

    def all(self) -> Slots:
        """Every case. Kept until cases come or go."""
        if self._all is None:
            self._all = np.flatnonzero(self.flags).astype(np.int32)
        return self._all

    # changes

    def put(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows that are new or written anew, as `KEPT`; of one that comes twice the later holds."""
        if not rows:
            return
        columns = [list(column) for column in zip(*rows, strict=True)]
        slots = np.array(columns[0], dtype=np.int32)
        order = np.argsort(slots, kind="stable")
        slots = slots[order]
        last = np.append(slots[1:] != slots[:-1], True)
        slots, order = slots[last], order[last]
        self._room_for(int(slots[-1]))
        if not self.flags[slots].all():
            self._all = None
        self._leave(slots)
        self._write(slots, columns, order)
        self._enter(slots)

    def remove(self, keys: Sequence[int]) -> None:
        """Those of the keys that are here are no more."""
        slots = np.unique(np.array(keys, dtype=np.int32))
        slots = slots[slots < len(self.flags)]
        self._leave(slots)
        self.flags[slots], self._all = 0, None

    def _room_for(self, slot: int) -> None:
        have = len(self.flags)
        if slot < have:
            return
        size = slot + 1 + slot // 64 + 1024
        for name in ("flags", "status", "urgency", "channel", "kind", "place", "lead", "handler",
                     "answers", "outcome", "due", "near", "entered", "number", "resolved"):  # fmt: skip
            old = getattr(self, name)
            new = np.zeros(size, old.dtype)
            new[:have] = old
            setattr(self, name, new)

    def _write(self, slots: Slots, columns: list[list[Any]], order: NDArray[np.intp]) -> None:
        (
            _, status, urgency, channel, type_, category, district, commune, lead, handler, entered, number,
            open_, triage, callback, due, near, answers, outcome, resolved,
        ) = columns  # fmt: skip

        def put(column: NDArray[Any], values: Any) -> None:
            column[slots] = np.asarray(values)[order]

        def code(name: str, codes: Codes[Any], values: Sequence[Any]) -> None:
            found = codes.of(values)
            if len(codes.values) > np.iinfo(getattr(self, name).dtype).max:
                setattr(self, name, getattr(self, name).astype(np.uint32))
            put(getattr(self, name), found)

        code("status", self.statuses, status)
        code("channel", self.channels, channel)
        code("kind", self.kinds, list(zip(type_, category, strict=True)))
        code("place", self.places, list(zip(district, commune, strict=True)))
        code("lead", self.leads, [code or "" for code in lead])
        code("handler", self.handlers, handler)
        code("answers", self.answer_sets, answers)
        code("outcome", self.outcomes, outcome)
        put(self.urgency, urgency)
        put(self.entered, entered)
        self.entered_zones.widen(slots, self.entered[slots])
        put(self.number, number_keys(number))
        put(self.resolved, [(at or 0) // 1000 for at in resolved])
        put(self.due, _due_keys(np.array(due)))
        put(self.near, np.minimum(near, NO_CLOCK))
        bits = [np.array(flag, np.uint8) * bit for flag, bit in
                ((open_, OPEN), (triage, TRIAGE), (callback, CALLBACK))]  # fmt: skip
        put(self.flags, HERE | bits[0] | bits[1] | bits[2])

    def _leave(self, slots: Slots) -> None:
        """Out of the sums, as they stood until now."""
        if not self._summed:
            return
        flags = self.flags[slots]
        here = int(np.count_nonzero(flags))
        self.total -= here
        if here:
            self._count(slots, flags, take_out, -1)

    def _enter(self, slots: Slots) -> None:
        if not self._summed:
            return
        self.total += len(slots)
        self._count(slots, self.flags[slots], put_in, 1)

    def _count(self, slots: Slots, flags: NDArray[np.uint8], change: Any, by: int) -> None:
        open_ = slots[flags & OPEN != 0]
        self.open = change(self.open, open_)
        self.triage = change(self.triage, slots[flags & TRIAGE != 0])
        self.callback = change(self.callback, slots[flags & CALLBACK != 0])
        dues, nears = self._clocks(open_)
        self.dues, self.nears = change(self.dues, dues), change(self.nears, nears)
        missing = len(self.handlers.values) - len(self.open_of)
        if missing:
            self.open_of = np.append(self.open_of, np.zeros(missing, self.open_of.dtype))
        np.add.at(self.open_of, self.handler[open_], by)


def _due_keys(due: NDArray[np.int64]) -> NDArray[np.int64]:
    """As the stored ones follow one another, in fewer bits."""
    rests = due >= RESTING
    keys = np.clip(np.where(rests, due - RESTING, due), 0, RESTS - 1) + np.where(rests, RESTS, 0)
    return np.where(due >= NEVER, NO_CLOCK, keys)


_DIGITS = 17
_WEIGHTS = 12 ** np.arange(_DIGITS - 1, -1, -1, dtype=np.int64)


def number_keys(numbers: Sequence[str]) -> NDArray[np.int64]:
    """Case numbers as whole numbers that follow one another as the texts do: digits and hyphens, up to 17."""
    letters = np.array(numbers, dtype=f"U{_DIGITS}").view(np.uint32).reshape(len(numbers), _DIGITS)
    places = np.where(letters == 0, 0, np.clip(letters.astype(np.int64) - ord("."), 1, 11))
    keys: NDArray[np.int64] = places @ _WEIGHTS
    return keys
