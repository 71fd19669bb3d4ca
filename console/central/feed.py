"""What the desks pull: everything once (snapshot), then what changed after a cursor."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSON

from console.central.clock import Clock, rfc3339
from console.central.database import at_once, reading
from console.central.leavings import gone_between
from console.central.mail import is_id
from console.central.problems import Refuse, bad_request
from console.central.pulls import Pull, Shared, pull
from console.central.sight import sees_all, shown_body, shown_event_body, theirs
from console.central.tables import cases, events, ledger
from console.domain.case import Status
from console.protocol.wire import Identity, SnapshotLine

PAGE = 200
_BOOKMARK = re.compile(r"(\d{1,18})\.(\d{1,16})\.([0-9a-f-]{36})\Z", re.ASCII)
SEEN = r"^[0-9]{1,18}\.[0-9a-f-]{36}$"
_SAME_S = 10.0
"""Seconds for which an event that was found is believed to be there: desks that come back together have seen
the same one, and a backup is not put back under a server that runs."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN = cases.c.status.in_([status.value for status in Status if status.is_open])


class _Record(msgspec.Struct, frozen=True):
    """As `CaseRecord`, with what lies stored put in as it is."""

    case: msgspec.Raw
    events: tuple[msgspec.Raw, ...]


class _Named(msgspec.Struct, frozen=True):
    """An event's id alone."""

    id: str


class _Line(msgspec.Struct, frozen=True):
    """As `SnapshotLine` with a record."""

    record: _Record
    next: str


class Bookmark(msgspec.Struct, frozen=True):
    """Where a snapshot goes on after a break, and the cursor it was begun with: a case read before the break
    may have changed since, so the cursor of the continuation would be too late."""

    cursor: int
    entered_us: int
    case: str

    def __str__(self) -> str:
        return f"{self.cursor}.{self.entered_us}.{self.case}"

    @classmethod
    def read(cls, text: str) -> "Bookmark":
        """Raises Refuse."""
        parts = _BOOKMARK.match(text)
        if parts is None or not is_id(parts[3]):
            raise bad_request("before")
        return cls(int(parts[1]), int(parts[2]), parts[3])


class Feed:
    """Reads only; each answer is one moment's picture."""

    def __init__(self, engine: Engine, clock: Clock, steady: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._clock = engine, clock
        self.shared = Shared()
        self._steady, self._found = steady, dict[str, float]()

    def cursor(self) -> int:
        """The last number given out and committed."""
        with self._engine.connect() as connection:
            return _head(connection)

    def changes(self, reader: Identity, after: int, limit: int) -> bytes:
        """GET /changes, encoded as `ChangesAnswer`. Raises Refuse for a cursor that was never given out."""
        with at_once(self._engine) as connection:
            return self.changes_by(connection, reader, _head(connection), after, limit)

    def check_seen(self, connection: Connection, seen: str) -> None:
        """Raises Refuse where this ledger has no such event: it gives out numbers a second time."""
        now = self._steady()
        if now - self._found.get(seen, -_SAME_S) < _SAME_S:
            return
        seq, _, event_id = seen.partition(".")
        found = connection.execute(select(events.c.body).where(events.c.seq == int(seq))).scalars()
        if all(msgspec.json.decode(body, type=_Named).id != event_id for body in found):
            raise Refuse(409, "ledger_restored", "The ledger has other events", "it may be restored")
        self._found = {one: at for one, at in self._found.items() if now - at < _SAME_S} | {seen: now}

    def changes_by(
        self, connection: Connection, reader: Identity, head: int, after: int, limit: int, whole: int = 0
    ) -> bytes:
        """The same on a connection from `at_once`, for a caller who knows where the ledger stands. Cases
        entered before `whole` (UTC ms) come with their whole timeline: the reader may have put them away."""
        if after > head:
            raise Refuse(409, "cursor_ahead", "The cursor is ahead of this server", "it may be restored")
        if after == head:
            found = Pull(head, False, b"")
        elif sees_all(reader):
            found = self.shared.get(
                after, limit, head, lambda: pull(connection, reader, head, after, limit, whole), whole
            )
        else:
            found = pull(connection, reader, head, after, limit)
        more, stamp = (b"true" if found.more else b"false"), rfc3339(self._clock.now()).encode()
        gone = b""
        if not sees_all(reader) and after < head:
            gone = b',"gone":' + gone_between(connection, reader.agency or "", after, found.cursor)
        told = (found.cursor, more, found.records, stamp, gone)
        return b'{"cursor":%d,"more":%s,"records":[%s],"server_time":"%s"%s}' % told

    def snapshot(
        self, reader: Identity, before: str | None, closed_after: datetime | None = None
    ) -> Iterator[bytes]:
        """GET /snapshot, line by line. The cursor is of its beginning: what changes later comes again.
        `closed_after`: without cases that were ended before; `total` then is about how many there are."""
        mark = Bookmark.read(before) if before else None
        return self._lines(reader, mark, closed_after)

    def _lines(
        self, reader: Identity, mark: Bookmark | None, closed_after: datetime | None
    ) -> Iterator[bytes]:
        with reading(self._engine) as connection:
            cursor = mark.cursor if mark else _head(connection)
            counted = select(func.count()).select_from(cases).where(theirs(reader), _about(closed_after))
            total = connection.scalar(counted)
        yield msgspec.json.encode(SnapshotLine(cursor=cursor, total=total)) + b"\n"
        while True:
            with reading(self._engine) as connection:
                passed = _older(connection, reader, mark, closed_after)
                rows = [row for row in passed if row.kept]
                records = _records(connection, reader, [row.id for row in rows])
            if not passed:
                break
            marks = [Bookmark(cursor, _micro(row.entered_at), row.id) for row in rows]
            lines = [
                msgspec.json.encode(_Line(record, str(one)))
                for record, one in zip(records, marks, strict=True)
            ]
            yield b"\n".join(lines) + b"\n"
            mark = Bookmark(cursor, _micro(passed[-1].entered_at), passed[-1].id)
        yield msgspec.json.encode(SnapshotLine(end=True)) + b"\n"


def _head(connection: Connection) -> int:
    return int(connection.execute(select(ledger.c.seq)).scalar_one())


def _micro(moment: datetime) -> int:
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def _about(closed_after: datetime | None) -> ColumnElement[bool]:
    """Open, or entered since: told by columns alone, without those that were closed long after."""
    return true() if closed_after is None else or_(_OPEN, cases.c.entered_at >= closed_after)


def _kept(closed_after: datetime | None) -> ColumnElement[bool]:
    """Open, or ended since; of merged ones, which have no end of their own, entered since."""
    if closed_after is None:
        return true()
    ended = cast(cast(cases.c.body, JSON)["closed_at"].astext, DateTime(timezone=True))
    return or_(_about(closed_after), func.coalesce(ended >= closed_after, false()))


def _older(
    connection: Connection, reader: Identity, mark: Bookmark | None, closed_after: datetime | None
) -> Sequence[Any]:
    query = select(cases.c.id, cases.c.entered_at, _kept(closed_after).label("kept")).where(theirs(reader))
    if mark is not None:
        moment = _EPOCH + timedelta(microseconds=mark.entered_us)
        query = query.where(
            tuple_(cases.c.entered_at, cases.c.id)
            < tuple_(literal(moment), literal(mark.case, cases.c.id.type))
        )
    newest = (cases.c.entered_at.desc(), cases.c.id.desc())
    return connection.execute(query.order_by(*newest).limit(PAGE)).all()


def _records(connection: Connection, reader: Identity, ids: list[str]) -> tuple[_Record, ...]:
    """In the order of `ids`, each with its whole timeline."""
    whole = sees_all(reader)
    bodies = dict(connection.execute(select(cases.c.id, cases.c.body).where(cases.c.id.in_(ids))).all())
    query = select(events.c.case_id, events.c.body).where(events.c.case_id.in_(ids))
    if not whole:
        query = query.where(events.c.public)
    timelines: dict[str, list[msgspec.Raw]] = {case_id: [] for case_id in ids}
    by_case = (
        events.c.case_id,
        events.c.seq,
        events.c.place,
    )  # by seq alone, every event would be walked past
    for case_id, body in connection.execute(query.order_by(*by_case)):
        timelines[case_id].append(msgspec.Raw(body.encode()) if whole else shown_event_body(body))
    return tuple(
        _Record(
            case=msgspec.Raw(bodies[case_id].encode()) if whole else shown_body(reader, bodies[case_id]),
            events=tuple(timelines[case_id]),
        )
        for case_id in ids
    )
