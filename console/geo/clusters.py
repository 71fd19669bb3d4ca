"""Many points seen as few bubbles, at any zoom, out of one sorting by Morton code."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from console.geo import morton
from console.geo.mercator import TILE_PX
from console.geo.states import PinState

MERGE_PX = 44  # no two bubbles come nearer than this
STATES = len(PinState)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Level:
    """The bubbles of one zoom, as parallel arrays; `shares[i, s]` counts the points in state `s`."""

    zoom: float
    x: Floats
    y: Floats
    count: Ints
    shares: Ints
    cell_edges: Ints  # where each cell begins in the sorted order, and the end
    owner: Ints  # bubble of each cell
    anchors: Ints  # the cell whose place each bubble keeps

    def __len__(self) -> int:
        return len(self.x)


class ClusterIndex:
    """Bubbles for points in world coordinates with `states` (PinState, or below 0 for points that are gone).

    The sorting happens once. Levels are computed on first use and kept; new states cost sums only.
    """

    def __init__(self, x: Floats, y: Floats, states: NDArray[np.int8]) -> None:
        code = morton.codes(x, y)
        self._order = np.argsort(code, kind="stable")
        self._code = code[self._order]
        self._x, self._y = x[self._order], y[self._order]
        self._levels: dict[float, Level] = {}
        self._stale: set[float] = set()
        self._place: Ints | None = None
        self._sum(states)

    def __len__(self) -> int:
        return len(self._order)

    def _sum(self, states: NDArray[np.int8]) -> None:
        sorted_states = states[self._order]
        alive = self._alive = sorted_states >= 0
        self._sum_x = _running(np.where(alive, self._x, 0.0))
        self._sum_y = _running(np.where(alive, self._y, 0.0))
        one_hot = sorted_states[:, None] == np.arange(STATES, dtype=np.int8)
        self._sum_states = np.zeros((len(states) + 1, STATES), dtype=np.int64)
        np.cumsum(one_hot, axis=0, out=self._sum_states[1:])

    def restate(self, states: NDArray[np.int8]) -> None:
        """Take new states for the same points. Bubbles keep their places; only their shares change."""
        self._sum(states)
        self._stale = set(self._levels)

    def _counted(self, level: Level) -> Level:
        shares = _gather(self._cell_shares(level.cell_edges), level.owner, len(level))
        return replace(level, count=shares.sum(axis=1), shares=shares)

    def level(self, zoom: float) -> Level:
        """The bubbles at a zoom: middles at least `MERGE_PX` apart, every point in exactly one."""
        found = self._levels.get(zoom)
        if found is None:
            found = self._levels[zoom] = self._build(zoom)
        elif zoom in self._stale:
            found = self._levels[zoom] = self._counted(found)
            self._stale.discard(zoom)
        return found

    def _build(self, zoom: float) -> Level:
        bits = min(int(np.floor(zoom)) + 4, morton.BITS)
        cells = morton.prefix(self._code, bits)
        starts = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]]) if len(cells) else np.zeros(0, np.int64)
        edges = np.r_[starts, len(cells)].astype(np.int64)
        shares = self._cell_shares(edges)
        count = shares.sum(axis=1)
        weight = np.maximum(count, 1)
        x = np.where(count > 0, np.diff(self._sum_x[edges]) / weight, self._x[edges[:-1]])
        y = np.where(count > 0, np.diff(self._sum_y[edges]) / weight, self._y[edges[:-1]])
        owner, anchors = merge_near(x, y, count, MERGE_PX / (TILE_PX * 2.0**zoom))
        merged = _gather(shares, owner, len(anchors))
        return Level(zoom, x[anchors], y[anchors], merged.sum(axis=1), merged, edges, owner, anchors)

    def _cell_shares(self, edges: Ints) -> Ints:
        return np.diff(self._sum_states[edges], axis=0)

    def members(self, zoom: float, bubble: int) -> Ints:
        """Indices of the points (as given to the constructor) that a bubble of a zoom stands for."""
        level = self.level(zoom)
        cells = np.flatnonzero(level.owner == bubble)
        runs = [self._order[level.cell_edges[c] : level.cell_edges[c + 1]] for c in cells]
        return np.concatenate(runs) if runs else np.zeros(0, np.int64)

    def lone_points(self, level: Level, bubbles: Ints) -> Ints:
        """The one point that each of these bubbles, which count one, stands for."""
        cells = level.anchors[bubbles]
        first = level.cell_edges[cells]
        found = self._order[first]
        plain = (level.cell_edges[cells + 1] - first == 1) & self._alive[first]
        for i in np.flatnonzero(~plain):  # others of its cells are gone
            rows = self.members(level.zoom, int(bubbles[i]))
            found[i] = next(r for r in rows if self._alive[self._where(int(r))])
        return found

    def _where(self, point: int) -> int:
        if self._place is None:
            self._place = np.empty(len(self._order), dtype=np.int64)
            self._place[self._order] = np.arange(len(self._order))
        return int(self._place[point])

    def bubble_of(self, zoom: float, point: int) -> int:
        """The bubble of a zoom that holds a point."""
        level = self.level(zoom)
        cell = np.searchsorted(level.cell_edges, self._where(point), side="right") - 1
        return int(level.owner[cell])


def _running(values: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(values)))


def _gather(shares: Ints, owner: Ints, bubbles: int) -> Ints:
    columns = [np.bincount(owner, weights=shares[:, s], minlength=bubbles) for s in range(STATES)]
    return np.stack(columns, axis=1).astype(np.int64) if bubbles else np.zeros((0, STATES), np.int64)


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
