"""GET /changes: one statement is one picture of the database, put into JSON as it lies there.

After a hint all desks ask for the same at once. So an answer that is being made, or was just made, is shared:
it is kept by the ledger's number that its readers have seen, and is at least as new as that. An answer with
`more` behind it stays true as a step, whatever came since: desks that come back together go the same steps.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, text

from console.central.sight import sees_all, shown_body, shown_event_body
from console.protocol.wire import Identity

KEPT = 64
KEPT_S = 10.0
"""Seconds: as long as desks take to come back together. A backup put back under a running server gives its
numbers out again: what they meant before must be gone by then."""
KEPT_BYTES = 2 << 20
"""An answer larger than that is not kept."""

_STAFF = text(
    "WITH page AS (SELECT case_id, seq FROM events WHERE seq > :after ORDER BY seq LIMIT :limit),"
    " named AS (SELECT case_id, min(seq) AS first, max(seq) AS last FROM page GROUP BY case_id)"
    " SELECT (SELECT seq FROM ledger) AS head, named.last, cases.body,"
    " (SELECT string_agg(e.body, ',' ORDER BY e.seq, e.place) FROM events e"
    "  WHERE e.case_id = named.case_id AND (e.seq > :after OR cases.entered_at < :whole)) AS events"
    " FROM named JOIN cases ON cases.id = named.case_id ORDER BY named.first"
)
_AGENCY = text(
    "WITH page AS (SELECT events.case_id, events.seq FROM events JOIN cases ON cases.id = events.case_id"
    "  WHERE events.seq > :after AND (cases.lead = :agency OR :agency = ANY(cases.supporting))"
    "  ORDER BY events.seq LIMIT :limit),"
    " named AS (SELECT case_id, min(seq) AS first, max(seq) AS last FROM page GROUP BY case_id)"
    " SELECT (SELECT seq FROM ledger) AS head, named.last, cases.body,"
    " (SELECT string_agg(e.body, ',' ORDER BY e.seq, e.place) FROM events e"
    "  WHERE e.case_id = named.case_id AND e.public) AS events"
    " FROM named JOIN cases ON cases.id = named.case_id ORDER BY named.first"
)
"""Cases by events and not by their own revision: a case of a later page may have events before that page. An
agency gets the whole timeline: the case may be new to it."""


class Pull(NamedTuple):
    """`records`: JSON, without the brackets; `cursor` to ask with next, `more` to ask at once."""

    cursor: int
    more: bool
    records: bytes


def pull(connection: Connection, reader: Identity, head: int, after: int, limit: int, whole: int = 0) -> Pull:
    """What the reader may see after the cursor; `head`: where the ledger stood a moment ago. Cases entered
    before `whole` (UTC ms) come with all their events."""
    asked = {"after": after, "limit": limit}
    if sees_all(reader):
        before = datetime.fromtimestamp(whole / 1000, UTC)
        rows = connection.execute(_STAFF, {**asked, "whole": before}).all()
        records = b",".join(_record(row.body.encode(), row.events.encode()) for row in rows)
    else:
        rows = connection.execute(_AGENCY, {**asked, "agency": reader.agency or ""}).all()
        records = b",".join(_record(bytes(shown_body(reader, row.body)), _shown(row.events)) for row in rows)
    if not rows:
        return Pull(head, False, b"")
    last, head = max(row.last for row in rows), rows[0].head
    return Pull(last if last < head else head, last < head, records)


def _record(case: bytes, events: bytes) -> bytes:
    return b'{"case":%s,"events":[%s]}' % (case, events)


def _shown(events: str | None) -> bytes:
    bodies = msgspec.json.decode(f"[{events or ''}]", type=list[msgspec.Raw])
    return b",".join(bytes(shown_event_body(bytes(body).decode())) for body in bodies)


class Shared:
    """Answers of the last moments, by what was asked; each is made once, whoever else waits for it."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._lock, self._steady = threading.Lock(), steady
        self._answers: OrderedDict[tuple[int, ...], tuple[Future[Pull], float]] = OrderedDict()

    def get(self, after: int, limit: int, head: int, make: Callable[[], Pull], whole: int = 0) -> Pull:
        """The answer that is there, or the one that `make` makes; raises what it raised."""
        key, step = (after, limit, whole, head), (after, limit, whole)
        with self._lock:
            found = self._known(step) or self._known(key)
            if found is None:
                mine = Future[Pull]()
                self._put(key, mine)
        if found is not None:
            return found.result()
        try:
            answer = make()
        except BaseException as error:
            self._forget(key)
            mine.set_exception(error)
            raise
        mine.set_result(answer)
        if answer.more or len(answer.records) > KEPT_BYTES:
            self._forget(key)
        if answer.more and len(answer.records) <= KEPT_BYTES:
            self._keep(step, mine)
        return answer

    def clear(self) -> None:
        """Make every answer anew."""
        with self._lock:
            self._answers.clear()

    def _known(self, key: tuple[int, ...]) -> Future[Pull] | None:
        answer, born = self._answers.get(key, (None, 0.0))
        return answer if self._steady() - born < KEPT_S else None

    def _put(self, key: tuple[int, ...], answer: Future[Pull]) -> None:
        self._answers[key] = answer, self._steady()
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)

    def _keep(self, key: tuple[int, ...], answer: Future[Pull]) -> None:
        with self._lock:
            self._put(key, answer)

    def _forget(self, key: tuple[int, ...]) -> None:
        with self._lock:
            self._answers.pop(key, None)
