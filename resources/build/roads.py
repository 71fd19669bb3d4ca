"""Kilometres of the main roads: points along the communes a road runs through, out of source/roads.txt."""

import itertools
from collections.abc import Iterator
from math import cos, hypot, radians

from console.domain.area import Outline
from console.domain.place import GazetteerEntry, GazetteerKind, Unit
from resources.build.places import SOURCE, SPANS
from resources.build.types import rows

STEP_KM = 2
Line = list[tuple[float, float]]


def _along(line: Line, share: float) -> tuple[float, float]:
    """The point at `share` (0 to 1) of the line's length."""
    spans = [hypot((b[0] - a[0]) * cos(radians(17.5)), b[1] - a[1]) for a, b in itertools.pairwise(line)]
    left = share * sum(spans)
    for (a, b), length in zip(itertools.pairwise(line), spans, strict=True):
        if left <= length:
            part = left / length
            return round(a[0] + part * (b[0] - a[0]), 5), round(a[1] + part * (b[1] - a[1]), 5)
        left -= length
    return line[-1]


def _commune_of(point: tuple[float, float], outlines: dict[str, Outline]) -> str | None:
    return next((code for code, outline in outlines.items() if outline.holds(*point)), None)


def road_points(communes: dict[str, Unit], outlines: dict[str, Outline]) -> Iterator[GazetteerEntry]:
    """A place every STEP_KM kilometres of each road, where it falls inside the province."""
    for name, also, first, last, through in rows(SOURCE / "roads.txt"):
        line = [(communes[c].lon, communes[c].lat) for c in through.split()]
        short = also.split("; ")[0]
        for km in range(int(first), int(last) + 1, STEP_KM):
            point = _along(line, (km - int(first)) / (int(last) - int(first)))
            commune = _commune_of(point, outlines)
            if commune is None:
                continue
            yield GazetteerEntry(
                code=f"km.{short.replace(' ', '-')}.{km}",
                kind=GazetteerKind.ROAD_KM,
                name=f"Km {km} {name}",
                commune=commune,
                lon=point[0],
                lat=point[1],
                also=tuple(f"km{km} {other}" for other in also.split("; ")),
                **SPANS["2023"],
            )
