"""Finding cases that desks keep no longer: by words, as far as the reader sees them."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, case, func, select, union

from console.central.audit import Act, note
from console.central.clock import Clock
from console.central.database import reading
from console.central.found_by import question, said_question
from console.central.mail import is_id
from console.central.problems import Refuse
from console.central.references import References
from console.central.sight import sees_all, shown_body, shown_event_body, theirs
from console.central.tables import cases, events
from console.domain.case import Status
from console.protocol.wire import Identity

LIMIT, MOST = 20, 50  # cases of an answer, and the most that may be asked for
LOOKED_AT = 500  # newest ones of either kind that are put in order
_OPEN = [status.value for status in Status if status.is_open]


class _Record(msgspec.Struct, frozen=True):
    """As `CaseRecord`, with what lies stored put in as it is."""

    case: msgspec.Raw
    events: tuple[msgspec.Raw, ...]


class _Answer(msgspec.Struct, frozen=True):
    """As `SearchAnswer`."""

    records: tuple[_Record, ...]
    more: bool


class Finding:
    """Reads only."""

    def __init__(self, engine: Engine, references: References, clock: Clock) -> None:
        self._engine, self._references, self._clock = engine, references, clock

    def find(self, reader: Identity, text: str, limit: int) -> bytes:
        """GET /search, encoded: open cases first, then the newest."""
        with reading(self._engine) as connection:
            asked = question(self._references.current(connection), text)
            ids = self._ids(connection, reader, asked, said_question(text), limit + 1) if asked else []
            records = _records(connection, reader, ids[:limit])
        self._note(reader, "searched", found=len(records))
        return msgspec.json.encode(_Answer(tuple(records), len(ids) > limit))

    def one(self, reader: Identity, case_id: str) -> bytes:
        """GET /cases/{id}, encoded. Raises Refuse where the reader sees no such case."""
        with reading(self._engine) as connection:
            seen = select(cases.c.id).where(cases.c.id == case_id, theirs(reader))
            if not is_id(case_id) or connection.scalar(seen) is None:
                raise Refuse(404, "no_such_case", "There is no such case")
            (record,) = _records(connection, reader, [case_id])
        self._note(reader, "case_fetched", case_id)
        return msgspec.json.encode(record)

    def _note(self, reader: Identity, kind: str, case_id: str | None = None, **fact: int) -> None:
        """In the audit; what was searched for may be somebody's name, and is not."""
        with self._engine.begin() as connection:
            note(connection, Act(kind, reader.user, reader.station, self._clock.now(), case_id, fact=fact))

    def _ids(self, connection: Connection, reader: Identity, asked: str, said: str, limit: int) -> list[str]:
        staff = sees_all(reader)
        words = cases.c.all_words if staff else cases.c.words
        by_words = (
            select(cases.c.id)
            .where(words.bool_op("@@")(_query(asked)), theirs(reader))
            .order_by(cases.c.entered_at.desc())
            .limit(LOOKED_AT)
        )
        written: list[ColumnElement[bool]] = [
            events.c.said.is_not(None),
            events.c.said.bool_op("@@")(_query(said)),
        ]
        if not staff:
            mine = select(cases.c.id).where(theirs(reader))
            written += [events.c.public.is_(True), events.c.case_id.in_(mine)]
        by_events = (
            select(events.c.case_id.label("id"))
            .where(*written)
            .order_by(events.c.seq.desc())
            .limit(LOOKED_AT)
        )
        found = union(by_words, by_events).subquery()
        opened = case((cases.c.status.in_(_OPEN), 0), else_=1)
        query = select(cases.c.id).where(cases.c.id.in_(select(found.c.id)))
        newest = query.order_by(opened, cases.c.entered_at.desc(), cases.c.id.desc())
        return list(connection.scalars(newest.limit(limit)))


def _query(asked: str) -> Any:
    return func.to_tsquery("simple", asked)


def _records(connection: Connection, reader: Identity, ids: list[str]) -> list[_Record]:
    """Whole cases in this order, as the reader may have them."""
    if not ids:
        return []
    bodies = dict(connection.execute(select(cases.c.id, cases.c.body).where(cases.c.id.in_(ids))).all())
    query = select(events.c.case_id, events.c.body).where(events.c.case_id.in_(ids))
    staff = sees_all(reader)
    if not staff:
        query = query.where(events.c.public)
    told: dict[str, list[msgspec.Raw]] = {}
    for case_id, body in connection.execute(query.order_by(events.c.seq, events.c.place)):
        told.setdefault(case_id, []).append(msgspec.Raw(body.encode()) if staff else shown_event_body(body))
    return [
        _Record(
            msgspec.Raw(bodies[case_id].encode()) if staff else shown_body(reader, bodies[case_id]),
            tuple(told.get(case_id, ())),
        )
        for case_id in ids
    ]
