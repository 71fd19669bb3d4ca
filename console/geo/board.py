"""The cases of the map as arrays: where they are, how they stand at a moment, which are seen as one."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from console.desk.rows import Points
from console.geo.clusters import ClusterIndex, Level
from console.geo.mercator import to_world
from console.geo.states import ABOUT_HERE, GONE, by_deadline, pin_states

Floats = NDArray[np.float64]


class Board:
    """Sorted points and a small unsorted tail of what came since. Times are milliseconds UTC."""

    def __init__(self, points: Points | None = None, now_ms: int = 0) -> None:
        self.now_ms = now_ms
        self._gone: set[str] = set()
        self._take(points if points is not None else no_points())

    def _take(self, points: Points) -> None:
        self.points = Points(  # states change in place: the caller's arrays stay as they are
            points.ids,
            points.lon,
            points.lat,
            points.due_ms.copy(),
            points.near_ms.copy(),
            points.flags.copy(),
        )
        self.x, self.y = to_world(points.lon, points.lat)
        self._row: dict[str, int] | None = None
        self._gone.clear()
        self.states = self._states()
        self.index = ClusterIndex(self.x, self.y, self.states)
        self.tail: dict[str, int] = {}
        self._late: list[Points] = []
        self._late_all = no_points()

    def _states(self) -> NDArray[np.int8]:
        p = self.points
        return pin_states(p.due_ms, p.near_ms, p.flags, self.now_ms)

    def __len__(self) -> int:
        return len(self.points) - len(self._gone) + len(self.tail)

    @property
    def rows(self) -> dict[str, int]:
        """Index of each sorted case by its id."""
        if self._row is None:
            self._row = {case: i for i, case in enumerate(self.points.ids)}
        return self._row

    def tick(self, now_ms: int) -> bool:
        """Take a new now; True when a state changed by it."""
        self.now_ms = now_ms
        fresh = self._states()
        fresh[self._gone_rows()] = GONE
        changed = not np.array_equal(fresh, self.states)
        if changed:
            self.states = fresh
            self.index.restate(fresh)
        return changed

    def _gone_rows(self) -> list[int]:
        return [self.rows[case] for case in self._gone]

    def update(self, changed: Points, gone: Iterable[str] = ()) -> None:
        """Take a few cases that are new or changed, and forget some, without sorting anew.

        A case that stands where it stood changes its state in place; a new or moved one waits in the tail.
        """
        for case in gone:
            self._forget(case)
        stay = [i for i in range(len(changed)) if not self._settled(changed, i)]
        if stay:
            late = _chosen(changed, stay)
            for case in late.ids:
                self._forget(case)
            keep = [i for i, case in enumerate(self._late_all.ids) if case in self.tail]
            self._late_all = joined(_chosen(self._late_all, keep), late)
            self.tail = {case: i for i, case in enumerate(self._late_all.ids)}
        self.states = self._states()
        self.states[self._gone_rows()] = GONE
        self.index.restate(self.states)

    def _forget(self, case: str) -> None:
        self.tail.pop(case, None)
        if case in self.rows:
            self._gone.add(case)

    def _settled(self, changed: Points, i: int) -> bool:
        row = self.rows.get(changed.ids[i])
        if row is None or changed.ids[i] in self._gone:
            return False
        p = self.points
        if p.lon[row] != changed.lon[i] or p.lat[row] != changed.lat[i]:
            return False
        p.due_ms[row], p.near_ms[row], p.flags[row] = changed.due_ms[i], changed.near_ms[i], changed.flags[i]
        return True

    @property
    def unsorted(self) -> bool:
        """Whether a new sorting would change what is seen."""
        return bool(self.tail) or bool(self._gone)

    def settle(self) -> None:
        """Sort the tail in and drop what is gone."""
        if self.unsorted:
            self._take(self.all_points())

    def all_points(self) -> Points:
        """Everything there is, the tail last."""
        gone = set(self._gone_rows())
        keep = [i for i in range(len(self.points)) if i not in gone] if gone else None
        sorted_ones = self.points if keep is None else _chosen(self.points, keep)
        return joined(sorted_ones, self.tail_points()) if self.tail else sorted_ones

    def tail_points(self) -> Points:
        """The cases that wait for the next sorting."""
        return _chosen(self._late_all, sorted(self.tail.values()))

    def tail_states(self) -> tuple[Floats, Floats, NDArray[np.int8], NDArray[np.int8], list[str]]:
        """World x, world y, states, flags and ids of the tail."""
        p = self.tail_points()
        x, y = to_world(p.lon, p.lat)
        return x, y, pin_states(p.due_ms, p.near_ms, p.flags, self.now_ms), p.flags, p.ids

    def place(self, case: str) -> tuple[float, float] | None:
        """World point of a case, or None when it is not on the map."""
        if case in self.tail:
            i = self.tail[case]
            x, y = to_world(self._late_all.lon[i : i + 1], self._late_all.lat[i : i + 1])
            return float(x[0]), float(y[0])
        row = self.rows.get(case)
        if row is None or case in self._gone:
            return None
        return float(self.x[row]), float(self.y[row])

    def look(self, case: str) -> tuple[int, bool] | None:
        """State of a case and whether it stands only about here; None when it is not on the map."""
        source, i = (self._late_all, self.tail[case]) if case in self.tail else (self.points, None)
        if i is None:
            i = self.rows.get(case)
            if i is None or case in self._gone:
                return None
        one = slice(i, i + 1)
        state = pin_states(source.due_ms[one], source.near_ms[one], source.flags[one], self.now_ms)
        return int(state[0]), bool(source.flags[i] & ABOUT_HERE)

    def level(self, zoom: float) -> Level:
        """The bubbles of a zoom."""
        return self.index.level(zoom)

    def bubble_of(self, zoom: float, case: str) -> int | None:
        """The bubble that holds a case, None for one in the tail or not on the map."""
        row = self.rows.get(case)
        return None if row is None or case in self._gone else self.index.bubble_of(zoom, row)

    def members(self, zoom: float, bubble: int) -> list[int]:
        """Rows of `points` in a bubble, nearest deadline first."""
        rows = self.index.members(zoom, bubble)
        rows = rows[self.states[rows] >= 0]
        order = by_deadline(self.points.due_ms[rows], self.points.flags[rows])
        return [int(r) for r in rows[order]]

    def step(self, case: str | None, by: int) -> str | None:
        """The case `by` places further by deadline, from `case` or from the end; None when there is none."""
        everything = self.all_points()
        if not len(everything):
            return None
        order = by_deadline(everything.due_ms, everything.flags)
        at = [i for i, row in enumerate(order) if everything.ids[row] == case]
        if not at:
            return everything.ids[int(order[0 if by > 0 else -1])]
        return everything.ids[int(order[(at[0] + by) % len(order)])]


def no_points() -> Points:
    """A map without cases."""
    none = np.zeros(0, dtype=np.int64)
    return Points([], np.zeros(0), np.zeros(0), none, none, np.zeros(0, dtype=np.int8))


def _chosen(p: Points, rows: list[int]) -> Points:
    at = np.array(rows, dtype=np.int64)
    return Points([p.ids[i] for i in rows], p.lon[at], p.lat[at], p.due_ms[at], p.near_ms[at], p.flags[at])


def joined(a: Points, b: Points) -> Points:
    """Both, one after the other."""
    return Points(
        a.ids + b.ids,
        np.concatenate([a.lon, b.lon]),
        np.concatenate([a.lat, b.lat]),
        np.concatenate([a.due_ms, b.due_ms]),
        np.concatenate([a.near_ms, b.near_ms]),
        np.concatenate([a.flags, b.flags]),
    )
