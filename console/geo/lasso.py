"""Which points a hand has drawn around: the shape is painted once as a mask, each point looked up in it."""

import numpy as np
from numpy.typing import NDArray

from console.geo.mercator import Window

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def caught(mask: Mask, window: Window, x: Floats, y: Floats) -> NDArray[np.int64]:
    """Indices of the world points whose pixel is set in `mask[row, column]` of a window, rising."""
    west, north, east, south = window.bounds(1)
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= north) & (y <= south))
    column = np.floor(x[near] * window.scale).astype(np.int64) - window.left
    row = np.floor(y[near] * window.scale).astype(np.int64) - window.top
    rows, columns = mask.shape
    seen = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    inside = np.zeros(len(near), dtype=bool)
    inside[seen] = mask[row[seen], column[seen]]
    found: NDArray[np.int64] = near[inside]
    return found
