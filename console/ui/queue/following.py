"""The queue after the feed: what changed is remembered, and read soon, in bursts."""

import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.changes import Cause, Changes
from console.desk.rows import Filter, QueueRow, View
from console.ui.queue.model import QueueModel

APPLY_MS = 250  # bursts of changes are read at most this often
MANY = 400  # more changed cases at once than this are not read one by one


class RowDesk(Protocol):
    """What following asks of the desk."""

    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def among(self, view: View, filter: Filter, ids: Sequence[str]) -> frozenset[str]: ...


class Following(QObject):
    """`counted`: counts may be others now; `told`: what waits may be something else; `stale`: the list wants
    reading anew, and nobody is in it."""

    counted = Signal()
    told = Signal()
    stale = Signal()

    def __init__(
        self,
        desk: RowDesk,
        model: QueueModel,
        start: Callable[[Coroutine[Any, Any, Any]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._model, self._start = desk, model, start
        self._pending: set[str] = set()
        self._added: set[str] = set()
        self._here: set[str] = set()
        self._fresh = False
        self._last = 0.0
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self._apply)

    @property
    def waits(self) -> bool:
        """Whether something was heard that is not read yet."""
        return self._flush.isActive()

    def hear(self, changes: Changes) -> None:
        """Changes of the desk."""
        self._model.show_present(changes.presence)
        self._fresh = self._fresh or changes.filled
        self._pending |= changes.cases
        self._added |= changes.added
        if changes.cause is Cause.HERE:
            self._here |= changes.cases
        if not (changes.cases or changes.filled) or self._flush.isActive():
            return
        waited = (time.monotonic() - self._last) * 1000
        self._flush.start(0 if waited >= APPLY_MS else APPLY_MS)

    def _apply(self) -> None:
        self._last = time.monotonic()
        cases, added = self._pending, frozenset(self._added)
        here, fresh = frozenset(self._here), self._fresh
        self._pending, self._added, self._here, self._fresh = set(), set(), set(), False
        self.counted.emit()
        state = self._model.state
        if fresh and (not state.touched or not state.total):
            self.stale.emit()
        elif cases:
            self._start(self._read(cases, added, here))

    async def _read(self, cases: set[str], added: frozenset[str], here: frozenset[str]) -> None:
        state = self._model.state
        known, generation = state.known(cases), state.generation
        others = cases - known
        state.moved = state.moved or len(others) > MANY
        others = others if len(others) <= MANY else set()
        rows = await self._desk.rows(sorted(known | others))
        if others and state.filtered:  # the index knows what no row tells
            others = set(await self._desk.among(state.view, state.filter, sorted(others)))
        if generation != state.generation:
            self._pending |= cases
            self._flush.start(APPLY_MS)
            return
        self._model.update([rows[case] for case in known if case in rows], quiet=here)
        state.arrive((rows[case] for case in others if case in rows), added, self._model.now())
        self.told.emit()
        if state.held and not state.total:
            self.stale.emit()
