"""Every case kept here within a period, open or closed, as arrays: for the heat and for replaying a night."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.desk.holdings import Holdings
from console.models.case_rows import RESTING, RESTS
from console.models.queue import CLOSED_SPOTS, ENTERED_SPOTS, OPEN_SPOTS

SLICE = 10_000
"""Rows that one turn of the database thread reads: some 30 ms, for a save may wait behind it."""
STILL_OPEN = int(np.iinfo(np.int64).max)

_KINDS = (np.float64, np.float64, np.int64, np.int64, np.int64, np.int64, np.int8)
_ENTERED, _CLOSED = 2, 3  # columns by which a slice goes on
_Rows = list[tuple[Any, ...]]
_Columns = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class Spots:
    """Parallel arrays, in order of entry. Degrees WGS 84; times UTC ms, 0: none, also while one rests.

    `closed_ms`: STILL_OPEN while open; of a merged case its time of entry, for it never was one of its own.
    `flags`: as `rows.Points.flags`, as the case stands now. `commune`: index into `communes`.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    entered_ms: NDArray[np.int64]
    closed_ms: NDArray[np.int64]
    due_ms: NDArray[np.int64]
    near_ms: NDArray[np.int64]
    flags: NDArray[np.int8]
    commune: NDArray[np.int32]
    communes: tuple[str, ...]  # codes as logged

    def __len__(self) -> int:
        return len(self.lon)


async def entered_spots(held: Holdings, from_ms: int, until_ms: int) -> Spots:
    """All that were entered within the period."""
    codes: dict[str, int] = {}
    slices = _slices(held, ENTERED_SPOTS, from_ms, until_ms, _ENTERED)
    return _joined([_columns(rows, codes) async for rows in slices], codes)


async def standing_spots(held: Holdings, from_ms: int, until_ms: int) -> Spots:
    """All that were open at some moment of the period."""
    codes: dict[str, int] = {}
    still = await held.call(lambda: held.store.read(OPEN_SPOTS, (until_ms,)))
    parts = [_columns(still, codes)]
    async for rows in _slices(held, CLOSED_SPOTS, from_ms, until_ms, _CLOSED):
        parts.append(_columns(rows, codes))
    return _joined(parts, codes)


async def _slices(held: Holdings, sql: str, begin: int, until_ms: int, by: int) -> AsyncIterator[_Rows]:
    """Rows in rising order of column `by`, each slice in a turn of its own, moments never cut in two."""
    limit = SLICE
    while True:
        rows = await held.call(partial(held.store.read, sql, (begin, until_ms, limit)))
        if len(rows) < limit:
            yield rows
            return
        last = rows[-1][by]
        if rows[0][by] == last:  # more at one moment than a slice holds
            limit *= 2
            continue
        end = len(rows)
        while rows[end - 1][by] == last:
            end -= 1
        yield rows[:end]  # the rest of that moment comes with the next slice
        begin, limit = last, SLICE


def _columns(rows: _Rows, codes: dict[str, int]) -> _Columns:
    if not rows:
        return (*(np.zeros(0, dtype=kind) for kind in _KINDS), np.zeros(0, dtype=np.int32))
    *numbers, communes = zip(*rows, strict=True)
    places = [codes.setdefault(code, len(codes)) for code in communes]
    arrays = (np.array(n, dtype=kind) for n, kind in zip(numbers, _KINDS, strict=True))
    return (*arrays, np.array(places, dtype=np.int32))


def _joined(parts: list[_Columns], codes: dict[str, int]) -> Spots:
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(columns[_ENTERED], kind="stable")
    lon, lat, entered, closed, due, near, flags, commune = (column[order] for column in columns)
    runs = (flags & RESTS) == 0  # and a sorting key is a time while it is below those of the resting ones
    due, near = (np.where(runs & (key < RESTING), key, 0) for key in (due, near))
    return Spots(lon, lat, entered, closed, due, near, flags, commune, tuple(codes))
