"""Which cases words and callers find. Words are read from the full-text tables; the last answers are kept,
and mended as cases change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from console.desk.index.columns import Slots
from console.desk.kept_search import FROM
from console.desk.rows import Filter
from console.domain.case import Role
from console.models import callers
from console.models.store import known_failures

if TYPE_CHECKING:
    from console.desk.holdings import Holdings

SLICE = 5000  # keys at a time, so that other threads get their turn
KEPT = 6  # answers
CHANGED = 100  # cases that may have changed since, before an answer is read anew


class _Kept(NamedTuple):
    keys: Slots
    changed: set[int]


class Found:
    """A `WordsOf`, on the database thread."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()

    def __call__(self, filter: Filter, open_only: bool) -> Slots | None:
        """Keys of the cases with all the words by one of the callers; `open_only`: of open ones at least.
        None: neither is asked."""
        found = self._of_words(filter.words, open_only) if filter.words else None
        if not filter.callers:
            return found
        called = self._of_callers(filter.callers)
        return called if found is None else np.intersect1d(found, called)

    def _of_callers(self, numbers: Sequence[str]) -> Slots:
        """An agency does not learn whose they are."""
        if self._held.actor.role is Role.AGENCY:
            return np.zeros(0, np.int32)
        keys = {key for number in numbers for (key,) in self._held.store.read(callers.SAME, (number,))}
        return np.array(sorted(keys), np.int32)

    def _of_words(self, words: str, open_only: bool) -> Slots | None:
        match = self._held.search.ask(words).match
        if not match:
            return None
        if self._held.meta.get(FROM) is not None:  # they are being read in anew
            self._kept.clear()
            return self._read("search", match)
        table = "search_open" if open_only else "search"
        keys = self._mended(table, match)
        self._kept[table, match] = _Kept(keys, set())
        self._kept.move_to_end((table, match))
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return keys

    def changed(self, keys: Sequence[int]) -> None:
        """Other words may find these now."""
        for name, kept in tuple(self._kept.items()):
            kept.changed.update(keys)
            if len(kept.changed) > CHANGED:
                del self._kept[name]

    def forget(self) -> None:
        """Nothing that was found holds."""
        self._kept.clear()

    def _mended(self, table: str, match: str) -> Slots:
        kept = self._kept.get((table, match))
        if kept is None:
            return self._read(table, match)
        if not kept.changed:
            return kept.keys
        sql = f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?"
        now = [key for key in kept.changed if self._held.store.read(sql, (match, key))]
        rest = np.setdiff1d(kept.keys, np.array([*kept.changed], np.int32), assume_unique=True)
        return np.union1d(rest, np.array(now, np.int32))

    def _read(self, table: str, match: str) -> Slots:
        parts = [np.array(part, np.int32) for part in self._slices(table, match)]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int32)

    def _slices(self, table: str, match: str) -> Iterator[list[int]]:
        with known_failures():
            cursor = self._held.store.cursor(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (match,))
            while part := cursor.fetchmany(SLICE):
                yield [key for (key,) in part]
