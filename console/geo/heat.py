"""Where many reports came in: points counted on a coarse grid, blurred, and turned into colours."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.geo.mercator import Window, metres_to_world

Floats = NDArray[np.float64]
Rgb = tuple[int, int, int]

CELL_PX = 4  # a quarter of the screen's grid each way
REACH = 4  # cells to each side that one blur takes in
BLURS = 3  # of boxes: near enough to a bell
SHADES = 256
AT_ONCE = 1 << 16  # points that one step takes: no step keeps the interpreter from others for a frame
BAND = 64  # rows of pixels, for the same reason
_BOX = np.full(2 * REACH + 1, 1 / (2 * REACH + 1))
_PEAK = float(np.convolve(np.convolve(_BOX, _BOX), _BOX).max()) ** 2  # of the blurs of one report
WITHIN_PX = CELL_PX / math.sqrt(math.pi * _PEAK)  # radius of the disk that weighs as much as the bell
_FAINT, _FULL = 0.30, 0.86  # opacity of the first shade and of the last


@dataclass(frozen=True)
class Heat:
    """Shades over a stretch of the map. `shades`: a shade per cell, rows from north to south, 0: nothing.

    `top`: how many reports within `within_m` the last shade stands for, a round number.
    """

    shades: NDArray[np.uint8]
    region: Window
    top: int
    within_m: float


def heat(x: Floats, y: Floats, region: Window) -> Heat:
    """The shades of points in world coordinates over a window; points just outside count as well."""
    amounts = _blurred(_counted(x, y, region))
    top = round_above(float(amounts.max(initial=0.0)))
    shades = np.ceil(np.sqrt(np.clip(amounts / top, 0, 1)) * (SHADES - 1))
    shades[amounts < 0.02] = 0  # the far foot of a lone report
    within = WITHIN_PX / region.scale / metres_to_world(1.0, region.y)
    return Heat(shades.astype(np.uint8), region, top, within)


def _counted(x: Floats, y: Floats, region: Window) -> Floats:
    """Points by cell, with as many cells around the region as the blurs reach."""
    pad = REACH * BLURS
    columns, rows = -(-region.width // CELL_PX) + 2 * pad, -(-region.height // CELL_PX) + 2 * pad
    found = np.zeros(rows * columns)
    for start in range(0, len(x), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        column = np.floor((x[part] * region.scale - region.left) / CELL_PX) + pad
        row = np.floor((y[part] * region.scale - region.top) / CELL_PX) + pad
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        cell = (row[inside] * columns + column[inside]).astype(np.int64)
        if len(cell):
            found += np.bincount(cell, minlength=rows * columns)
    return found.reshape(rows, columns)


def _blurred(counts: Floats) -> Floats:
    """How many reports lie around each cell, near ones weighing more: a lone one weighs 1 where it is."""
    for _ in range(BLURS):  # three, as `_PEAK` knows
        counts = _boxed(_boxed(counts).T).T
    return counts / _PEAK


def _boxed(grid: Floats) -> Floats:
    """Means over 2 * REACH + 1 columns; the outer REACH columns on each side go."""
    width = 2 * REACH + 1
    sums = np.cumsum(grid, axis=1)
    found = sums[:, width - 1 :].copy()
    found[:, 1:] -= sums[:, :-width]
    return found / width


def round_above(amount: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 …: the scale stays the same while one looks about."""
    step = 1
    while True:
        for times in (1, 2, 5):
            if amount <= step * times:
                return step * times
        step *= 10


def amount_of(part: float, top: int) -> float:
    """How many reports the shade at `part` (0-1) of the scale stands for."""
    return part * part * top


def palette(stops: Sequence[Rgb]) -> NDArray[np.uint32]:
    """Premultiplied ARGB of each shade, from the faintest of `stops` to the strongest; shade 0 is clear."""
    part = np.linspace(0, 1, SHADES)
    alpha = _FAINT + (_FULL - _FAINT) * part
    alpha[0] = 0
    at = np.linspace(0, 1, len(stops))
    channels = [np.interp(part, at, [stop[i] for stop in stops]) for i in range(3)]
    alpha[1:24] *= np.linspace(0.1, 1, 23)  # no hard edge where it begins
    bytes_ = [np.round(channel * alpha).astype(np.uint8) for channel in reversed(channels)]
    bytes_.append(np.round(alpha * 255).astype(np.uint8))
    return np.stack(bytes_, axis=1).reshape(-1).view("<u4").astype(np.uint32)


def enlarged(found: Heat, colors: NDArray[np.uint32], factor: float) -> NDArray[np.uint32]:
    """The shades in `colors`, each cell `factor` pixels wide and high, smooth between the cells' middles."""
    rows, columns = found.shades.shape
    high, wide = round(rows * factor), round(columns * factor)
    left, right, across = _between(wide, columns, factor)
    upper, lower, down = _between(high, rows, factor)
    cells = found.shades.astype(np.float32)
    lines = cells[:, left] * (1 - across) + cells[:, right] * across
    picture = np.empty((high, wide), dtype=np.uint32)
    for top in range(0, high, BAND):
        band = slice(top, top + BAND)
        part = down[band, None]
        shades = lines[upper[band]] * (1 - part) + lines[lower[band]] * part
        picture[band] = colors[shades.astype(np.uint8)]
    return picture


def _between(
    pixels: int, cells: int, factor: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """For each pixel the cells before and after its middle, and how far it is from the first."""
    at = np.clip((np.arange(pixels) + 0.5) / factor - 0.5, 0, cells - 1)
    first = np.floor(at).astype(np.intp)
    return first, np.minimum(first + 1, cells - 1), (at - first).astype(np.float32)
