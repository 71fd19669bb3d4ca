"""What a pin says about its deadline at a moment: one small number per case."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

NEW, RESTING, ABOUT_HERE = 1, 2, 4  # bits of Points.flags


class PinState(IntEnum):
    """In rising order of how much they ask for attention, so that `max` finds the loudest."""

    RESTING = 0
    WITHIN = 1
    NEW = 2
    SOON = 3
    OVERDUE = 4


NEVER = int(np.iinfo(np.int64).max)
GONE = -1  # a point that is no longer there and only waits for the next sorting


def pin_states(
    due_ms: NDArray[np.int64], near_ms: NDArray[np.int64], flags: NDArray[np.int8], now_ms: int
) -> NDArray[np.int8]:
    """States (PinState as int8) at `now_ms`, milliseconds UTC. A due or near time of 0 means none."""
    resting = (flags & RESTING) != 0
    overdue = ~resting & (due_ms > 0) & (due_ms <= now_ms)
    soon = ~resting & (near_ms > 0) & (near_ms <= now_ms)
    found = np.full(len(due_ms), PinState.WITHIN, dtype=np.int8)
    found[(flags & NEW) != 0] = PinState.NEW
    found[resting] = PinState.RESTING
    found[soon] = PinState.SOON
    found[overdue] = PinState.OVERDUE
    return found


def next_change(
    due_ms: NDArray[np.int64], near_ms: NDArray[np.int64], flags: NDArray[np.int8], now_ms: int
) -> NDArray[np.int64]:
    """When each state changes next by time alone, ms UTC after `now_ms`; NEVER where it does not."""
    runs = (flags & RESTING) == 0
    near = np.where(runs & (near_ms > now_ms), near_ms, NEVER)
    return np.minimum(near, np.where(runs & (due_ms > now_ms), due_ms, NEVER))


def deadline_keys(due_ms: NDArray[np.int64], flags: NDArray[np.int8]) -> NDArray[np.int64]:
    """What cases are ordered by: the deadline, or NEVER for resting ones and those without one."""
    return np.where(((flags & RESTING) != 0) | (due_ms <= 0), NEVER, due_ms)


def by_deadline(due_ms: NDArray[np.int64], flags: NDArray[np.int8]) -> NDArray[np.int64]:
    """Indices, nearest deadline first; resting ones and those without a deadline last, in their own order."""
    return np.argsort(deadline_keys(due_ms, flags), kind="stable")
