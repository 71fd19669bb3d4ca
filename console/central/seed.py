"""Fill a fresh database: reference data, people, stations, and a whole province by bulk load."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from console.central.people import HASHER, keep_stations, keep_users
from console.central.practice import practice_users
from console.central.references import seed_reference
from console.central.shelf import case_row, event_row
from console.central.tables import cases, counters, ledger, sign_ins, users
from console.domain.case import Actor, Role
from console.domain.number import CaseNumber, parse_number
from console.domain.reference import Reference
from console.protocol.wire import CaseRecord

PASSWORD = "thuchanh"
STATIONS = tuple(f"{n:02d}" for n in range(10))
PORTAL = Actor(user="system", name="Cổng và ứng dụng", role=Role.SYSTEM, station="00")

CASE_COPY = "COPY cases (id, number, revision, entered_at, status, lead, supporting, body) FROM STDIN"
EVENT_COPY = "COPY events (seq, place, case_id, public, body) FROM STDIN"


def seed_world(engine: Engine, reference: Reference, day: date) -> None:
    """Reference data, practice users and stations. Does nothing that is done already."""
    with engine.begin() as connection:
        if not seed_reference(connection, reference):
            return
        one_hash = HASHER.hash(PASSWORD)  # hashing it anew for every agency would take a quarter of a minute
        keep_users(connection, [*practice_users(reference, day), PORTAL], one_hash)
        keep_stations(connection, STATIONS)


def load(engine: Engine, records: Iterable[CaseRecord], now: datetime) -> int:
    """Put folded records into an empty ledger, by COPY, in one transaction. Answers how many."""
    with engine.begin() as connection:
        if connection.scalar(select(func.count()).select_from(cases)):
            return 0
        kept = list(records)
        driver = connection.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor:
            with cursor.copy(CASE_COPY) as copy:
                for record in kept:
                    copy.write_row(tuple(case_row(record.case).values()))
            with cursor.copy(EVENT_COPY) as copy:
                for record in kept:
                    _copy_events(copy.write_row, record)
        _count(connection, kept, now)
    return len(kept)


def _copy_events(write: object, record: CaseRecord) -> None:
    place, last = 0, -1
    for event in record.events:
        place = place + 1 if event.seq == last else 0
        last = event.seq
        write(tuple(event_row(event, place).values()))  # type: ignore[operator]


def _count(connection: Connection, records: list[CaseRecord], now: datetime) -> None:
    highest: dict[tuple[str, str], int] = {}
    for record in records:
        parts = parse_number(record.case.number)
        if isinstance(parts, CaseNumber):
            key = parts.station, parts.month
            highest[key] = max(highest.get(key, 0), parts.counter)
    rows = [{"station": s, "month": m, "counter": n} for (s, m), n in highest.items()]
    if rows:
        connection.execute(upsert(counters), rows)
    last = max((event.seq for record in records for event in record.events), default=0)
    last = max([last, *(record.case.revision for record in records)])
    connection.execute(update(ledger).values(seq=last))
    agencies = connection.scalars(select(users.c.code).where(users.c.role == Role.AGENCY.value))
    seen = [{"user_code": code, "station": "00", "last_at": now} for code in agencies]
    if seen:
        connection.execute(upsert(sign_ins).on_conflict_do_nothing(), seen)
