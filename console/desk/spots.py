"""Every case kept here within a period, open or closed, as arrays: for the heat and for replaying a night."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.desk.holdings import Holdings
from console.models.queue import SPOTS

SLICE = 10_000
"""Rows that one turn of the database thread reads: some 30 ms, for a save may wait behind it."""
STILL_OPEN = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Spots:
    """Parallel arrays, in order of entry. Degrees WGS 84; times UTC ms, 0: none.

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


async def spots(held: Holdings, from_ms: int, until_ms: int, new_only: bool) -> Spots:
    """Read slice by slice, each in a turn of its own; see `Desk.spots`."""
    parts: list[tuple[NDArray[Any], ...]] = []
    codes: dict[str, int] = {}
    begin, limit = (from_ms if new_only else 0), SLICE
    while True:
        found = await held.call(_slice(held, begin, until_ms, from_ms, limit))
        if len(found) < limit:
            parts.append(_columns(found, codes))
            return _joined(parts, codes)
        last = found[-1][2]
        if found[0][2] == last:  # more at one moment than a slice holds
            limit *= 2
            continue
        whole = found[: _first_of(found, last)]  # the rest of that moment comes with the next slice
        parts.append(_columns(whole, codes))
        begin, limit = last, SLICE


def _slice(
    held: Holdings, begin: int, until_ms: int, from_ms: int, limit: int
) -> Callable[[], list[tuple[Any, ...]]]:
    return lambda: held.store.read(SPOTS, (begin, until_ms, from_ms, limit))


def _first_of(rows: list[tuple[Any, ...]], moment: int) -> int:
    at = len(rows)
    while rows[at - 1][2] == moment:
        at -= 1
    return at


_KINDS = (np.float64, np.float64, np.int64, np.int64, np.int64, np.int64, np.int8)


def _columns(rows: list[tuple[Any, ...]], codes: dict[str, int]) -> tuple[NDArray[Any], ...]:
    if not rows:
        return (*(np.zeros(0, dtype=kind) for kind in _KINDS), np.zeros(0, dtype=np.int32))
    *numbers, communes = zip(*rows, strict=True)
    places = [codes.setdefault(code, len(codes)) for code in communes]
    arrays = (np.array(n, dtype=kind) for n, kind in zip(numbers, _KINDS, strict=True))
    return (*arrays, np.array(places, dtype=np.int32))


def _joined(parts: list[tuple[NDArray[Any], ...]], codes: dict[str, int]) -> Spots:
    lon, lat, entered, closed, due, near, flags, commune = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return Spots(lon, lat, entered, closed, due, near, flags, commune, tuple(codes))
