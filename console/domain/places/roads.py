"""Roads and their kilometres: rows of the gazetteer every few of them, and what lies between two rows."""

import re
from collections.abc import Iterable, Iterator
from math import hypot, sqrt
from typing import NamedTuple

from console.domain.area import metres_between
from console.domain.place import GazetteerEntry, GazetteerKind, Point
from console.domain.places.lines import NAMED_M, Line
from console.domain.places.spelling import Words, canonical

KM = re.compile(r"^km\s*(\d{1,4})(?:\s*\+\s*(\d{1,3}))?\s+(.+)$", re.IGNORECASE)
_TYPED = re.compile(
    r"\b(?:km|kilomet|ki lo met|cay so|cot km|ly trinh)\s*\.?:?\s*(\d{1,4})"
    r"(?:\s*\+\s*(?:m\s*)?(\d{1,3})\b|[.,](\d{1,3})\b)?"
)


class Row(NamedTuple):
    """A known kilometre."""

    km: float
    point: Point
    commune: str


class Spot(NamedTuple):
    """A place on a road, with its likely error."""

    km: float
    point: Point
    commune: str
    accuracy_m: int


class Road:
    """One road. `name` as listed ("Quốc lộ 1"), `said`: its names as canonical words."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.said: dict[Words, None] = {canonical(name): None}
        self.rows: list[Row] = []

    @property
    def ends(self) -> tuple[float, float]:
        """First and last known kilometre."""
        return self.rows[0].km, self.rows[-1].km

    def at(self, km: float) -> Spot | None:
        """The place between the two rows around it; None beyond the ends.

        The error is how far a road of that length can bend away from the straight line between the two.
        Rows that lie further apart than the road is long contradict each other: by so much both are unsure.
        """
        if not self.rows[0].km <= km <= self.rows[-1].km:
            return None
        after = next(row for row in self.rows if row.km >= km)
        before = next((row for row in reversed(self.rows) if row.km <= km), after)
        if before is after or before.km == after.km:
            return Spot(km, after.point, after.commune, NAMED_M)
        share = (km - before.km) / (after.km - before.km)
        (x1, y1), (x2, y2) = (before.point.lon, before.point.lat), (after.point.lon, after.point.lat)
        point = Point(round(x1 + share * (x2 - x1), 6), round(y1 + share * (y2 - y1), 6))
        along, straight = (after.km - before.km) * 1000, metres_between(before.point, after.point)
        if straight > along:
            error = straight - along
        else:
            error = sqrt(along**2 - straight**2) * sqrt(share * (1 - share))
        commune = (before if share < 0.5 else after).commune
        return Spot(km, point, commune, round(hypot(NAMED_M, error)))


class Roads:
    """All roads of a day."""

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        self.roads: dict[str, Road] = {}
        for entry in entries:
            named = KM.match(entry.name)
            if named is None:
                continue
            road = self.roads.setdefault(named[3], Road(named[3]))
            km = int(named[1]) + int(named[2] or 0) / 1000
            road.rows.append(Row(km, Point(entry.lon, entry.lat), entry.commune))
            road.said.update(
                {canonical(other[3]): None for also in entry.also if (other := KM.match(also)) is not None}
            )
        for road in self.roads.values():
            road.rows.sort(key=lambda row: row.km)

    def lines(self) -> Iterator[Line]:
        """Each road in each commune that it runs through: its middle there, as far off as it is long."""
        for road in self.roads.values():
            stretches: dict[str, list[Row]] = {}
            for row in road.rows:
                stretches.setdefault(row.commune, []).append(row)
            for commune, rows in stretches.items():
                middle = rows[len(rows) // 2]
                error = max(metres_between(middle.point, row.point) for row in (rows[0], rows[-1]))
                for said in road.said:
                    yield Line(
                        f"road {road.name} {commune}", said, road.name, commune, GazetteerKind.ROAD_KM,
                        middle.point, max(1_000, round(error)),
                    )  # fmt: skip


def typed_km(folded: str) -> tuple[float, str] | None:
    """The kilometre in a folded text and the rest of it: "ql1 km 658+300" is 658.3 and "ql1"."""
    found = _TYPED.search(folded)
    if found is None:
        return None
    metres = int(found[2]) / 1000 if found[2] else float(f"0.{found[3]}") if found[3] else 0.0
    rest = f"{folded[: found.start()]} {folded[found.end() :]}"
    return int(found[1]) + metres, " ".join(rest.replace(",", " ").split())
