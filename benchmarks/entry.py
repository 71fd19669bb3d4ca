"""One measured line, and how samples become one."""

from collections.abc import Sequence
from typing import TypedDict

import numpy as np


class Entry(TypedDict):
    """A figure beside what it is judged by. `ratio` = value / against_value, so that lower is better."""

    name: str
    value: float
    unit: str
    against: str
    against_value: float
    ratio: float


def entry(name: str, value: float, unit: str, against: str, against_value: float) -> Entry:
    """Build a line; values are rounded for reading, the ratio is not computed from rounded ones."""
    return Entry(
        name=name,
        value=round(value, 3),
        unit=unit,
        against=against,
        against_value=round(against_value, 3),
        ratio=round(value / against_value, 3),
    )


def percentile(samples: Sequence[float], q: float) -> float:
    """The q-th percentile (0-100) of the samples."""
    return float(np.percentile(np.asarray(samples), q))


def compared(
    name: str, ours: Sequence[float], against: str, theirs: Sequence[float], unit: str
) -> list[Entry]:
    """Median and p99 of ours against the same of theirs."""
    return [
        entry(f"{name}, {label}", percentile(ours, q), unit, f"{against}, {label}", percentile(theirs, q))
        for label, q in (("median", 50), ("p99", 99))
    ]
