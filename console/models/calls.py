"""Calls on disk, and the people to call back."""

from typing import NamedTuple

from console.models.store import Store

MOST_LISTED = 500
PRUNED = 500  # rows at a time


class CallRow(NamedTuple):
    """One call. `left_ms`: when it left the strip; None: it stands there."""

    id: str
    station: str
    user: str
    incoming: bool
    number: str
    phone: str | None
    name: str
    rang_ms: int
    answered_ms: int | None = None
    ended_ms: int | None = None
    how: str | None = None
    kind: str | None = None
    note: str = ""
    slot: int = 0
    draft_id: str | None = None
    case_id: str | None = None
    saved_ms: int | None = None
    left_ms: int | None = None


class CallbackRow(NamedTuple):
    """Somebody to call back. `party`: by what rings of one person are known as one entry; `due_ms`: promised
    for then; None: rang in vain."""

    id: str
    party: str
    number: str
    phone: str | None
    name: str
    rings: int
    last_ms: int
    due_ms: int | None = None
    note: str = ""
    case_id: str | None = None
    tried: int = 0


_CALL = ", ".join(CallRow._fields)
_CALL_MARKS = ", ".join("?" for _ in CallRow._fields)
_BACK = ", ".join(CallbackRow._fields)
_BACK_MARKS = ", ".join("?" for _ in CallbackRow._fields)


class CallLog:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, row: CallRow) -> None:
        """Keep it, in the place of what it was; what it was saved as stays known."""
        self._store.write_many(
            f"INSERT INTO call_log ({_CALL}) VALUES ({_CALL_MARKS}) ON CONFLICT (id) DO UPDATE SET "
            "station = excluded.station, number = excluded.number, "
            "user = CASE WHEN excluded.user = '' THEN user ELSE excluded.user END, "
            "phone = excluded.phone, name = excluded.name, answered_ms = excluded.answered_ms, "
            "ended_ms = excluded.ended_ms, how = excluded.how, kind = coalesce(excluded.kind, kind), "
            "note = excluded.note, slot = excluded.slot, draft_id = excluded.draft_id, "
            "case_id = coalesce(excluded.case_id, case_id), "
            "saved_ms = coalesce(saved_ms, excluded.saved_ms), left_ms = excluded.left_ms",
            [row],
        )

    def saved(self, draft_id: str, case_id: str, kind: str, at_ms: int) -> None:
        """What was written for its calls is a report now."""
        sql = "UPDATE call_log SET case_id = ?, kind = ?, saved_ms = coalesce(saved_ms, ?) WHERE draft_id = ?"
        self._store.write_many(sql, [(case_id, kind, at_ms, draft_id)])

    def here(self) -> list[CallRow]:
        """Those on the strip, oldest first."""
        return self._where("left_ms IS NULL ORDER BY id", ())

    def get(self, call_id: str) -> CallRow | None:
        """One of them."""
        return next(iter(self._where("id = ?", (call_id,))), None)

    def of_draft(self, draft_id: str) -> CallRow | None:
        """The first call that this was written for."""
        return next(
            iter(self._where("draft_id = ? AND incoming = 1 ORDER BY rang_ms, id LIMIT 1", (draft_id,))), None
        )

    def prune(self, before_ms: int) -> None:
        """Let go of some that left the strip before."""
        sql = (
            "DELETE FROM call_log WHERE id IN (SELECT id FROM call_log WHERE left_ms IS NOT NULL "
            "AND left_ms < ? LIMIT ?)"
        )
        self._store.write_many(sql, [(before_ms, PRUNED)])

    def _where(self, condition: str, values: tuple[object, ...]) -> list[CallRow]:
        rows = self._store.read(f"SELECT {_CALL} FROM call_log WHERE {condition}", values)
        return [row._replace(incoming=bool(row.incoming)) for row in (CallRow(*row) for row in rows)]


class Callbacks:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rang_in_vain(self, row: CallbackRow) -> None:
        """One more ring of somebody: a new entry, or the one that stands open for them."""
        rows = self._store.read(
            "SELECT id FROM callback WHERE party = ? AND done_ms IS NULL AND due_ms IS NULL", (row.party,)
        )
        if not rows:
            self.put(row)
            return
        sql = (
            "UPDATE callback SET rings = rings + ?, last_ms = max(last_ms, ?), number = ?, "
            "name = CASE WHEN ? = '' THEN name ELSE ? END WHERE id = ?"
        )
        self._store.write_many(sql, [(row.rings, row.last_ms, row.number, row.name, row.name, rows[0][0])])

    def put(self, row: CallbackRow) -> None:
        """A new entry."""
        self._store.write_many(f"INSERT INTO callback ({_BACK}, reached) VALUES ({_BACK_MARKS}, 0)", [row])

    def spoken(self, party: str, rang_ms: int, now_ms: int) -> None:
        """Somebody who rang in vain before has been spoken with; promises stand."""
        sql = (
            "UPDATE callback SET done_ms = ?, reached = 1 "
            "WHERE party = ? AND done_ms IS NULL AND due_ms IS NULL AND last_ms <= ?"
        )
        self._store.write_many(sql, [(now_ms, party, rang_ms)])

    def open(self) -> list[CallbackRow]:
        """All that are open, the newest ring first."""
        sql = f"SELECT {_BACK} FROM callback WHERE done_ms IS NULL ORDER BY last_ms DESC, id DESC LIMIT ?"
        return [CallbackRow(*row) for row in self._store.read(sql, (MOST_LISTED,))]

    def get(self, entry_id: str) -> CallbackRow | None:
        """One of them, also one that is off the list."""
        sql = f"SELECT {_BACK} FROM callback WHERE id = ?"
        return next((CallbackRow(*row) for row in self._store.read(sql, (entry_id,))), None)

    def tried(self, entry_id: str, note: str) -> None:
        """Nobody was reached: it stays open, or is again, though somebody (a machine) took the call."""
        sql = "UPDATE callback SET tried = tried + 1, note = ?, done_ms = NULL, reached = 0 WHERE id = ?"
        self._store.write_many(sql, [(note, entry_id)])

    def done(self, entry_id: str, reached: bool, note: str, now_ms: int) -> None:
        """Off the list."""
        sql = "UPDATE callback SET done_ms = coalesce(done_ms, ?), reached = ?, note = ? WHERE id = ?"
        self._store.write_many(sql, [(now_ms, int(reached), note, entry_id)])

    def prune(self, before_ms: int) -> None:
        """Let go of some that were done before."""
        sql = (
            "DELETE FROM callback WHERE id IN (SELECT id FROM callback WHERE done_ms IS NOT NULL "
            "AND done_ms < ? LIMIT ?)"
        )
        self._store.write_many(sql, [(before_ms, PRUNED)])
