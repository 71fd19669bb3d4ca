"""Communes in classes by a measure: as many in each class as can be, equal figures never parted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

CLASSES = 5
NOT_SHADED = -1


@dataclass(frozen=True)
class ShadeClass:
    """Class `number` (0: the least): from `least` to `most`, both included, with so many communes."""

    number: int
    least: float
    most: float
    communes: int


@dataclass(frozen=True)
class Shading:
    """Class of each commune by code. Those with 0, and those without the figure, are in none."""

    of: Mapping[str, int]
    classes: tuple[ShadeClass, ...]


def shade(figures: Mapping[str, float | None], most_classes: int = CLASSES) -> Shading:
    """Quantiles of the figures above 0. Fewer classes where fewer figures differ; then the numbers are
    spread, so that the least is always the lightest and the most the darkest."""
    known = {code: figure for code, figure in figures.items() if figure is not None and figure > 0}
    if not known:
        return Shading({}, ())
    values = np.array(sorted(known.values()))
    cuts = [float(values[(len(values) * k) // most_classes]) for k in range(1, most_classes)]
    starts = sorted({float(values[0]), *cuts})
    numbers = _spread(len(starts), most_classes)
    place = np.searchsorted(starts, values, side="right") - 1
    classes = tuple(
        ShadeClass(numbers[i], float(inside.min()), float(inside.max()), len(inside))
        for i in range(len(starts))
        for inside in [values[place == i]]
    )
    of = {
        code: numbers[int(np.searchsorted(starts, figure, side="right")) - 1]
        for code, figure in known.items()
    }
    return Shading(of, classes)


def _spread(count: int, over: int) -> list[int]:
    """`count` class numbers from the first to the last of `over`."""
    if count == 1:
        return [over // 2]
    return [round(i * (over - 1) / (count - 1)) for i in range(count)]
