"""Sorted numbers that stay sorted while a few of them come and go."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def put_in(here: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    """`here` with the sorted `new` ones; equal ones stand beside each other."""
    if not len(new):
        return here
    return np.insert(here, np.searchsorted(here, new), new)


def take_out(here: NDArray[Any], old: NDArray[Any]) -> NDArray[Any]:
    """`here` without the sorted `old` ones, all of which it holds: as many of equal ones as `old` has."""
    if not len(old):
        return here
    first = np.searchsorted(here, old)
    again = np.arange(len(old)) - np.searchsorted(old, old)  # the how-manieth of its equals
    return np.delete(here, first + again)
