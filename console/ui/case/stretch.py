"""A stretch of the timeline that is built a row at a time, so that no frame waits for all of them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.case.event_row import EventRow, Item
from console.ui.theme import Theme

SPARE = 60  # rows that are kept for the next case


class Stretch(QWidget):
    """`upward`: the newest row is built first, for what comes above something that is looked at."""

    def __init__(self, theme: Theme, parent: QWidget, *, upward: bool = False) -> None:
        super().__init__(parent)
        self._theme, self.upward = theme, upward
        self.items: list[Item] = []
        self.rows: list[EventRow] = []  # as they stand; those past `built` are hidden
        self.built = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_items(self, items: Sequence[Item]) -> None:
        """Other items: rows of the same events are filled at once, all others by `build`."""
        self.items = list(items)
        first = len(self.items) - self.built if self.upward else 0
        same = 0
        for row, item in zip(self.rows[: self.built], self.items[max(first, 0) :], strict=False):
            if row.item is None or row.item.id != item.id:
                break
            row.fill(item)
            same += 1
        for row in self.rows[same : self.built]:
            row.hide()
        self.built = same

    def build(self, rows: int) -> None:
        """Up to so many rows more, laid out once behind them: each that is shown would lay out all around
        it."""
        self._column.setEnabled(False)
        for _ in range(min(rows, self.left)):
            self._step()
        self._column.setEnabled(True)
        self._column.activate()

    @property
    def left(self) -> int:
        """Rows that are still to be built."""
        return len(self.items) - self.built

    def _step(self) -> None:
        if self.upward:
            row = EventRow(self._theme, self)
            row.fill(self.items[len(self.items) - self.built - 1])
            self.rows.insert(0, row)
            self._column.insertWidget(0, row)
        else:
            row = self._next()
            row.fill(self.items[self.built])
        row.show()
        self.built += 1

    def _next(self) -> EventRow:
        if self.built == len(self.rows):
            row = EventRow(self._theme, self)
            self.rows.append(row)
            self._column.addWidget(row)
        return self.rows[self.built]

    def surplus(self) -> list[EventRow]:
        """Rows to be thrown away: those hidden ones that no case of usual length needs."""
        keep = max(self.built, len(self.items), SPARE)
        gone, self.rows = self.rows[keep:], self.rows[:keep]
        return gone

    def show_first_day(self, shown: bool) -> None:
        """Whether the day stands above the first row."""
        if self.rows and self.built:
            self.rows[0].show_day(shown)
