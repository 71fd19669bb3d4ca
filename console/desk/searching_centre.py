"""What the centre finds that this desk does not keep."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from console.desk.changes import Changes
from console.desk.errors import SearchOffline
from console.desk.holdings import Holdings
from console.desk.incoming import Incoming
from console.desk.questions import row_of
from console.desk.searching import Found, Hit, passages
from console.domain.case import Case, Event
from console.domain.text import words
from console.models.case_rows import Local, RowMaker
from console.models.queue import ROW_COLUMNS
from console.models.shape import COLUMNS
from console.protocol.wire import CaseRecord, SearchAnswer

_OF_ROW = tuple(COLUMNS.index(name) for name in ROW_COLUMNS)


class Centre(Protocol):
    """Who asks the centre; each call blocks. Raises SearchOffline, and what else the line may raise."""

    def search(self, text: str) -> SearchAnswer:
        """Cases with all these words."""

    def case(self, case_id: str) -> CaseRecord:
        """One of them. Raises NotHere."""


def reached(held: Holdings) -> Centre:
    """Raises SearchOffline where there is no line at all."""
    if held.centre is None:
        raise SearchOffline
    return held.centre


def found(held: Holdings, answer: SearchAnswer, text: str) -> Found:
    """Those that are not here, with the rows that they would have here."""
    here = held.cases.known([record.case.id for record in answer.records])
    maker, agencies, typed = RowMaker(held.reference), held.agency_names, words(text)
    hits = list[Hit]()
    for record in answer.records:
        if record.case.id in here:
            continue
        values = maker.row(0, record.case, Local(seen=True))
        row = row_of(tuple(values[at] for at in _OF_ROW), agencies)
        hits.append(Hit(row, passages(held, row, typed, partial(_told, record))))
    return Found(tuple(hits), answer.more)


def _told(record: CaseRecord) -> tuple[Case, Callable[[], Sequence[Event]]]:
    return record.case, lambda: record.events


def bring_in(held: Holdings, record: CaseRecord) -> Changes | None:
    """As if a pull had brought it: a newer revision that is here already stands."""
    return Incoming(held).records([record], None)
