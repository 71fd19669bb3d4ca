"""Questions: frozen rows straight from columns; a whole case only where one is asked for."""

from typing import Any

from console.desk.holdings import Holdings
from console.desk.names import ranked
from console.desk.rows import (
    BUILT_IN,
    CaseView,
    DistrictRow,
    Earlier,
    Filter,
    Page,
    Question,
    QueueRow,
    View,
)
from console.domain.case import Channel, Status
from console.domain.category import Urgency
from console.domain.text import fold_text
from console.domain.zone import local_day
from console.models import queue

EARLIER_AT_MOST = 20
SHOWN_AT_MOST = 5000
SLICE = 400
_FIELDS = {
    "display_status": "statuses",
    "urgency": "urgencies",
    "type": "types",
    "category": "categories",
    "lead": "leads",
    "commune": "communes",
    "district": "districts",
    "channel": "channels",
    "handler": "handlers",
}
"""Columns by the field of the filter that speaks of them."""
_CHANNELS = {channel.value: channel for channel in Channel}
_URGENCIES = {urgency.value: urgency for urgency in Urgency}
_STATUSES = {status.value: status for status in Status}


def row_of(values: tuple[Any, ...], agencies: dict[str, str]) -> QueueRow:
    """A row out of the columns `queue.ROW_COLUMNS`; agencies by their short names."""
    (
        _, id_, number, channel, urgency, status, display_status, type_, title, place, lead, due, near,
        resting, entered, closed, outcome, unread, waiting, attention, handler, callback_due, lon, lat,
    ) = values  # fmt: skip
    return QueueRow(
        id_, number, _CHANNELS[channel], _URGENCIES[urgency], _STATUSES[status], display_status, type_, title,
        place, lead, agencies.get(lead, lead) if lead else "", due, near, resting == 1, entered, closed,
        outcome, unread == 1, waiting == 1, attention == 1, handler, callback_due == 1, lon, lat,
    )  # fmt: skip


def ask_rows(held: Holdings, ask: queue.Ask) -> tuple[QueueRow, ...]:
    """The rows that a statement finds."""
    agencies = held.agency_names
    return tuple(row_of(values, agencies) for values in held.store.read(ask.sql, ask.values))


def _where(chosen: Filter) -> queue.Where:
    among = {name: getattr(chosen, field) for name, field in _FIELDS.items()}
    return queue.Where(
        among=tuple((name, tuple(map(str, values))) for name, values in among.items() if values),
        due=tuple(map(str, chosen.due)),
        entered_from_ms=chosen.entered_from_ms,
        entered_until_ms=chosen.entered_until_ms,
        match=queue.match_of(fold_text(chosen.words)) if chosen.words else "",
    )


def page(held: Holdings, asked: Question, offset: int, limit: int, answer: int | None = None) -> Page:
    """A stretch of a view, with how many the whole view holds."""
    where, now, user = _where(asked.filter), held.now_ms(), held.actor.user
    order = queue.Order(asked.sort.value, asked.reverse, ranked(held.reference, asked.sort))
    ask = queue.page(asked.view.value, order, where, now, user, offset, limit)
    keys = tuple(row[0] for row in held.store.read(ask.sql, ask.values))
    return Page(rows=_rows_at(held, keys), total=_count(held, asked.view, where, now), offset=offset)


def _rows_at(held: Holdings, keys: tuple[int, ...]) -> tuple[QueueRow, ...]:
    """Rows by key, in that order; those made before are not made again."""
    shown = held.cases.shown
    if len(shown) > SHOWN_AT_MOST:
        shown.clear()
    agencies = held.agency_names
    missing = tuple(key for key in keys if key not in shown)
    for start in range(0, len(missing), SLICE):
        ask = queue.rows_at(missing[start : start + SLICE])
        for values in held.store.read(ask.sql, ask.values):
            shown[values[0]] = row_of(values, agencies)
    return tuple(shown[key] for key in keys)


def _count(held: Holdings, view: View, where: queue.Where, now_ms: int) -> int:
    ask = queue.count(view.value, where, now_ms, held.actor.user)
    return int(held.store.read(ask.sql, ask.values)[0][0])


def counts(held: Holdings, chosen: Filter) -> dict[View, int]:
    """How many each view holds under the filter."""
    where, now = _where(chosen), held.now_ms()
    return {view: _count(held, view, where, now) for view in BUILT_IN}


def rows(held: Holdings, ids: tuple[str, ...]) -> dict[str, QueueRow]:
    """Those of `ids` that are here."""
    found: dict[str, QueueRow] = {}
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        found |= {row.id: row for row in ask_rows(held, queue.rows_of(part))}
    return found


def case_view(held: Holdings, case_id: str) -> CaseView | None:
    """A case with its timeline, or None where it is not here."""
    case = held.cases.get(case_id)
    if case is None:
        return None
    events, waiting = held.cases.events(case_id)
    return CaseView(case=case, events=events, row=rows(held, (case_id,))[case_id], waiting=waiting)


def by_number(held: Holdings, number: str) -> CaseView | None:
    """The case that carries this number."""
    case_id = held.cases.id_of_number(number)
    return case_view(held, case_id) if case_id else None


def districts(held: Holdings) -> tuple[DistrictRow, ...]:
    """All districts in force today, and any other that open cases still lie in, by code."""
    today = local_day(held.clock.now())
    names = {unit.code: unit.short for unit in held.reference.districts(today)}
    found = {row[0]: row[1:] for row in held.store.read(queue.DISTRICTS, (held.now_ms(),))}
    for code in found:
        if code not in names:
            unit = held.reference.unit(code)
            names[code] = unit.short if unit else code
    return tuple(
        DistrictRow(code=code, name=names[code], open=o, soon=s, overdue=late)
        for code in sorted(names)
        for o, s, late in [found.get(code, (0, 0, 0))]
    )


def earlier(held: Holdings, phone: str) -> tuple[Earlier, ...]:
    """Cases of the same phone: open ones first, then newest first."""
    found = ask_rows(held, queue.Ask(queue.EARLIER, (phone, EARLIER_AT_MOST)))
    ordered = sorted(found, key=lambda row: not row.status.is_open)
    return tuple(
        Earlier(
            id=row.id,
            number=row.number,
            title=row.title,
            display_status=row.display_status,
            lead_name=row.lead_name,
            entered=row.entered,
            due=row.due,
            open=row.status.is_open,
        )
        for row in ordered
    )
