"""Questions: frozen rows straight from columns; a whole case only where one is asked for."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from console.desk.holdings import Holdings
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
from console.domain.answer_keys import BETWEEN
from console.domain.area import Area
from console.domain.case import Caller, Channel, Status
from console.domain.category import Urgency
from console.domain.zone import local_day
from console.models import merged, queue, timeline

if TYPE_CHECKING:
    from console.desk.index.answers import Answer, Sorting
    from console.desk.index.finder import Finder

EARLIER_AT_MOST = 20
PARTS_AT_MOST = 200
NEWEST = 20  # events that a case is opened with
SHOWN_AT_MOST = 5000
SLICE = 400
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


async def page(
    held: Holdings, asked: Question, offset: int, limit: int, answer: int | None = None, around: str = ""
) -> Page:
    """A stretch of a view, with how many the whole view holds. `around`: the one of those `limit` long that
    has this case, wherever it is; the one at `offset` where none has."""
    while True:
        found = await held.call(partial(_page, held, asked, offset, limit, answer, around))
        if found is None:
            await held.index.ready()
        elif isinstance(found, Page):
            return found
        else:
            answer = found.answer.id
            following = await asyncio.to_thread(found.sorting.done)
            await held.call(partial(found.answer.take, found.sorting, following))


class _Unsorted(NamedTuple):
    """An answer that must be put in order first, which takes too long for the database thread."""

    answer: "Answer"
    sorting: "Sorting"


def _page(
    held: Holdings, asked: Question, offset: int, limit: int, known: int | None, around: str
) -> Page | _Unsorted | None:
    """None: the index is needed, and not there yet."""
    now, user, finder = held.now_ms(), held.actor.user, held.index.finder
    if finder is None:
        page = _page_by_sql(held, asked, offset, limit) if _has_index(asked) else None
        return None if page and around and all(row.id != around for row in page.rows) else page
    answer = finder.answer(asked, known, user, now)
    if around:
        offset = _offset_of(held, finder, answer, around, limit, offset)
    sorting = finder.reach(answer, offset + limit, held.reference)
    if sorting is not None:
        return _Unsorted(answer, sorting)
    rows = rows_at(held, answer.keys(offset, limit))
    meant = held.search.meant(asked.filter.words) if asked.filter.words else ()
    return Page(rows=rows, total=answer.total, offset=offset, answer=answer.id, meant=meant)


def _offset_of(
    held: Holdings, finder: "Finder", answer: "Answer", case_id: str, limit: int, usual: int
) -> int:
    known = held.cases.known([case_id]).get(case_id)
    place = None if known is None else finder.place_of(answer, known.pk, held.reference)
    return usual if place is None else place // limit * limit


def _has_index(asked: Question) -> bool:
    return asked.filter == Filter() and queue.serves(asked.view.value, asked.sort.value)


def _page_by_sql(held: Holdings, asked: Question, offset: int, limit: int) -> Page:
    now, user = held.now_ms(), held.actor.user
    ask = queue.page(asked.view.value, asked.sort.value, now, user, offset, limit, asked.reverse)
    keys = tuple(row[0] for row in held.store.read(ask.sql, ask.values))
    return Page(rows=rows_at(held, keys), total=_count_by_sql(held, asked.view), offset=offset)


def rows_at(held: Holdings, keys: tuple[int, ...]) -> tuple[QueueRow, ...]:
    """Rows by key, in that order; those made before are not made again. Those that are gone are left out."""
    shown = held.cases.shown
    if len(shown) > SHOWN_AT_MOST:
        shown.clear()
    agencies = held.agency_names
    missing = tuple(key for key in keys if key not in shown)
    for start in range(0, len(missing), SLICE):
        ask = queue.rows_at(missing[start : start + SLICE])
        for values in held.store.read(ask.sql, ask.values):
            shown[values[0]] = row_of(values, agencies)
    return tuple(shown[key] for key in keys if key in shown)


def _count_by_sql(held: Holdings, view: View) -> int:
    ask = queue.count(view.value, held.now_ms(), held.actor.user)
    return int(held.store.read(ask.sql, ask.values)[0][0])


async def counts(held: Holdings, chosen: Filter) -> dict[View, int]:
    """How many each built-in view holds under the filter."""
    while True:
        found = await held.call(partial(_counts, held, chosen))
        if found is not None:
            return found
        await held.index.ready()


def _counts(held: Holdings, chosen: Filter) -> dict[View, int] | None:
    finder = held.index.finder
    if finder is not None:
        return finder.counts(chosen, held.actor.user, held.now_ms())
    return {view: _count_by_sql(held, view) for view in BUILT_IN} if chosen == Filter() else None


async def count(held: Holdings, view: View, chosen: Filter) -> int:
    """How many one view holds under the filter."""
    while True:
        found = await held.call(partial(_count, held, view, chosen))
        if found is not None:
            return found
        await held.index.ready()


async def among(held: Holdings, view: View, chosen: Filter, ids: tuple[str, ...]) -> frozenset[str]:
    """Those of `ids` that a view holds under the filter."""
    await held.index.ready()
    return await held.call(partial(_among, held, view, chosen, ids))


def _among(held: Holdings, view: View, chosen: Filter, ids: tuple[str, ...]) -> frozenset[str]:
    finder, keys = held.index.finder, held.cases.known(ids)
    if finder is None:  # emptied meanwhile: nothing is there
        return frozenset()
    pks = [known.pk for known in keys.values()]
    fitting = finder.among(view, chosen, held.actor.user, held.now_ms(), pks)
    return frozenset(id_ for id_, known in keys.items() if known.pk in fitting)


def _count(held: Holdings, view: View, chosen: Filter) -> int | None:
    finder = held.index.finder
    return None if finder is None else finder.count(view, chosen, held.actor.user, held.now_ms())


def rows(held: Holdings, ids: tuple[str, ...]) -> dict[str, QueueRow]:
    """Those of `ids` that are here."""
    found: dict[str, QueueRow] = {}
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        found |= {row.id: row for row in ask_rows(held, queue.rows_of(part))}
    return found


def answers(held: Holdings, ids: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Keys of what was answered, of those that have any."""
    found = dict[str, tuple[str, ...]]()
    for start in range(0, len(ids), SLICE):
        ask = queue.answers_of(ids[start : start + SLICE])
        found |= {id_: tuple(kept.split(BETWEEN)) for id_, kept in held.store.read(ask.sql, ask.values)}
    return found


def case_view(held: Holdings, case_id: str) -> CaseView | None:
    """A case with the end of its timeline, or None where it is not here."""
    case = held.cases.get(case_id)
    if case is None:
        return None
    newest = timeline.newest(held.store, case_id, NEWEST)
    return CaseView(
        case=case,
        events=newest.events,
        row=rows(held, (case_id,))[case_id],
        waiting=newest.waiting,
        earlier=newest.earlier,
        merged_number=_merged_number(held, case_id) if case.merged_into else "",
        parts=parts(held, case_id),
    )


def parts(held: Holdings, case_id: str) -> tuple[QueueRow, ...] | None:
    """Cases that were merged into this one, the newest first; None: not known yet."""
    keys = held.index.parts_of(case_id)
    if not keys:
        return None if keys is None else ()
    return ask_rows(held, merged.parts(keys[:PARTS_AT_MOST], case_id))


def _merged_number(held: Holdings, case_id: str) -> str:
    merges = timeline.of_kind(held.store, case_id, "merge")
    return str(merges[-1].data.get("number", "")) if merges else ""


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
    """Cases of the same phone, and those about which it called again: open ones first, then newest first."""
    found = ask_rows(held, queue.Ask(queue.EARLIER, (phone, EARLIER_AT_MOST)))
    found += _called_about(held, phone)
    ordered = sorted(found, key=lambda row: (not row.status.is_open, -row.entered_ms))[:EARLIER_AT_MOST]
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
            commune=_commune_of(held, row),
        )
        for row in ordered
    )


class _Called(msgspec.Struct, frozen=True):
    """Of a case, who called about it besides its reporter."""

    callers: tuple[Caller, ...] = ()


_called = msgspec.json.Decoder(_Called)


def _called_about(held: Holdings, phone: str) -> tuple[QueueRow, ...]:
    """Cases that this phone did not report but called about: found by its digits, held against the case."""
    ask = queue.bodies_at(held.search.with_phone(phone, EARLIER_AT_MOST))
    bodies = held.store.read(ask.sql, ask.values)
    return rows_at(
        held,
        tuple(pk for pk, body in bodies if any(c.phone == phone for c in _called.decode(body).callers)),
    )


def _commune_of(held: Holdings, row: QueueRow) -> str:
    if row.lon is None or row.lat is None:
        return ""
    today = local_day(held.clock.now())
    return held.reference.built(Area).commune_at(row.lon, row.lat, today) or ""
