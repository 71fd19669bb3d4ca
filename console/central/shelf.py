"""Where cases and their events lie: put there by the ledger, read from there by everyone."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from console.central.tables import cases, counters, events
from console.domain.case import Case, Event
from console.domain.number import CaseNumber, parse_number

_DECODER = msgspec.json.Decoder(Case)


def get(connection: Connection, case_id: str) -> Case | None:
    """The case as it stands."""
    body = connection.scalar(select(cases.c.body).where(cases.c.id == case_id))
    return None if body is None else _DECODER.decode(body)


def holder_of(connection: Connection, number: str) -> str | None:
    """The id of the case that has this number."""
    if "\x00" in number:
        return None
    found = connection.scalar(select(cases.c.id).where(cases.c.number == number))
    return None if found is None else str(found)


def put(connection: Connection, case: Case, new_events: Sequence[Event], *, new: bool) -> None:
    """Store the case with the events that led to it. Call it holding the ledger."""
    row = case_row(case)
    if new:
        connection.execute(insert(cases).values(row))
        count_number(connection, case.number)
    else:
        connection.execute(update(cases).where(cases.c.id == case.id).values(row))
    if new_events:
        connection.execute(insert(events), [event_row(e, place) for place, e in enumerate(new_events)])


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
    }


def event_row(event: Event, place: int) -> dict[str, Any]:
    """Its columns; `place` among the events of the same number."""
    return {
        "seq": event.seq,
        "place": place,
        "case_id": event.case,
        "public": event.public,
        "body": msgspec.json.encode(event).decode(),
    }


def count_number(connection: Connection, number: str) -> None:
    """Remember the highest number seen of a station in a month."""
    parts = parse_number(number)
    if not isinstance(parts, CaseNumber):
        return
    row = upsert(counters).values(station=parts.station, month=parts.month, counter=parts.counter)
    higher = {"counter": func.greatest(counters.c.counter, row.excluded.counter)}
    connection.execute(row.on_conflict_do_update(index_elements=["station", "month"], set_=higher))


def counters_of(connection: Connection, station: str) -> dict[str, int]:
    """Highest numbers by month "YYMM"."""
    query = select(counters.c.month, counters.c.counter).where(counters.c.station == station)
    return {row.month: row.counter for row in connection.execute(query)}
