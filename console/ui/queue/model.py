"""The queue as a Qt table: pages come as they are looked at, text changes in place with a short tint."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from console.desk.presence import Present
from console.desk.rows import Page, QueueRow
from console.ui.parts.chip import status_text
from console.ui.parts.present_text import open_text
from console.ui.parts.text import tip
from console.ui.parts.time_text import due_of
from console.ui.parts.urgency_mark import urgency_text
from console.ui.queue.cells import Words
from console.ui.queue.chosen import Chosen
from console.ui.queue.columns import ALL, CONTENT, DUE, NUMBER, STATUS
from console.ui.queue.state import COLUMNS, PAGE, QueueState
from console.ui.words import t

Index = QModelIndex | QPersistentModelIndex
TINT = timedelta(milliseconds=1500)
ROW = Qt.ItemDataRole.UserRole
TINTED = Qt.ItemDataRole.UserRole + 1
DEPARTED = Qt.ItemDataRole.UserRole + 2
PRESENT = Qt.ItemDataRole.UserRole + 3  # colleagues who have it open
CHOSEN = Qt.ItemDataRole.UserRole + 4  # among those that are acted on together


Presents = tuple[Present, ...]


def _nobody(case: str) -> Presents:
    return ()


def sentence(row: QueueRow, now: datetime, present: Presents = ()) -> str:
    """The whole row, as a screen reader says it."""
    parts = [urgency_text(row.urgency), row.title, row.place, status_text(row.display_status)]
    if row.lead_name:
        parts[-1] += f", {row.lead_name}"
    parts.append(due_of(row, now).text)
    if row.attention:
        parts.append(t("queue.row.attention"))
    elif row.waiting:
        parts.append(t("queue.row.waiting"))
    parts.append(open_text(present))
    return ". ".join(part.rstrip(".…") for part in parts if part) + "."


class QueueModel(QAbstractTableModel):
    """`wanted(page)` asks the room for a page; the state is the truth, this only speaks Qt."""

    wanted = Signal(int)

    def __init__(
        self,
        state: QueueState,
        now: Callable[[], datetime],
        parent: QObject | None = None,
        present: Callable[[str], Presents] = _nobody,
    ) -> None:
        super().__init__(parent)
        self.state = state
        self.now = now
        self._present = present
        self.chosen = Chosen(self)
        self.words = Words()
        self.ordered: Callable[[int], str] = lambda _column: ""  # how a column is in order, in words
        self._tints: dict[tuple[str, int], int] = {}
        self._rows = 0
        self._asking: set[int] = set()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._rows:
            return None
        row = self.row(index.row())
        if row is None:
            return t("queue.loading") if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == ROW:
            return row
        if role == TINTED:
            return self.tinted(row.id, index.column())
        if role == DEPARTED:
            return row.id in self.state.departed
        if role == PRESENT:
            return self._present(row.id)
        if role == CHOSEN:
            return row.id in self.chosen
        return self._words(row, index.column(), role)

    def _words(self, row: QueueRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and column == NUMBER:
            chosen = f" {t('queue.chosen')}." if row.id in self.chosen else ""
            return f"{row.number}. {sentence(row, self.now(), self._present(row.id))}{chosen}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._hint(row, column))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._hint(row, column)
        return None

    def _cell(self, row: QueueRow, column: int) -> str:
        return self.words.cell(row, column, self.now())

    def _hint(self, row: QueueRow, column: int) -> str:
        if column == DUE:
            return due_of(row, self.now()).exact
        if column == STATUS:
            return f"{status_text(row.display_status)}\n{row.lead_name or t('queue.unassigned')}"
        if column == CONTENT:
            return "\n".join(filter(None, (row.title, row.place, open_text(self._present(row.id)))))
        if column != NUMBER:
            return self.words.hint(row, column)
        states = [urgency_text(row.urgency), t(f"channel.{row.channel.value}")]
        if row.attention or row.waiting:
            states.append(t("queue.row.attention" if row.attention else "queue.row.waiting"))
        return f"{row.number}\n{' · '.join(states)}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return t(ALL[section].head)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (t(ALL[section].head), self.ordered(section))))
        return None

    def tinted(self, case: str, column: int) -> bool:
        """Whether a cell has just changed."""
        return (case, column) in self._tints

    def present(self, case: str) -> Presents:
        """Colleagues who have it open."""
        return self._present(case)

    def row(self, index: int) -> QueueRow | None:
        """The row at this place; asks for its page when it is not here."""
        found = self.state.row(index)
        if found is None:
            page = self.state.wanted(index)
            if page is not None:
                # not from inside a paint: the room answers when the loop comes round
                QTimer.singleShot(0, self, lambda: self.wanted.emit(page))
        return found

    def look_ahead(self, first: int, last: int) -> None:
        """These rows are in sight: the pages before and behind them will be."""
        for index in (last + PAGE // 2, first - PAGE // 2):
            page = self.state.wanted(index)
            if page is not None:
                self.wanted.emit(page)

    def begin(self, pages: list[Page]) -> None:
        """A new answer: all rows anew."""
        self.beginResetModel()
        self._tints.clear()
        self.state.begin(pages, self.now())
        self._rows = self.state.total
        self.endResetModel()

    def take(self, page: Page) -> None:
        """A page asked for has come."""
        filled = self.state.take(page)
        if filled:
            self._emit(filled.start, filled.stop - 1)

    def update(self, rows: list[QueueRow], quiet: frozenset[str] = frozenset()) -> None:
        """Replace rows in their places; `quiet` ones without a tint."""
        now = self.now()
        for row in rows:
            change = self.state.update(row, now)
            if change is None:
                continue
            if row.id not in quiet:
                for column in change.columns:
                    self._tint(row.id, column)
            self._emit(change.index, change.index)

    def show_present(self, cases: Iterable[str]) -> None:
        """Somebody opened or left these elsewhere."""
        for case in self.state.known(cases):
            index = self.state.index_of(case)
            if index is not None:
                self._emit(index, index)

    def _tint(self, case: str, column: int) -> None:
        self._tints[case, column] = self._tints.get((case, column), 0) + 1
        QTimer.singleShot(int(TINT.total_seconds() * 1000), self, lambda: self._fade(case, column))

    def _fade(self, case: str, column: int) -> None:
        left = self._tints.pop((case, column), 0) - 1
        if left > 0:
            self._tints[case, column] = left
            return
        index = self.state.index_of(case)
        if index is not None:
            self._emit(index, index)

    def tick(self) -> None:
        """A minute has passed: deadlines read differently."""
        if self._rows:
            top, bottom = self.index(0, DUE), self.index(self._rows - 1, DUE)
            self.dataChanged.emit(top, bottom)

    def _emit(self, first: int, last: int) -> None:
        if last < self._rows:
            self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))
