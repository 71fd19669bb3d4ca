"""Cases and their timelines on disk: writing many at once, reading one whole."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec

from console.domain.case import Case, Event, Status
from console.domain.reference import Reference
from console.models.case_rows import Local, RowMaker
from console.models.co_reports import CoReports
from console.models.search_table import Found, SearchTable
from console.models.shape import COLUMNS
from console.models.store import Store

SLICE = 400  # ids per IN list, cases per executemany

_Row = tuple[object, ...]
_encode = msgspec.json.Encoder().encode
_case = msgspec.json.Decoder(Case)
_event = msgspec.json.Decoder(Event)

_PUT_ROW = f"INSERT OR REPLACE INTO case_row ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_PUT_BODY = "INSERT OR REPLACE INTO case_body (pk, body) VALUES (?, ?)"
_BODIES = "SELECT body FROM event WHERE case_pk = ? ORDER BY pending, seq, part"
_PUT_EVENT = "INSERT OR REPLACE INTO event (case_pk, pending, seq, part, body) VALUES (?, ?, ?, ?, ?)"


class Known(NamedTuple):
    """A case that this store already has."""

    pk: int
    revision: int
    seen: bool
    waiting: bool
    attention: bool


class Stored(NamedTuple):
    """A case to be written. Of events that only this desk knows of: `pending` replaces them (None: they
    stay), `more_pending` come after them."""

    case: Case
    local: Local
    events: Sequence[Event] = ()
    pending: Sequence[Event] | None = None
    more_pending: Sequence[Event] = ()


class Made(NamedTuple):
    """A case that this store does not have, as rows but for their key: made before the transaction."""

    id: str
    row: _Row
    body: bytes
    words: str
    events: list[_Row]  # seq, part, body
    open: bool
    status: Status
    part_of: str | None  # the case that it was merged into


class Watch(Protocol):
    """Who keeps something of every row; told behind each commit, in order, of what it changed."""

    def put(self, rows: Sequence[_Row]) -> None:
        """These were written, as `COLUMNS`."""

    def remove(self, keys: Sequence[int]) -> None:
        """These were deleted."""

    def clear(self) -> None:
        """All were."""


class Cases:
    """All on the store's thread, writing inside `store.transaction()`.

    `shown`: whatever a reader made of a row, by key, until the row is written again. Who deletes or writes
    rows of cases past this class must say so with `removed`, or nobody who watches learns of it.
    """

    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._maker = RowMaker(reference)
        self.shown: dict[int, Any] = {}
        self._next_pk = 1
        self.watch: Watch | None = None
        self._changed: list[Callable[[Watch], None]] = []
        self.search = SearchTable(store)
        self._co_reports = CoReports(store, self.get, _case.decode)
        self.turned: set[str] = set()  # cases whose row changed with another one, since somebody told of them
        store.ended = self._tell
        self.refresh()

    def refresh(self) -> None:
        """Another process of this program has written cases. Words that it has learned are asked for by
        `search.vocabulary.forget`: who only writes does not need them."""
        self.shown.clear()
        self._next_pk = int(self._store.read("SELECT coalesce(max(pk), 0) FROM case_row")[0][0]) + 1

    def _tell(self, committed: bool) -> None:
        """A transaction has ended: what it changed is so, or never was."""
        self.search.ended(committed)
        changed, self._changed = self._changed, []
        if committed and self.watch is not None:
            for change in changed:
                change(self.watch)

    def removed(self, keys: Sequence[int]) -> None:
        """Rows of these keys were deleted in this transaction."""
        for key in keys:
            self.shown.pop(key, None)
        self._co_reports.forget(keys)
        self._changed.append(lambda watch: watch.remove(keys))

    def use(self, reference: Reference) -> None:
        """Rows written from now on follow this reference."""
        self._maker = RowMaker(reference)
        self.shown.clear()

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Those of `ids` that are here."""
        wanted, found = list(ids), {}
        for start in range(0, len(wanted), SLICE):
            part = tuple(wanted[start : start + SLICE])
            marks = ", ".join("?" * len(part))
            sql = f"SELECT id, pk, revision, seen, waiting, attention FROM case_row WHERE id IN ({marks})"
            for id_, pk, revision, seen, waiting, attention in self._store.read(sql, part):
                found[id_] = Known(pk, revision, bool(seen), bool(waiting), bool(attention))
        return found

    def put(self, cases: Sequence[Stored], known: dict[str, Known]) -> None:
        """Write them with their events and search words; `known` tells which are here already."""
        rows, bodies, events = list[tuple[Any, ...]](), list[_Row](), list[_Row]()
        old, new = list[tuple[int, Case]](), list[Found]()
        for stored in cases:
            had = known.get(stored.case.id)
            pk = had.pk if had else self._take_pk()
            self.shown.pop(pk, None)
            rows.append(self._maker.row(pk, stored.case, stored.local))
            bodies.append((pk, _encode(stored.case)))
            if had:
                old.append((pk, stored.case))
            else:
                told = [*stored.events, *(stored.pending or ()), *stored.more_pending]
                new.append(self._found(pk, stored.case, told))
            events += _event_rows(pk, 0, stored.events)
            if stored.pending is not None:
                self._drop_pending(pk, had is not None)
                events += _pending_rows(pk, stored.pending)
            if stored.more_pending:
                events += _pending_rows(pk, stored.more_pending, self._next_pending(pk) if had else 0)
        self._write_rows(rows)
        self._store.write_many(_PUT_BODY, bodies)
        self._store.write_many(_PUT_EVENT, events)
        self._relate([(row[0], stored.case) for row, stored in zip(rows, cases, strict=True)])
        self.search.put([self._found(pk, case, self._events_of(pk)) for pk, case in old])
        self.search.add(new)

    def _found(self, pk: int, case: Case, events: Sequence[Event]) -> Found:
        return Found(pk, self._maker.words(case, events), case.status.is_open)

    def _events_of(self, pk: int) -> list[Event]:
        return [_event.decode(row[0]) for row in self._store.read(_BODIES, (pk,))]

    def make(self, case: Case, events: Sequence[Event]) -> Made:
        """Its rows, as those of a case that nobody has opened here. Reads and writes nothing."""
        row = self._maker.row(0, case, Local())[1:]
        words = self._maker.words(case, events)
        body, open_ = _encode(case), case.status.is_open
        return Made(case.id, row, body, words, _places(events), open_, case.status, case.merged_into)

    def put_new(self, made: Sequence[Made]) -> None:
        """Write cases of which this store has none."""
        first = self._next_pk
        self._next_pk += len(made)
        new = list(enumerate(made, first))
        self._write_rows([(pk, *one.row) for pk, one in new])
        self._store.write_many(_PUT_BODY, [(pk, one.body) for pk, one in new])
        self._store.write_many(_PUT_EVENT, [(pk, 0, *event) for pk, one in new for event in one.events])
        self._turn([(pk, one.id, one.status, one.part_of) for pk, one in new])
        self.search.add([Found(pk, one.words, one.open) for pk, one in new])

    def find_again(self, after: int, limit: int) -> int | None:
        """Read in anew what the next cases by key are found by: the last key, None where there are none."""
        sql = "SELECT pk, body FROM case_body WHERE pk > ? ORDER BY pk LIMIT ?"
        rows = self._store.read(sql, (after, limit))
        self.search.put([self._found(pk, _case.decode(body), self._events_of(pk)) for pk, body in rows])
        return int(rows[-1][0]) if rows else None

    def make_again(self, after: int, limit: int) -> int | None:
        """The rows of the next cases by key anew out of their bodies, and what they are found by: the last
        key, None where there are none."""
        sql = (
            "SELECT pk, body, seen, waiting, attention FROM case_body JOIN case_row USING (pk) "
            "WHERE pk > ? ORDER BY pk LIMIT ?"
        )
        read = self._store.read(sql, (after, limit))
        cases = [(pk, _case.decode(body), Local(*map(bool, local))) for pk, body, *local in read]
        self._write_rows([self._maker.row(pk, case, local) for pk, case, local in cases])
        self._relate([(pk, case) for pk, case, _ in cases])
        self.search.put([self._found(pk, case, self._events_of(pk)) for pk, case, _ in cases])
        for pk, _, _ in cases:
            self.shown.pop(pk, None)
        return int(read[-1][0]) if read else None

    def _relate(self, written: Sequence[tuple[int, Case]]) -> None:
        self._turn([(pk, case.id, case.status, case.merged_into) for pk, case in written])

    def _turn(self, written: Sequence[tuple[int, str, Status, str | None]]) -> None:
        """Reports that were merged are due to be told or not by what became of the case they are part of."""
        self._co_reports.note([(pk, part_of) for pk, _, _, part_of in written])
        turned = self._co_reports.turned([one[:3] for one in written])
        if not turned:
            return
        sql = "UPDATE case_row SET callback_due = ? WHERE pk = ?"
        self._store.write_many(sql, [(due, pk) for pk, due in turned.items()])
        sql = f"SELECT {', '.join(COLUMNS)} FROM case_row WHERE pk IN ({', '.join('?' * len(turned))})"
        rows = self._store.read(sql, tuple(turned))
        for row in rows:
            self.shown.pop(row[0], None)
            self.turned.add(row[1])
        self._changed.append(lambda watch: watch.put(rows))

    def _write_rows(self, rows: list[_Row]) -> None:
        self._store.write_many(_PUT_ROW, rows)
        self._changed.append(lambda watch: watch.put(rows))

    def _take_pk(self) -> int:
        self._next_pk += 1
        return self._next_pk - 1

    def _drop_pending(self, pk: int, exists: bool) -> None:
        if exists:
            self._store.write_many("DELETE FROM event WHERE case_pk = ? AND pending = 1", [(pk,)])

    def add_events(self, case_id: str, events: Sequence[Event]) -> None:
        """Confirmed events of a case that is here; the same ones again change nothing."""
        known = self.known([case_id])
        if case_id in known:
            pk = known[case_id].pk
            self._store.write_many(_PUT_EVENT, _event_rows(pk, 0, events))
            if (case := self.get(case_id)) is not None:
                self.search.put([self._found(pk, case, self._events_of(pk))])

    def _next_pending(self, pk: int) -> int:
        sql = "SELECT coalesce(max(seq), -1) + 1 FROM event WHERE case_pk = ? AND pending = 1"
        return int(self._store.read(sql, (pk,))[0][0])

    def remove(self, case_id: str) -> None:
        """Forget a case: one that the centre never knew, or that is not kept here any more."""
        for had in self.known([case_id]).values():
            self.removed([had.pk])
            self.search.remove([had.pk])
            for table, key in (("case_row", "pk"), ("case_body", "pk"), ("event", "case_pk")):
                self._store.write_many(f"DELETE FROM {table} WHERE {key} = ?", [(had.pk,)])

    def clear(self) -> None:
        """Forget all of them."""
        for table in ("case_row", "case_body", "event"):
            self._store.write_many(f"DELETE FROM {table}", [()])
        self._co_reports.forget()
        self.search.clear()
        self.shown.clear()
        self._changed.append(lambda watch: watch.clear())

    def get(self, case_id: str) -> Case | None:
        """The case as it stands here, waiting commands folded in."""
        sql = "SELECT body FROM case_body WHERE pk = (SELECT pk FROM case_row WHERE id = ?)"
        rows = self._store.read(sql, (case_id,))
        return _case.decode(rows[0][0]) if rows else None

    def id_of_number(self, number: str) -> str | None:
        """The case that carries a number."""
        rows = self._store.read("SELECT id FROM case_row WHERE number = ?", (number,))
        return str(rows[0][0]) if rows else None

    def events(self, case_id: str, confirmed_only: bool = False) -> tuple[tuple[Event, ...], tuple[str, ...]]:
        """The timeline, oldest first, and the ids of those not yet confirmed."""
        sql = "SELECT pending, body FROM event WHERE case_pk = (SELECT pk FROM case_row WHERE id = ?)"
        rows = self._store.read(sql + " ORDER BY pending, seq, part", (case_id,))
        read = [(pending, _event.decode(body)) for pending, body in rows]
        if confirmed_only:
            return tuple(event for pending, event in read if not pending), ()
        return tuple(event for _, event in read), tuple(event.id for pending, event in read if pending)

    def mark_seen(self, case_id: str) -> bool:
        """Opened at this desk; False where it was before or is not here."""
        had = self.known([case_id]).get(case_id)
        if had is None or had.seen:
            return False
        self.shown.pop(had.pk, None)
        with self._store.transaction():
            self._store.write_many("UPDATE case_row SET seen = 1, unread = 0 WHERE pk = ?", [(had.pk,)])
        return True


def _event_rows(pk: int, pending: int, events: Sequence[Event]) -> list[tuple[object, ...]]:
    """The place of an event is its seq and its rank among those of the same seq: they come together."""
    return [(pk, pending, *event) for event in _places(events)]


def _places(events: Sequence[Event]) -> list[_Row]:
    """seq, part, body."""
    rows: list[_Row] = []
    last, part = -1, 0
    for event in events:
        part = part + 1 if event.seq == last else 0
        last = event.seq
        rows.append((event.seq, part, _encode(event)))
    return rows


def _pending_rows(pk: int, events: Sequence[Event], first: int = 0) -> list[tuple[object, ...]]:
    return [(pk, 1, place, 0, _encode(event)) for place, event in enumerate(events, first)]
