"""Fill a fresh database: reference data, people, stations, and a whole province by bulk load."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, select, text, update
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

T = TypeVar("T")
SLICE = 2_000  # records of a bulk load in memory at once
_OF_CASE = "id, number, revision, entered_at, status, lead, supporting, body, words, all_words"
CASE_COPY = f"COPY cases ({_OF_CASE}) FROM STDIN"
EVENT_COPY = "COPY events (seq, place, case_id, public, body, said) FROM STDIN"


def seed_world(engine: Engine, reference: Reference, day: date) -> None:
    """Reference data, practice users and stations. Does nothing that is done already."""
    with engine.begin() as connection:
        if not seed_reference(connection, reference):
            return
        one_hash = HASHER.hash(PASSWORD)  # hashing it anew for every agency would take a quarter of a minute
        keep_users(connection, [*practice_users(reference, day), PORTAL], one_hash)
        keep_stations(connection, STATIONS)


def load(engine: Engine, records: Iterable[CaseRecord], now: datetime) -> int:
    """Put folded records into an empty ledger, by COPY, in one transaction and in slices, so that a million
    need no more memory than one slice. Answers how many; 0: there were cases already."""
    with engine.begin() as connection:
        if connection.scalar(select(cases.c.id).limit(1)) is not None:
            return 0
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))  # lives take a while
        filling = _Filling(connection)
        for part in batched(records, SLICE):
            filling.take(part)
        filling.finish()
        _let_agencies_act(connection, now)
        return filling.count


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """In lists of at most `size`."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


class _Filling:
    """One bulk load, and what is to be remembered of it: the last number, the stations' counters."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._highest: dict[tuple[str, str], int] = {}
        self._last = 0
        self.count = 0

    def take(self, part: list[CaseRecord]) -> None:
        """Cases first: events point at them."""
        self._copy(CASE_COPY, (case_row(record.case) for record in part))
        self._copy(EVENT_COPY, (row for record in part for row in _event_rows(record)))
        for record in part:
            self._note(record)
        self.count += len(part)

    def finish(self) -> None:
        """Numbers go on after the last one."""
        self._connection.execute(update(ledger).values(seq=self._last))
        rows = [{"station": s, "month": m, "counter": n} for (s, m), n in self._highest.items()]
        if rows:
            self._connection.execute(upsert(counters), rows)

    def _copy(self, statement: str, rows: Iterable[dict[str, Any]]) -> None:
        driver = self._connection.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(tuple(row.values()))

    def _note(self, record: CaseRecord) -> None:
        self._last = max([self._last, record.case.revision, *(event.seq for event in record.events)])
        parts = parse_number(record.case.number)
        if isinstance(parts, CaseNumber):
            key = parts.station, parts.month
            self._highest[key] = max(self._highest.get(key, 0), parts.counter)


def _event_rows(record: CaseRecord) -> Iterator[dict[str, Any]]:
    place, last = 0, -1
    for event in record.events:
        place = place + 1 if event.seq == last else 0
        last = event.seq
        yield event_row(event, place)


def _let_agencies_act(connection: Connection, now: datetime) -> None:
    """As if each had signed in once at the portal's station."""
    agencies = connection.scalars(select(users.c.code).where(users.c.role == Role.AGENCY.value))
    seen = [{"user_code": code, "station": PORTAL.station, "last_at": now} for code in agencies]
    if seen:
        connection.execute(upsert(sign_ins).on_conflict_do_nothing(), seen)
