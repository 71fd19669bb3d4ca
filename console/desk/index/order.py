"""Orders as one whole number per case, and the first of many without sorting them all."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from console.desk.index.codes import Codes
from console.desk.index.columns import Columns, Slots
from console.desk.names import ranked
from console.desk.rows import Sort
from console.domain.reference import Reference

Keys = NDArray[np.int64]
_DUE_BITS = 44  # of a `due`, below the rank
_SAMPLES = 1024


class Orders:
    """Keys of cases in any order, under one reference after another."""

    def __init__(self) -> None:
        self._reference: Reference | None = None
        self._ranks: dict[Sort, Keys] = {}

    def keys(self, columns: Columns, slots: Slots, sort: Sort, reference: Reference) -> Keys:
        """One for each of `slots`; equal ones follow one another by key of the case."""
        match sort:
            case Sort.DUE:
                return columns.due[slots]
            case Sort.NEWEST:
                return columns.entered[slots]
            case Sort.NUMBER:
                return columns.number[slots]
            case Sort.URGENCY:
                ranks = columns.urgency[slots].astype(np.int64)
            case _:
                ranks = self._ranks_of(columns, slots, sort, reference)
        return (ranks << _DUE_BITS) | columns.due[slots]

    def _ranks_of(self, columns: Columns, slots: Slots, sort: Sort, reference: Reference) -> Keys:
        coded: dict[Sort, tuple[str, Codes[str] | Codes[tuple[str, str]]]] = {
            Sort.TYPE: ("kind", columns.kinds),
            Sort.PLACE: ("place", columns.places),
            Sort.STATUS: ("status", columns.statuses),
            Sort.AGENCY: ("lead", columns.leads),
            Sort.CHANNEL: ("channel", columns.channels),
        }
        name, codes = coded[sort]
        if self._reference is not reference:
            self._reference, self._ranks = reference, {}
        known = self._ranks.get(sort)
        if known is None or len(known) != len(codes.values):
            known = self._ranks[sort] = _ranks(codes, ranked(reference, sort))
        found: Keys = known[getattr(columns, name)[slots]]
        return found


def _ranks(codes: Codes[str] | Codes[tuple[str, str]], names: Sequence[Sequence[str]]) -> Keys:
    """The place of each code among them all; of one that has no name, behind those that have."""
    places = [{code: place for place, code in enumerate(column)} for column in names]

    def key(value: str | tuple[str, str]) -> tuple[tuple[int, bool, str], ...]:
        parts = (value,) if isinstance(value, str) else value
        named = zip(parts, places, strict=False)  # of a type with its category, the type
        return tuple((place.get(part, len(place)), not part, part) for part, place in named)

    keys = [key(value) for value in codes.values]
    rank = {found: place for place, found in enumerate(sorted(set(keys)))}
    return np.array([rank[found] for found in keys], dtype=np.int64)


def is_backward(sort: Sort, reverse: bool) -> bool:
    """Whether the largest key comes first: newest first, and what was turned round."""
    return reverse != (sort is Sort.NEWEST)


def sorted_by(slots: Slots, keys: Keys, backward: bool) -> Slots:
    """All of them in order. Takes a tenth of a second for a million; holds no lock meanwhile."""
    order = np.argsort(keys, kind="stable")
    return slots[order[::-1] if backward else order]


def first(slots: Slots, keys: Keys, backward: bool, count: int) -> Slots:
    """The first `count` of them in order."""
    if backward:
        slots, keys = slots[::-1], ~keys[::-1]
    if len(slots) > count:
        some = _candidates(keys, count)
        slots, keys = slots[some], keys[some]
    return slots[np.argsort(keys, kind="stable")[:count]]


def _candidates(keys: Keys, count: int) -> NDArray[np.intp]:
    """Places of those that are among the first `count`, or equal to the last of them and come soon enough.

    A sample tells up to which key a little more than `count` may be expected: one look at each key then
    leaves few to choose from.
    """
    places = np.flatnonzero(keys <= _threshold(keys, count))
    if len(places) < count:  # the sample promised too much
        places = np.arange(len(keys))
    left = keys[places]
    last = np.partition(left, count - 1)[count - 1]
    before, equal = places[left < last], places[left == last]
    return np.sort(np.concatenate([before, equal[: count - len(before)]]))


def _threshold(keys: Keys, count: int) -> np.int64:
    samples = np.sort(keys[:: max(1, len(keys) // _SAMPLES)])
    share = count / len(keys)
    return np.int64(samples[min(len(samples) - 1, int(share * len(samples) * 1.5) + 8)])
