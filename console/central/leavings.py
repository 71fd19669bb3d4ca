"""Agencies that have a case no more: each is told so once, why where it was withdrawn, and nothing after."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Connection, DateTime, ForeignKey, Table, Text, Uuid, insert, select

from console.central.tables import metadata
from console.domain.case import Case, Event
from console.protocol.wire import Gone

leavings = Table(
    "leavings",
    metadata,
    Column("agency", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", Uuid(as_uuid=False), ForeignKey("cases.id"), primary_key=True),
    Column("number", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
)
"""`seq`: of the event by which it left."""


def left(before: Case | None, after: Case, events: Sequence[Event], seq: int) -> list[dict[str, Any]]:
    """The rows of those that had it before and have it no longer."""
    if before is None:
        return []
    gone = {before.lead, *before.supporting} - {after.lead, *after.supporting, None}
    if not gone:
        return []
    withdrawn = next((event for event in events if event.kind == "withdraw"), None)
    reason = str(withdrawn.data.get("reason", "")) if withdrawn else ""
    shared = {"seq": seq, "case_id": after.id, "number": after.number, "reason": reason}
    return [{**shared, "agency": agency, "at": events[0].at} for agency in sorted(filter(None, gone))]


def write(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """In the transaction that took the cases away."""
    if rows:
        connection.execute(insert(leavings), rows)


def gone_between(connection: Connection, agency: str, after: int, until: int) -> bytes:
    """What left this agency after `after` and up to `until`, encoded as a list of `Gone`."""
    told = leavings.c.agency == agency
    query = select(leavings).where(told, leavings.c.seq > after, leavings.c.seq <= until)
    rows = connection.execute(query.order_by(leavings.c.seq, leavings.c.case_id))
    return msgspec.json.encode(
        [Gone(case=row.case_id, number=row.number, at=row.at, reason=row.reason) for row in rows]
    )
