"""Keeps the map fed: all open cases once, then those that changed, at most twice a second."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer

from console.desk.changes import Changes
from console.desk.rows import DistrictRow, Points, QueueRow
from console.domain.case import Status
from console.domain.reference import Reference
from console.ui.map.map_pane import MapPane
from console.ui.memory import Memory
from console.ui.parts.time_text import local
from console.ui.queue.queue_room import Clock
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks

BATCH_MS = 500
BOARD_MS = 30_000  # the table's figures drift with time, too


class MapDesk(Protocol):
    """What the map asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    async def points(self) -> Points: ...
    async def districts(self) -> tuple[DistrictRow, ...]: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...


class MapFeeder(QObject):
    """`start` reads everything; the feed does the rest."""

    def __init__(
        self, pane: MapPane, signals: DeskSignals, desk: MapDesk, tasks: Tasks, memory: Memory
    ) -> None:
        super().__init__(pane)
        self._pane, self._desk, self._tasks = pane, desk, tasks
        self._cases: set[str] = set()
        self._whole = False
        pane.set_follow(memory.text("map.follow", "no") == "yes")
        pane.follow_changed.connect(lambda on: memory.keep("map.follow", "yes" if on else "no"))
        self._batch = QTimer(self)
        self._batch.setSingleShot(True)
        self._batch.setInterval(BATCH_MS)
        self._batch.timeout.connect(lambda: self._tasks.start(self._take()))
        self._board = QTimer(self)
        self._board.setInterval(BOARD_MS)
        self._board.timeout.connect(self._tick)
        signals.changed.connect(self.on_changes)

    def start(self) -> None:
        """Read boundaries, points and figures."""
        self._show_reference()
        self._whole = True
        self._tasks.start(self._take())
        self._board.start()

    def _show_reference(self) -> None:
        self._pane.set_reference(self._desk.reference, local(self._desk.clock.now()).date())

    def on_changes(self, changes: Changes) -> None:
        """Remember what changed; it is read with the next batch."""
        if changes.reference:
            self._show_reference()
        self._whole = self._whole or changes.filled
        self._cases |= changes.cases
        if (self._cases or self._whole) and not self._batch.isActive():
            self._batch.start()

    async def _take(self) -> None:
        cases, whole = self._cases, self._whole
        self._cases, self._whole = set(), False
        now = self._desk.clock.now()
        rows = {} if whole else await self._desk.rows(sorted(cases))
        placed = [row for row in rows.values() if row.status.is_open]
        if whole or any(row.lon is None or row.lat is None for row in placed):
            self._pane.set_points(await self._desk.points(), now)
        else:
            gone = [case for case in cases if case not in rows or not rows[case].status.is_open]
            self._pane.update_points(points_of(placed), gone, now)
        self._pane.set_districts(await self._desk.districts())

    def _tick(self) -> None:
        self._pane.tick(self._desk.clock.now())
        self._tasks.start(self._figures())

    async def _figures(self) -> None:
        self._pane.set_districts(await self._desk.districts())


def points_of(rows: Sequence[QueueRow]) -> Points:
    """The map's arrays of rows that all have a point."""
    return Points(
        ids=[row.id for row in rows],
        lon=np.array([row.lon for row in rows], dtype=np.float64),
        lat=np.array([row.lat for row in rows], dtype=np.float64),
        due_ms=np.array([_ms(row.due) for row in rows], dtype=np.int64),
        near_ms=np.array([_ms(row.near) for row in rows], dtype=np.int64),
        flags=np.array([_flags(row) for row in rows], dtype=np.int8),
    )


def _ms(at: datetime | None) -> int:
    return 0 if at is None else int(at.timestamp() * 1000)


def _flags(row: QueueRow) -> int:
    return (row.status is Status.NEW) * 1 + row.resting * 2
