"""Choosing several cases: what the keys and clicks of the table mean for the set of ids."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from console.ui.queue.chosen import MOST
from console.ui.queue.model import QueueModel
from console.ui.queue.reading import PageReader
from console.ui.queue.table import QueueTable


class Selecting(QObject):
    """Rows that are not on hand are read for their ids; whoever chooses on meanwhile is not overtaken."""

    def __init__(
        self,
        table: QueueTable,
        model: QueueModel,
        reader: PageReader,
        start: Callable[[Coroutine[Any, Any, Any]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._table, self._model, self._reader, self._start = table, model, reader, start
        self._base: tuple[str, ...] = ()  # what was chosen before this stretch
        self._turn = 0
        table.toggled.connect(self._toggle)
        table.reached.connect(self._reach)
        table.all_wanted.connect(self.choose_all)
        table.none_wanted.connect(self.clear)

    def choose_all(self) -> None:
        """Ctrl+A: the whole view in its order, as far as MOST goes."""
        self._turn += 1
        self._start(self._read((), 0, self._model.state.total - 1, 0, self._turn))

    def clear(self) -> None:
        """Esc."""
        self._turn += 1
        self._model.chosen.clear()

    def _toggle(self, row: int) -> None:
        self._turn += 1
        found = self._model.row(row)
        if found is not None:
            self._model.chosen.toggle(found.id)

    def _reach(self, anchor: int, row: int, new: bool) -> None:
        self._turn += 1
        if new:
            self._base = self._model.chosen.ids
        first, last = min(anchor, row), max(anchor, row)
        ids = self._model.state.ids(first, last) if last - first < MOST else None
        if ids is not None:
            self._model.chosen.put([*self._base, *ids])
        else:
            self._start(self._read(self._base, first, last, anchor, self._turn))

    async def _read(self, base: tuple[str, ...], first: int, last: int, anchor: int, turn: int) -> None:
        """Rows from `first` to `last`; where they are too many, those next to the anchor."""
        count, more = last - first + 1, 0
        if count > MOST:
            more, first = count - MOST, first if anchor == first else last - MOST + 1
        page = await self._reader.stretch(first, min(count, MOST))
        if turn == self._turn:
            self._model.chosen.put([*base, *(row.id for row in page.rows)], more)
