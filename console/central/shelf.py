"""Where cases and their events lie: put there by the ledger, read from there by everyone."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from console.central.found_by import all_lexemes, said_lexemes, shared_lexemes
from console.central.tables import cases, counters, events
from console.domain.case import Case, Event
from console.domain.number import CaseNumber, parse_number

_DECODER = msgspec.json.Decoder(Case)
_REWRITE = (
    update(cases)
    .where(cases.c.id == bindparam("which"))
    .values({c.name: bindparam(c.name) for c in cases.c if c.name != "id"})
)


def bodies(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Cases as they stand, encoded, by id; without those that there are not."""
    if not ids:
        return {}
    return dict(connection.execute(select(cases.c.id, cases.c.body).where(cases.c.id.in_(ids))).all())


def decoded(body: str) -> Case:
    """A stored case."""
    return _DECODER.decode(body)


def holders(connection: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """The ids of the cases that have these numbers."""
    sought = {number for number in numbers if "\x00" not in number}
    if not sought:
        return {}
    query = select(cases.c.number, cases.c.id).where(cases.c.number.in_(sought))
    return dict(connection.execute(query).all())


def put(
    connection: Connection, new: Collection[Case], changed: Collection[Case], added: Collection[Event]
) -> None:
    """Store cases with the events that led to them. Call it holding the ledger."""
    if new:
        connection.execute(insert(cases), [case_row(case) for case in new])
        count_numbers(connection, [case.number for case in new])
    if changed:
        rows = [{**case_row(case), "which": case.id} for case in changed]
        connection.execute(_REWRITE, rows)
    if added:
        connection.execute(insert(events), _event_rows(added))


def _event_rows(added: Iterable[Event]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    place = 0
    for event in added:
        place = place + 1 if rows and rows[-1]["seq"] == event.seq else 0
        rows.append(event_row(event, place))
    return rows


def case_row(case: Case) -> dict[str, Any]:
    """Its columns."""
    return {
        "id": case.id,
        "number": case.number,
        "revision": case.revision,
        "entered_at": case.entered_at,
        "status": case.status.value,
        "lead": case.lead,
        "supporting": list(case.supporting),
        "body": msgspec.json.encode(case).decode(),
        "words": shared_lexemes(case),
        "all_words": all_lexemes(case),
    }


def event_row(event: Event, place: int) -> dict[str, Any]:
    """Its columns; `place` among the events of the same number."""
    return {
        "seq": event.seq,
        "place": place,
        "case_id": event.case,
        "public": event.public,
        "body": msgspec.json.encode(event).decode(),
        "said": said_lexemes(event),
    }


def count_numbers(connection: Connection, numbers: Iterable[str]) -> None:
    """Remember the highest number seen of a station in a month."""
    highest: dict[tuple[str, str], int] = {}
    for number in numbers:
        parts = parse_number(number)
        if isinstance(parts, CaseNumber):
            key = (parts.station, parts.month)
            highest[key] = max(parts.counter, highest.get(key, 0))
    if not highest:
        return
    row = upsert(counters)
    higher = {"counter": func.greatest(counters.c.counter, row.excluded.counter)}
    connection.execute(
        row.on_conflict_do_update(index_elements=["station", "month"], set_=higher),
        [{"station": s, "month": m, "counter": n} for (s, m), n in sorted(highest.items())],
    )


def counters_of(connection: Connection, station: str) -> dict[str, int]:
    """Highest numbers by month "YYMM"."""
    query = select(counters.c.month, counters.c.counter).where(counters.c.station == station)
    return {row.month: row.counter for row in connection.execute(query)}
