"""The cases of the map as arrays: where they are, how they stand at a moment, which are seen as one."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from console.desk.rows import Points
from console.geo.case_names import CaseNames, as_bytes
from console.geo.clusters import ClusterIndex, Level
from console.geo.lasso import Mask, caught
from console.geo.mercator import Window, to_world
from console.geo.states import ABOUT_HERE, GONE, PinState, by_deadline, deadline_keys, next_change, pin_states

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Board:
    """Sorted points and a small unsorted tail of what came since. Times are milliseconds UTC.

    Making one sorts, which takes half a second for a million points: another thread's work. Every change
    afterwards costs what it changes, however many points there are.
    """

    def __init__(self, points: Points | None = None, now_ms: int = 0) -> None:
        points = points if points is not None else no_points()
        self.now_ms = now_ms
        self.lon, self.lat, self.names = points.lon, points.lat, CaseNames.of(points.ids)
        self.due_ms, self.near_ms = points.due_ms.copy(), points.near_ms.copy()  # they change in place
        self.flags = points.flags.copy()
        self.x, self.y = to_world(points.lon, points.lat)
        self.states = pin_states(self.due_ms, self.near_ms, self.flags, now_ms)
        self._next = next_change(self.due_ms, self.near_ms, self.flags, now_ms)
        self.index = ClusterIndex(self.x, self.y, self.states)
        self._gone: set[int] = set()  # rows
        self.tail: dict[str, int] = {}
        self._late = no_points()

    def __len__(self) -> int:
        return len(self.names) - len(self._gone) + len(self.tail)

    # -- changes ------------------------------------------------------------------------------------

    def tick(self, now_ms: int) -> bool:
        """Take a new now; True when a state changed by it."""
        back = now_ms < self.now_ms
        self.now_ms = now_ms
        rows = np.arange(len(self.states)) if back else np.flatnonzero(self._next <= now_ms)
        return self._restate(rows)

    def _restate(self, rows: Ints) -> bool:
        """Look at these rows anew; True when one has another state."""
        due, near, flags = self.due_ms[rows], self.near_ms[rows], self.flags[rows]
        fresh = pin_states(due, near, flags, self.now_ms)
        if self._gone:
            fresh[np.isin(rows, np.fromiter(self._gone, np.int64))] = GONE
        self._next[rows] = next_change(due, near, flags, self.now_ms)
        changed = not np.array_equal(fresh, self.states[rows])
        self.states[rows] = fresh
        self.index.change(rows, fresh)
        return changed

    def update(self, changed: Points, gone: Iterable[str] = ()) -> None:
        """Take a few cases that are new or changed, and forget some, without sorting anew.

        A case that stands where it stood changes its state in place; a new or moved one waits in the tail.
        """
        touched = {row for case in gone if (row := self._forget(case)) is not None}
        stay = []
        for i, case in enumerate(changed.ids):
            row = self._settled(changed, i)
            if row is None:
                stay.append(i)
                row = self._forget(case)
            if row is not None:
                touched.add(row)
        if stay:
            keep = [i for i, case in enumerate(self._late.ids) if case in self.tail]
            self._late = joined(chosen(self._late, np.array(keep, np.int64)), chosen(changed, np.array(stay)))
            self.tail = {case: i for i, case in enumerate(self._late.ids)}
        self._restate(np.array(sorted(touched), dtype=np.int64))

    def _forget(self, case: str) -> int | None:
        """Its row, when it was among the sorted ones."""
        self.tail.pop(case, None)
        row = self.names.row(case)
        if row is not None:
            self._gone.add(row)
        return row

    def _settled(self, changed: Points, i: int) -> int | None:
        row = self._row(changed.ids[i])
        if row is None or self.lon[row] != changed.lon[i] or self.lat[row] != changed.lat[i]:
            return None
        self.due_ms[row], self.near_ms[row] = changed.due_ms[i], changed.near_ms[i]
        self.flags[row] = changed.flags[i]
        return row

    @property
    def unsorted(self) -> bool:
        """Whether a new sorting would change what is seen."""
        return bool(self.tail) or bool(self._gone)

    def settling(self) -> Callable[[], "Board"]:
        """What makes another board of the same cases, with the tail sorted in and without what is gone.

        It may be called in another thread. Changes that come here meanwhile are to be told to the other one.
        """
        gone, late, now_ms = list(self._gone), self.tail_points(), self.now_ms
        return lambda: Board(self._all_points(gone, late), now_ms)

    def _all_points(self, gone: list[int], late: Points) -> Points:
        keep = np.ones(len(self.names), dtype=bool)
        keep[gone] = False
        return Points(
            CaseNames(np.concatenate([self.names.names[keep], as_bytes(late.ids)])),
            np.concatenate([self.lon[keep], late.lon]),
            np.concatenate([self.lat[keep], late.lat]),
            np.concatenate([self.due_ms[keep], late.due_ms]),
            np.concatenate([self.near_ms[keep], late.near_ms]),
            np.concatenate([self.flags[keep], late.flags]),
        )

    def settled(self) -> "Board":
        """That other board, made at once."""
        return self.settling()()

    # -- single cases -------------------------------------------------------------------------------

    def tail_points(self) -> Points:
        """The cases that wait for the next sorting."""
        return chosen(self._late, np.array(sorted(self.tail.values()), dtype=np.int64))

    def tail_states(self) -> tuple[Floats, Floats, NDArray[np.int8], NDArray[np.int8], Sequence[str]]:
        """World x, world y, states, flags and ids of the tail."""
        p = self.tail_points()
        x, y = to_world(p.lon, p.lat)
        return x, y, pin_states(p.due_ms, p.near_ms, p.flags, self.now_ms), p.flags, p.ids

    def _row(self, case: str) -> int | None:
        """The row of a case that stands among the sorted ones."""
        row = self.names.row(case)
        return None if row is None or row in self._gone else row

    def place(self, case: str) -> tuple[float, float] | None:
        """World point of a case, or None when it is not on the map."""
        if case in self.tail:
            i = self.tail[case]
            x, y = to_world(self._late.lon[i : i + 1], self._late.lat[i : i + 1])
            return float(x[0]), float(y[0])
        row = self._row(case)
        return None if row is None else (float(self.x[row]), float(self.y[row]))

    def look(self, case: str) -> tuple[int, bool] | None:
        """State of a case and whether it stands only about here; None when it is not on the map."""
        if case in self.tail:
            one = chosen(self._late, np.array([self.tail[case]]))
            state = pin_states(one.due_ms, one.near_ms, one.flags, self.now_ms)
            return int(state[0]), bool(one.flags[0] & ABOUT_HERE)
        row = self._row(case)
        return None if row is None else (int(self.states[row]), bool(self.flags[row] & ABOUT_HERE))

    def case_at(self, row: int) -> str:
        """The id of a sorted point."""
        return self.names[row]

    # -- bubbles ------------------------------------------------------------------------------------

    def level(self, zoom: float) -> Level:
        """The bubbles of a zoom."""
        return self.index.level(zoom)

    def bubble_of(self, level: Level, case: str) -> int | None:
        """The bubble that holds a case, None for one in the tail or not on the map."""
        row = self._row(case)
        return None if row is None else self.index.bubble_of(level, row)

    def members(self, level: Level, bubble: int) -> Ints:
        """Rows of the points in a bubble, in no order."""
        rows = self.index.members(level, bubble)
        return rows[self.states[rows] >= 0]

    def by_deadline(self, rows: Ints) -> list[str]:
        """The cases of rows, nearest deadline first."""
        rows = np.sort(rows)
        return self.names.chosen(rows[by_deadline(self.due_ms[rows], self.flags[rows])])

    def caught(self, mask: Mask, window: Window) -> list[str]:
        """The cases whose place is set in a mask of the window's pixels, nearest deadline first."""
        rows = caught(mask, window, self.x, self.y)
        late = self.tail_points()
        others = caught(mask, window, *to_world(late.lon, late.lat))
        return self.by_deadline(rows[self.states[rows] >= 0]) + list(chosen(late, others).ids)

    def counts(self) -> NDArray[np.int64]:
        """Cases by state."""
        there = np.concatenate([self.states[self.states >= 0], self.tail_states()[2]])
        return np.bincount(there, minlength=len(PinState))

    def step(self, case: str | None, by: int) -> str | None:
        """The next case by deadline, or the one before it, from `case` or from the end; None without any."""
        late = self.tail_points()
        keys = np.concatenate(
            [deadline_keys(self.due_ms, self.flags), deadline_keys(late.due_ms, late.flags)]
        )
        there = np.concatenate([self.states >= 0, np.ones(len(late), dtype=bool)])
        if not there.any():
            return None
        found = _beside(keys, there, self._place_of(case), by > 0)
        return self.names[found] if found < len(self.names) else late.ids[found - len(self.names)]

    def _place_of(self, case: str | None) -> int | None:
        """Where a case stands among sorted ones and tail."""
        if case is None:
            return None
        if case in self.tail:
            return len(self.names) + sorted(self.tail.values()).index(self.tail[case])
        return self._row(case)


def _beside(keys: Ints, there: NDArray[np.bool_], at: int | None, after: bool) -> int:
    """The index that follows or precedes `at` by key, then by index, going round."""
    index = np.arange(len(keys))
    if at is not None:
        tie = index > at if after else index < at
        further = (keys > keys[at] if after else keys < keys[at]) | ((keys == keys[at]) & tie)
        if (further & there).any():
            there = further & there
    rows = np.flatnonzero(there)
    wanted = keys[rows].min() if after else keys[rows].max()
    equal = rows[keys[rows] == wanted]
    return int(equal[0] if after else equal[-1])


def no_points() -> Points:
    """A map without cases."""
    none = np.zeros(0, dtype=np.int64)
    return Points([], np.zeros(0), np.zeros(0), none, none, np.zeros(0, dtype=np.int8))


def chosen(p: Points, at: Ints) -> Points:
    """Some of the points, by index."""
    ids = p.ids.chosen(at) if isinstance(p.ids, CaseNames) else [p.ids[i] for i in at.tolist()]
    return Points(ids, p.lon[at], p.lat[at], p.due_ms[at], p.near_ms[at], p.flags[at])


def joined(a: Points, b: Points) -> Points:
    """Both, one after the other."""
    return Points(
        [*a.ids, *b.ids],
        np.concatenate([a.lon, b.lon]),
        np.concatenate([a.lat, b.lat]),
        np.concatenate([a.due_ms, b.due_ms]),
        np.concatenate([a.near_ms, b.near_ms]),
        np.concatenate([a.flags, b.flags]),
    )
