"""All open cases for the map, read in slices into arrays."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.desk.holdings import Holdings
from console.desk.rows import Points
from console.models.case_rows import RESTING
from console.models.queue import POINTS
from console.models.store import known_failures

SLICE = 2000  # rows at a time, so that the interface gets its turn between them


def points(held: Holdings) -> Points:
    """Parallel arrays; a case without a point stands at its commune's centre."""
    slices = list(_slices(held))
    columns = list(zip(*slices, strict=True)) if slices else [()] * 6
    return Points(
        ids=[id_ for part in columns[0] for id_ in part],
        lon=_joined(columns[1], np.float64),
        lat=_joined(columns[2], np.float64),
        due_ms=_running(_joined(columns[3], np.int64)),
        near_ms=_running(_joined(columns[4], np.int64)),
        flags=_joined(columns[5], np.int8),
    )


def _running(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Times out of sorting keys: 0 where no clock runs. A resting one keeps its flag."""
    return np.where(keys < RESTING, keys, 0)


def _slices(held: Holdings) -> Iterator[tuple[Any, ...]]:
    """Columns of each slice; numbers are arrays already."""
    kinds = (np.float64, np.float64, np.int64, np.int64, np.int8)
    with known_failures():
        cursor = held.store.cursor(POINTS)
        while found := cursor.fetchmany(SLICE):
            ids, *numbers = zip(*found, strict=True)
            yield ids, *(np.array(n, dtype=kind) for n, kind in zip(numbers, kinds, strict=True))


def _joined(parts: tuple[Any, ...], kind: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
