"""Morton codes: one whole number for a cell of the world, so that a coarser cell is a prefix of it."""

import numpy as np
from numpy.typing import NDArray

BITS = 26  # per axis: about 0.6 m on the ground

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def spread(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each bit of the numbers (below 2**32) moved to twice its place."""
    v = cells.astype(np.int64)
    for shift, mask in _SPREAD:
        v = (v | (v << shift)) & mask
    return v


def interleave(cx: NDArray[np.int64], cy: NDArray[np.int64]) -> NDArray[np.int64]:
    """Code of cells given by column and row."""
    return spread(cx) | (spread(cy) << 1)


def codes(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Codes of world points (0..1 on both axes), 2 * BITS bits; points outside are held at the edge."""
    side = 1 << BITS
    cx = np.clip((x * side).astype(np.int64), 0, side - 1)
    cy = np.clip((y * side).astype(np.int64), 0, side - 1)
    return interleave(cx, cy)


def prefix(code: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """The code of the coarser cell with `bits` bits per axis that holds each cell."""
    return code >> (2 * (BITS - bits))
