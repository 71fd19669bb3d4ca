"""The queue's questions answered slowly and obviously, from rows as `KEPT`."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from console.desk.names import ranked
from console.desk.rows import BUILT_IN, DueState, Filter, Question, Sort, Values, View
from console.domain.reference import Reference
from console.models.case_rows import NEVER, RESTING


class Row(NamedTuple):
    """One case, as `console.desk.index.columns.KEPT`."""

    pk: int
    status: str
    urgency: int
    channel: str
    type: str
    category: str
    district: str
    commune: str
    lead: str | None
    handler: str
    entered: int
    number: str
    open: int
    triage: int
    callback: int
    due: int
    near: int
    answers: str = ""
    outcome: str = ""
    resolved: int | None = None


def due_state(row: Row, now: int) -> DueState:
    """How its deadline stands."""
    if not row.open or row.due >= NEVER:
        return DueState.NONE
    if row.due >= RESTING:
        return DueState.RESTING
    if row.due <= now:
        return DueState.OVERDUE
    return DueState.SOON if row.near <= now else DueState.RUNNING


def belongs(row: Row, view: View, user: str, now: int) -> bool:
    """Whether the view holds it."""
    match view:
        case View.ALL:
            return True
        case View.TRIAGE:
            return bool(row.triage)
        case View.CALLBACK:
            return bool(row.callback)
        case View.MINE:
            return bool(row.open) and row.handler == user
        case View.SOON:
            return due_state(row, now) is DueState.SOON
        case View.OVERDUE:
            return due_state(row, now) is DueState.OVERDUE
        case View.APPROVAL:
            return bool(row.open) and row.status == "pending_approval"
        case View.OPEN:
            return bool(row.open)


def fields(row: Row, values: Values, now: int) -> list[tuple[tuple[Any, ...], Any]]:
    """What is asked of each field, and what the row has."""
    return [
        (values.statuses, row.status),
        (tuple(3 - urgency.rank for urgency in values.urgencies), row.urgency),
        (values.types, row.type),
        (values.categories, row.category),
        (values.leads, row.lead or ""),
        (values.communes, row.commune),
        (values.districts, row.district),
        (values.channels, row.channel),
        (values.due, due_state(row, now)),
        (values.handlers, row.handler),
        (values.outcomes, row.outcome),
    ]


def answered(row: Row, keys: Sequence[str]) -> bool:
    """Whether it has one of these answers; "hurt=" is any to that question."""
    given = row.answers.splitlines()
    return any(
        key in given or (key.endswith("=") and any(one.startswith(key) for one in given)) for key in keys
    )


def passes(row: Row, filter: Filter, now: int) -> bool:
    """Whether all fields of the filter hold, but for its words."""
    begin, end = filter.entered_from_ms, filter.entered_until_ms
    return (
        all(not wanted or value in wanted for wanted, value in fields(row, filter, now))
        and not any(value in unwanted for unwanted, value in fields(row, filter.but, now))
        and all(
            answered(row, [key for key in filter.answers if key.split("=")[0] == question])
            for question in {key.split("=")[0] for key in filter.answers}
        )
        and not answered(row, filter.but.answers)
        and (filter.resolved_from_ms is None or (row.resolved or 0) >= filter.resolved_from_ms)
        and (filter.resolved_until_ms is None or 0 < (row.resolved or 0) < filter.resolved_until_ms)
        and (begin is None or row.entered >= begin)
        and (end is None or row.entered < end)
    )


def ordered(rows: list[Row], sort: Sort, reverse: bool, reference: Reference) -> list[int]:
    """Their keys in order."""

    places = [{code: place for place, code in enumerate(codes)} for codes in ranked(reference, sort)]

    def rank(column: int, value: str | None) -> tuple[int, bool, str]:
        return (places[column].get(value or "", len(places[column])), not value, value or "")

    def key(row: Row) -> tuple[Any, ...]:
        match sort:
            case Sort.DUE:
                return (row.due, row.pk)
            case Sort.NEWEST:
                return (row.entered, row.pk)
            case Sort.NUMBER:
                return (row.number, row.pk)
            case Sort.URGENCY:
                return (row.urgency, row.due, row.pk)
            case Sort.TYPE:
                return (rank(0, row.type), row.due, row.pk)
            case Sort.PLACE:
                return (rank(0, row.district), rank(1, row.commune), row.due, row.pk)
            case Sort.STATUS:
                return (rank(0, row.status), row.due, row.pk)
            case Sort.AGENCY:
                return (rank(0, row.lead), row.due, row.pk)
            case Sort.CHANNEL:
                return (rank(0, row.channel), row.due, row.pk)

    return [row.pk for row in sorted(rows, key=key, reverse=reverse != (sort is Sort.NEWEST))]


def held(rows: list[Row], view: View, filter: Filter, user: str, now: int) -> list[Row]:
    """Those that a view holds under a filter."""
    return [row for row in rows if belongs(row, view, user, now) and passes(row, filter, now)]


def answer(rows: list[Row], asked: Question, user: str, now: int, reference: Reference) -> list[int]:
    """Keys of the whole answer."""
    found = held(rows, asked.view, asked.filter, user, now)
    return ordered(found, asked.sort, asked.reverse, reference)


def counts(rows: list[Row], filter: Filter, user: str, now: int) -> dict[View, int]:
    """How many each built-in view holds."""
    return {view: len(held(rows, view, filter, user, now)) for view in BUILT_IN}
