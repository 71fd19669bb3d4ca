"""The ids of many cases as bytes in one array: no object for each, and the row of one found by its hash."""

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

SLICE = 20_000  # names that one step turns into bytes: other threads get their turn in between
_WORD = 8  # bytes
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)

Names = NDArray[np.bytes_]


class CaseNames(Sequence[str]):
    """Ids by row; `row` finds one among a million without a dictionary."""

    def __init__(self, names: Names) -> None:
        self.names = names
        hashes = _hashes(names)
        self._by_hash = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._by_hash]

    @classmethod
    def of(cls, ids: Sequence[str]) -> "CaseNames":
        """From texts."""
        return ids if isinstance(ids, CaseNames) else cls(as_bytes(ids))

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [name.decode() for name in self.names[row].tolist()]
        return bytes(self.names[row]).decode()

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self.names), SLICE):
            yield from self[at : at + SLICE]

    def chosen(self, rows: NDArray[np.int64]) -> list[str]:
        """The ids of rows, in their order."""
        return [name.decode() for name in self.names[rows].tolist()]

    def row(self, case: str) -> int | None:
        """The row of a case; None when it is not among them."""
        name = case.encode()
        if not len(self.names) or len(name) > self.names.itemsize:
            return None
        one = np.array([name], dtype=self.names.dtype)
        at = int(np.searchsorted(self._hashes, _hashes(one)[0]))
        while at < len(self._hashes) and self._hashes[at] == _hashes(one)[0]:
            row = int(self._by_hash[at])
            if self.names[row] == name:
                return row
            at += 1
        return None


def as_bytes(ids: Sequence[str]) -> Names:
    """Texts as one array of bytes, slice by slice."""
    if isinstance(ids, CaseNames):
        return ids.names
    slices = [np.array([i.encode() for i in ids[at : at + SLICE]]) for at in range(0, len(ids), SLICE)]
    return np.concatenate(slices) if slices else np.zeros(0, dtype="S1")


def _hashes(names: Names) -> NDArray[np.uint64]:
    words = -(-max(1, names.itemsize) // _WORD)
    whole = names.astype(f"S{words * _WORD}").view(np.uint64).reshape(len(names), words)
    found = np.zeros(len(names), dtype=np.uint64)
    for column in range(words):
        found = (found ^ whole[:, column]) * _MIX
        found ^= found >> _SHIFT
    return found
