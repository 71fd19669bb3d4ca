"""Drafts on disk and the station's counters, as bytes and numbers."""

from console.models.store import Store

OPEN, SAVED, DISCARDED = "open", "saved", "discarded"
HANDED, GIVEN = "handed", "given"
"""On its way to another desk; taken there."""


class Drafts:
    """All on the store's thread, writing inside `store.transaction()`. Bodies are the desk's JSON."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(
        self,
        draft_id: str,
        case_id: str,
        saved_ms: int,
        body: bytes,
        state: str = OPEN,
        until: int | None = None,
    ) -> None:
        """Write a draft, open unless told otherwise; an ended one is kept `until`."""
        sql = (
            "INSERT INTO draft (id, case_id, state, saved_ms, until_ms, body) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET state = excluded.state, until_ms = excluded.until_ms, "
            "saved_ms = excluded.saved_ms, body = excluded.body"
        )
        self._store.write_many(sql, [(draft_id, case_id, state, saved_ms, until, body)])

    def end(self, draft_id: str, state: str, until_ms: int) -> None:
        """Saved or discarded: out of sight, kept until then."""
        sql = "UPDATE draft SET state = ?, until_ms = ? WHERE id = ?"
        self._store.write_many(sql, [(state, until_ms, draft_id)])

    def open(self) -> list[bytes]:
        """Open ones, oldest first."""
        return [row[0] for row in self._store.read("SELECT body FROM draft WHERE state = 'open' ORDER BY id")]

    def get(self, draft_id: str) -> bytes | None:
        """One by its id, open or ended."""
        rows = self._store.read("SELECT body FROM draft WHERE id = ?", (draft_id,))
        return rows[0][0] if rows else None

    def state(self, draft_id: str) -> str | None:
        """open, saved, discarded, handed, given; None where it is unknown."""
        rows = self._store.read("SELECT state FROM draft WHERE id = ?", (draft_id,))
        return str(rows[0][0]) if rows else None

    def of_case(self, case_id: str) -> bytes | None:
        """The draft that a case was logged from."""
        rows = self._store.read("SELECT body FROM draft WHERE case_id = ?", (case_id,))
        return rows[0][0] if rows else None

    def prune(self, now_ms: int) -> None:
        """Let go of ended ones whose time has passed, unless the centre has not taken their case yet."""
        sql = (
            "DELETE FROM draft WHERE state != 'open' AND until_ms <= ? AND case_id NOT IN "
            "(SELECT case_id FROM outbox WHERE state != 'sent')"
        )
        self._store.write_many(sql, [(now_ms,)])


class Counters:
    """The station's last number, by month "YYMM": never lower, never given out twice."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, station: str, month: str) -> int:
        """The next number, from 1."""
        sql = (
            "INSERT INTO counter (station, month, last) VALUES (?, ?, 1) "
            "ON CONFLICT (station, month) DO UPDATE SET last = last + 1"
        )
        self._store.write_many(sql, [(station, month)])
        found = "SELECT last FROM counter WHERE station = ? AND month = ?"
        return int(self._store.read(found, (station, month))[0][0])

    def raise_to(self, station: str, counters: dict[str, int]) -> None:
        """What the centre has seen of this station: a desk set up anew goes on from there."""
        sql = (
            "INSERT INTO counter (station, month, last) VALUES (?, ?, ?) "
            "ON CONFLICT (station, month) DO UPDATE SET last = max(last, excluded.last)"
        )
        self._store.write_many(sql, [(station, month, last) for month, last in counters.items()])


class Meta:
    """Small facts that live as long as the file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> str | None:
        """What was kept, or None."""
        rows = self._store.read("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def under(self, before: str) -> list[str]:
        """The values of all keys that begin so, in the keys' order."""
        sql = "SELECT value FROM meta WHERE key >= ? AND key < ? ORDER BY key"
        return [str(row[0]) for row in self._store.read(sql, (before, before + "\U0010ffff"))]

    def set(self, key: str, value: str | None) -> None:
        """Keep it; None forgets it."""
        if value is None:
            self._store.write_many("DELETE FROM meta WHERE key = ?", [(key,)])
        else:
            self._store.write_many("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [(key, value)])
