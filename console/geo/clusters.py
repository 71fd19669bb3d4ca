"""Many points seen as few bubbles, at any zoom, out of one sorting by Morton code."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.geo import morton
from console.geo.mercator import TILE_PX
from console.geo.states import PinState

MERGE_PX = 44  # no two bubbles come nearer than this
STATES = len(PinState)
KEPT_CELLS = 2_000_000  # of all kept levels together: some 100 MB at the most
COARSE_CELLS = 20_000  # a level of fewer is always kept

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Counts = NDArray[np.int32]


@dataclass(frozen=True)
class Level:
    """The bubbles of one zoom, as parallel arrays; `shares[i, s]` counts the points in state `s`."""

    zoom: float
    x: Floats
    y: Floats
    count: Counts
    shares: Counts
    cell_edges: Counts  # where each cell begins in the sorted order, and the end
    owner: Counts  # bubble of each cell
    anchors: Counts  # the cell whose place each bubble keeps
    by_x: Counts  # bubbles from west to east
    sorted_x: Floats

    def __len__(self) -> int:
        return len(self.x)

    def within(self, west: float, north: float, east: float, south: float) -> Ints:
        """The bubbles of a world box that stand for something, without looking at all the others."""
        first, last = np.searchsorted(self.sorted_x, (west, east))
        found = self.by_x[first:last]
        y = self.y[found]
        hit = (y > north) & (y < south) & (self.count[found] > 0)
        return np.sort(found[hit]).astype(np.int64)


class ClusterIndex:
    """Bubbles for points in world coordinates with `states` (PinState, or below 0 for points that are gone).

    The sorting happens once. Levels are kept while there is room for them; a point's new state is
    counted over in each of them, at a cost that does not depend on how many points there are.
    """

    def __init__(self, x: Floats, y: Floats, states: NDArray[np.int8]) -> None:
        code = morton.codes(x, y)
        self._order = np.argsort(code, kind="stable")
        self._code = code[self._order]
        self._x, self._y = x[self._order], y[self._order]
        self._where = np.empty(len(x), dtype=np.int32)
        self._where[self._order] = np.arange(len(x), dtype=np.int32)
        self._states = states[self._order]
        self._levels: OrderedDict[float, Level] = OrderedDict()

    def __len__(self) -> int:
        return len(self._order)

    # -- states -------------------------------------------------------------------------------------

    def restate(self, states: NDArray[np.int8]) -> None:
        """Take new states for the same points. Bubbles keep their places; only their shares change."""
        fresh = states[self._order]
        at = np.flatnonzero(fresh != self._states)
        self._count_over(at, fresh[at])

    def change(self, points: Ints, states: NDArray[np.int8]) -> None:
        """Take new states of these points, each named once."""
        at = self._where[points].astype(np.int64)
        differs = self._states[at] != states
        self._count_over(at[differs], states[differs])

    def _count_over(self, at: Ints, fresh: NDArray[np.int8]) -> None:
        if len(at):
            for level in self._levels.values():
                _move(level, at, self._states[at], fresh)
            self._states[at] = fresh

    def states_now(self) -> NDArray[np.int8]:
        """The states in sorted order as they are now, for a level that another thread builds."""
        return self._states.copy()

    # -- levels -------------------------------------------------------------------------------------

    def level(self, zoom: float) -> Level:
        """The bubbles at a zoom: middles at least `MERGE_PX` apart, every point in exactly one."""
        found = self.kept(zoom)
        if found is None:
            states = self.states_now()
            found = self.keep(self.build(zoom, states), states)
        return found

    def kept(self, zoom: float) -> Level | None:
        """The bubbles at a zoom, if they are here."""
        found = self._levels.get(zoom)
        if found is not None:
            self._levels.move_to_end(zoom)
        return found

    def nearest(self, zoom: float) -> Level | None:
        """What stands in for a zoom that is not here: the next coarser one, else the next finer one."""
        coarser = [z for z in self._levels if z <= zoom]
        finer = [z for z in self._levels if z > zoom]
        at = max(coarser) if coarser else min(finer, default=None)
        return None if at is None else self._levels[at]

    def keep(self, level: Level, states: NDArray[np.int8]) -> Level:
        """Keep a level that was built from `states`; what changed since is counted over."""
        at = np.flatnonzero(states != self._states)
        if len(at):
            _move(level, at, states[at], self._states[at])
        self._levels[level.zoom] = level
        self._levels.move_to_end(level.zoom)
        for zoom in list(self._levels)[:-1]:  # the one not looked at for longest first
            if not self.room_for(0) and len(self._levels[zoom].owner) > COARSE_CELLS:
                del self._levels[zoom]
        return level

    def room_for(self, cells: int) -> bool:
        """Whether a level of so many cells would push out no other one."""
        return cells + sum(len(level.owner) for level in self._levels.values()) <= KEPT_CELLS

    def build(self, zoom: float, states: NDArray[np.int8]) -> Level:
        """A level from the states of a moment. Touches nothing that changes: any thread may call it."""
        bits = min(int(np.floor(zoom)) + 4, morton.BITS)
        starts = _begins(morton.prefix(self._code, bits))
        edges = np.append(starts, len(self._code)).astype(np.int32)
        alive = states >= 0
        count = _sums(alive.astype(np.float64), starts)
        weight = np.maximum(count, 1)
        x = np.where(count > 0, _sums(np.where(alive, self._x, 0.0), starts) / weight, self._x[starts])
        y = np.where(count > 0, _sums(np.where(alive, self._y, 0.0), starts) / weight, self._y[starts])
        owner, anchors = merge_near(x, y, count.astype(np.int64), MERGE_PX / (TILE_PX * 2.0**zoom))
        shares = _shares(np.repeat(owner, np.diff(edges)), states, len(anchors))
        by_x = np.argsort(x[anchors], kind="stable")
        return Level(
            zoom,
            x[anchors],
            y[anchors],
            shares.sum(axis=1, dtype=np.int32),
            shares,
            edges,
            owner.astype(np.int32),
            anchors.astype(np.int32),
            by_x.astype(np.int32),
            x[anchors][by_x],
        )

    # -- points of bubbles --------------------------------------------------------------------------

    def members(self, level: Level, bubble: int) -> Ints:
        """Indices of the points (as given to the constructor) that a bubble stands for."""
        cells = np.flatnonzero(level.owner == bubble)
        runs = [self._order[level.cell_edges[c] : level.cell_edges[c + 1]] for c in cells]
        return np.concatenate(runs) if runs else np.zeros(0, np.int64)

    def lone_points(self, level: Level, bubbles: Ints) -> Ints:
        """The one point that each of these bubbles, which count one, stands for."""
        cells = level.anchors[bubbles]
        first = level.cell_edges[cells]
        found = self._order[first]
        plain = (level.cell_edges[cells + 1] - first == 1) & (self._states[first] >= 0)
        for i in np.flatnonzero(~plain):  # others of its cells are gone
            rows = self.members(level, int(bubbles[i]))
            found[i] = rows[self._states[self._where[rows]] >= 0][0]
        return found

    def bubble_of(self, level: Level, point: int) -> int:
        """The bubble of a level that holds a point."""
        cell = np.searchsorted(level.cell_edges, self._where[point], side="right") - 1
        return int(level.owner[cell])


def _move(level: Level, at: Ints, old: NDArray[np.int8], new: NDArray[np.int8]) -> None:
    """Count points (places in the sorted order) under their new states."""
    bubble = level.owner[np.searchsorted(level.cell_edges, at, side="right") - 1]
    was, comes = old >= 0, new >= 0
    np.subtract.at(level.shares, (bubble[was], old[was]), 1)
    np.subtract.at(level.count, bubble[was], 1)
    np.add.at(level.shares, (bubble[comes], new[comes]), 1)
    np.add.at(level.count, bubble[comes], 1)


def _begins(cells: Ints) -> Ints:
    """Where each run of equal cells begins."""
    if not len(cells):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))


def _sums(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def _shares(owner: Ints, states: NDArray[np.int8], bubbles: int) -> Counts:
    """Points by bubble and state; `owner`: the bubble of each point."""
    alive = states >= 0
    found = np.bincount(owner[alive] * STATES + states[alive], minlength=bubbles * STATES)
    return found.reshape(bubbles, STATES).astype(np.int32)


def merge_near(x: Floats, y: Floats, count: Ints, radius: float) -> tuple[Ints, Ints]:
    """Greedy merging, biggest first: who is nearer than `radius` to a bigger one joins it.

    Returns for each cell the number of its bubble, and for each bubble the cell whose place it keeps.
    Done in rounds in which every cell that beats all its free neighbours settles at once: the outcome is
    that of the loop over one cell after the other, without the loop.
    """
    n = len(x)
    rank = np.empty(n, dtype=np.int64)
    rank[np.lexsort((np.arange(n), -count))] = np.arange(n)
    a, b = near_pairs(x, y, radius)
    a, b = np.where(rank[a] < rank[b], a, b), np.where(rank[a] < rank[b], b, a)  # a is the bigger one
    taken = _taken(n, a, b)
    keep = ~taken[a] & taken[b]
    anchors = np.flatnonzero(~taken)
    number = np.full(n, -1, dtype=np.int64)
    number[anchors] = np.arange(len(anchors))
    return number[_joined(n, a[keep], b[keep], rank)], anchors


def _taken(n: int, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Which of `n` cells join another one; each `a` is the bigger one of its pair."""
    taken = np.zeros(n, dtype=bool)
    while len(a):
        beaten = np.zeros(n, dtype=bool)
        beaten[b] = True
        taken[b[~beaten[a]]] = True  # a free cell that no free neighbour beats keeps its place
        free = ~(taken[a] | taken[b])
        a, b = a[free], b[free]
    return taken


def _joined(n: int, a: Ints, b: Ints, rank: Ints) -> Ints:
    """For each cell the one it joins: of the settled ones near it the biggest, else itself."""
    joined = np.arange(n)
    order = np.argsort(-rank[a], kind="stable")  # the biggest is written last and stays
    joined[b[order]] = a[order]
    return joined


def near_pairs(x: Floats, y: Floats, radius: float) -> tuple[Ints, Ints]:
    """Each pair of points nearer than `radius`, once, as two index arrays."""
    if len(x) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    column = np.floor((x - x.min()) / radius).astype(np.int64) + 1
    row = np.floor((y - y.min()) / radius).astype(np.int64) + 1
    wide = int(column.max()) + 2
    bucket = row * wide + column
    order = np.argsort(bucket, kind="stable")
    held = bucket[order]
    found = [_pairs_at(order, held, offset) for offset in (0, 1, wide - 1, wide, wide + 1)]
    a = np.concatenate([p[0] for p in found])
    b = np.concatenate([p[1] for p in found])
    near = (x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2 < radius * radius
    return a[near], b[near]


def _pairs_at(order: Ints, held: Ints, offset: int) -> tuple[Ints, Ints]:
    """Pairs of a point and each one in the bucket `offset` further (in its own: those after it)."""
    n = len(order)
    start = np.arange(1, n + 1) if offset == 0 else np.searchsorted(held, held + offset, side="left")
    end = np.searchsorted(held, held + offset, side="right")
    many = np.maximum(end - start, 0)
    first = np.repeat(np.arange(n), many)
    step = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
    return order[first], order[np.repeat(start, many) + step]
