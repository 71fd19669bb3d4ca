"""What the queue shows, apart from any window: pages read so far, and what is held back until F5.

Rows keep their places from one `ask` to the next. What arrives meanwhile changes the text of rows in
place, greys those that left the view, and counts those that wait to come in.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from console.desk.rows import Filter, Page, QueueRow, Sort, View
from console.domain.case import Status
from console.ui.queue.columns import ALL

PAGE = 50  # rows read at once
KEPT_PAGES = 60  # least recently seen pages beyond these are forgotten

COLUMNS = len(ALL)
_ORDERED_BY: dict[Sort, tuple[str, ...]] = {
    Sort.DUE: ("due", "resting"),
    Sort.NEWEST: (),
    Sort.NUMBER: (),
    Sort.URGENCY: ("urgency",),
    Sort.TYPE: ("type",),
    Sort.PLACE: ("place",),
    Sort.STATUS: ("display_status",),
    Sort.AGENCY: ("lead",),
    Sort.CHANNEL: (),
}


def belongs(row: QueueRow, view: View, user: str, now: datetime) -> bool:
    """Whether a row is in a view at `now`: the same rules as the desk's question."""
    running = row.due is not None and not row.resting and row.status.is_open
    match view:
        case View.OPEN:
            return row.status.is_open
        case View.MINE:
            return row.status.is_open and row.handler == user
        case View.TRIAGE:
            return row.display_status == "triage"
        case View.SOON:
            return running and row.near is not None and row.due is not None and row.near <= now < row.due
        case View.OVERDUE:
            return running and row.due is not None and row.due <= now
        case View.CALLBACK:
            return row.callback_due
        case View.APPROVAL:
            return row.display_status == "pending_approval"
        case View.ALL:
            return True


def is_over(row: QueueRow, now: datetime) -> bool:
    """Whether the row's running deadline has passed."""
    return row.due is not None and not row.resting and row.status is not Status.CLOSED and row.due <= now


@dataclass(frozen=True)
class RowChange:
    """A row on hand was replaced: its index, and the columns that read differently now."""

    index: int
    id: str
    columns: frozenset[int]


@dataclass
class QueueState:
    """One view under one filter in one order. `generation` grows with each `ask`."""

    user: str
    view: View = View.OPEN
    filter: Filter = field(default_factory=Filter)
    sort: Sort = Sort.DUE
    reverse: bool = False
    total: int = 0
    answer: int = 0  # of the pages that are here; 0: none is kept
    meant: tuple[str, ...] = ()  # folded words that the rows were found by
    generation: int = 0
    loaded_at: datetime | None = None
    touched: bool = False  # a key or the pointer was in the list since it was read

    def __post_init__(self) -> None:
        self._pages: OrderedDict[int, tuple[QueueRow, ...]] = OrderedDict()
        self._index: dict[str, int] = {}
        self._asked: set[int] = set()
        self._pinned = -1  # the page of the current row
        self.news: set[str] = set()
        self.departed: set[str] = set()
        self.moved = False

    def ask(
        self,
        view: View | None = None,
        filter: Filter | None = None,
        sort: Sort | None = None,
        reverse: bool | None = None,
    ) -> int:
        """Begin anew; answers to earlier questions will be thrown away. Returns the generation.

        Another order goes its own way round unless `reverse` says otherwise.
        """
        self.view = self.view if view is None else view
        self.filter = self.filter if filter is None else filter
        self.reverse = (self.reverse and sort is None) if reverse is None else reverse
        self.sort = self.sort if sort is None else sort
        self.generation += 1
        return self.generation

    def begin(self, pages: Iterable[Page], now: datetime) -> None:
        """The first answer of a generation has come: old pages and what was held are gone."""
        self._pages.clear()
        self._index.clear()
        self._asked.clear()
        self.news, self.departed, self.moved, self.touched = set(), set(), False, False
        self.loaded_at = now
        self.total, self.answer, self.meant, self._pinned = 0, 0, (), -1
        for page in pages:
            self.total, self.answer, self.meant = page.total, page.answer, page.meant
            self.take(page)

    def take(self, page: Page) -> range:
        """Keep one page (its offset a multiple of PAGE); returns the rows it fills.

        A page of another answer than the rest may lack rows or have some twice: nothing is moved for it, and
        it is said that the list wants reading anew.
        """
        if page.answer != self.answer:
            self.moved = self.moved or self.answer != 0
            self.answer = page.answer
        number = page.offset // PAGE
        self._asked.discard(number)
        self._pages[number] = page.rows
        self._pages.move_to_end(number)
        for place, row in enumerate(page.rows):
            self._index[row.id] = page.offset + place
        while len(self._pages) > KEPT_PAGES:
            oldest = next(at for at in self._pages if at != self._pinned)
            self._forget(oldest, self._pages.pop(oldest))
        return range(page.offset, page.offset + len(page.rows))

    def _forget(self, number: int, rows: tuple[QueueRow, ...]) -> None:
        for row in rows:
            if self._index.get(row.id, -1) // PAGE == number:
                del self._index[row.id]

    def pin(self, index: int) -> None:
        """The page of this place is never forgotten, whatever else is looked at."""
        self._pinned = index // PAGE

    def row(self, index: int) -> QueueRow | None:
        """The row at this place, None while its page is not here."""
        rows = self._pages.get(index // PAGE)
        if rows is None or index % PAGE >= len(rows):
            return None
        self._pages.move_to_end(index // PAGE)
        return rows[index % PAGE]

    def wanted(self, index: int) -> int | None:
        """The page to read for this place; None when it is here or already asked for."""
        number = index // PAGE
        if number in self._pages or number in self._asked or not 0 <= index < self.total:
            return None
        self._asked.add(number)
        return number

    def failed(self, number: int) -> None:
        """A page could not be read: it may be asked for again."""
        self._asked.discard(number)

    def index_of(self, case: str) -> int | None:
        """The place of a case whose page is here."""
        return self._index.get(case)

    def ids(self, first: int, last: int) -> list[str] | None:
        """Ids of the rows from one place to another, both within; None where one of them is not here."""
        rows = [self.row(index) for index in range(first, last + 1)]
        ids = [row.id for row in rows if row is not None]
        return ids if len(ids) == len(rows) else None

    def known(self, cases: Iterable[str]) -> set[str]:
        """Those of `cases` that have a row here."""
        return {case for case in cases if case in self._index}

    def update(self, row: QueueRow, now: datetime) -> RowChange | None:
        """Replace a row in its place; None when it is not here or reads the same."""
        index = self._index.get(row.id)
        old = None if index is None else self.row(index)
        if index is None or old is None:
            return None
        columns = frozenset(
            column
            for column, seen in enumerate(ALL)
            if any(getattr(old, name) != getattr(row, name) for name in seen.fields)
        )
        if any(getattr(old, name) != getattr(row, name) for name in _ORDERED_BY[self.sort]):
            self.moved = True
        self._put(index, row)
        left = self._mark_departed(row, now)
        return (
            RowChange(index, row.id, frozenset(range(COLUMNS)) if left else columns)
            if columns or left
            else None
        )

    def _mark_departed(self, row: QueueRow, now: datetime) -> bool:
        was = row.id in self.departed
        if belongs(row, self.view, self.user, now):
            self.departed.discard(row.id)
        else:
            self.departed.add(row.id)
        return was != (row.id in self.departed)

    def _put(self, index: int, row: QueueRow) -> None:
        rows = list(self._pages[index // PAGE])
        rows[index % PAGE] = row
        self._pages[index // PAGE] = tuple(rows)

    def arrive(self, rows: Iterable[QueueRow], added: frozenset[str], now: datetime) -> bool:
        """Cases without a row here that may belong wait for F5. True when the count of news changed.

        While pages are missing, only `added` ones (unknown to this desk before) are surely new here.
        """
        before = len(self.news)
        complete = len(self._index) >= self.total
        for row in rows:
            fits = belongs(row, self.view, self.user, now) and self._passes(row)
            if row.id in self._index or not fits:
                self.news.discard(row.id)
            elif complete or row.id in added:
                self.news.add(row.id)
        return len(self.news) != before

    def _passes(self, row: QueueRow) -> bool:
        return not self.filter.channels or row.channel in self.filter.channels

    @property
    def held(self) -> bool:
        """Whether something waits for F5."""
        return bool(self.news or self.departed or self.moved)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return self.filter != Filter()
