"""What lies under the pointer: the nearest of what was last painted."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def nearest(xs: Floats, ys: Floats, reach: Floats, px: float, py: float) -> int | None:
    """Index of the thing whose middle is nearest to a pixel, among those that reach it; else None.

    `reach`: radius in px at which each thing may be hit. Later ones, painted on top, win a tie.
    """
    if not len(xs):
        return None
    away = np.hypot(xs - px, ys - py)
    away = np.where(away <= reach, away, np.inf)
    found = len(away) - 1 - int(np.argmin(away[::-1]))
    return found if np.isfinite(away[found]) else None
