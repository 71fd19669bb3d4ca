"""Which cases were merged into which: read in behind the index, then kept as cases change.

A parent's record does not say it, and no column does: each merged case says it in its body. Of a million
cases some thirty thousand are merged, twelve bytes each.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from console.desk.index.columns import Columns, Slots
from console.domain.case import Status
from console.models import merged
from console.models.store import Store

SLICE = 40  # bodies at a time: some 4 ms


class Joined:
    """On the database thread. `read_slice` until it says that all is known."""

    def __init__(self, store: Store, columns: Columns) -> None:
        self._store = store
        self._parents = np.zeros(0, np.int64)  # hashes of ids, rising
        self._keys: Slots = np.zeros(0, np.int32)  # of the cases that are part of them
        code = columns.statuses.known(Status.MERGED.value)
        self._left = list[int]()
        if code is not None:
            self._left = np.flatnonzero((columns.status == code) & (columns.flags != 0)).tolist()

    @property
    def known(self) -> bool:
        """Whether all is read in."""
        return not self._left

    def read_slice(self) -> bool:
        """Whether it was the last."""
        part, self._left = self._left[-SLICE:], self._left[:-SLICE]
        self._take(part)
        return self.known

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        """Cases that were written, with how they stand now."""
        keys = dict(rows)
        self.remove(list(keys))
        self._take([key for key, status in keys.items() if status == Status.MERGED.value])

    def remove(self, keys: Sequence[int]) -> None:
        """Cases that are here no more, or part of none."""
        if not len(self._keys):
            return
        stay = np.isin(self._keys, np.asarray(keys, np.int32), invert=True)
        self._parents, self._keys = self._parents[stay], self._keys[stay]

    def clear(self) -> None:
        """No case at all."""
        self._parents, self._keys, self._left = self._parents[:0], self._keys[:0], []

    def _take(self, keys: Sequence[int]) -> None:
        for start in range(0, len(keys), SLICE):
            part = tuple(keys[start : start + SLICE])
            self.remove(part)  # one that was written while the rest is read in comes twice
            ask = merged.parents(part)
            for key, parent in self._store.read(ask.sql, ask.values):
                at = int(np.searchsorted(self._parents, hash(parent)))
                self._parents = np.insert(self._parents, at, hash(parent))
                self._keys = np.insert(self._keys, at, key)

    def parts_of(self, parent: str) -> tuple[int, ...]:
        """Keys of the cases that were merged into one; another's may be among them."""
        first, last = (np.searchsorted(self._parents, hash(parent), side) for side in ("left", "right"))
        return tuple(self._keys[first:last].tolist())
