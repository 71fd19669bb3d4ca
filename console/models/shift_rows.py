"""The book of the shifts on disk: roster entries, handover sheets, reads, drafts of sheets, outages."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from console.models.store import Store

CLEAN, DIRTY, REFUSED = 0, 1, 2


class ShiftRow(NamedTuple):
    """`day`: "2026-12-01", by which it is found and let go of; `dirty`: DIRTY where the centre must hear of
    it, REFUSED where it does not take it; `body`: JSON."""

    kind: str
    key: str
    day: str
    version: int
    dirty: int
    body: bytes


_COLUMNS = ", ".join(ShiftRow._fields)
_MARKS = ", ".join("?" for _ in ShiftRow._fields)


class ShiftRows:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, kind: str, key: str) -> ShiftRow | None:
        """One of them."""
        return next(iter(self._where("kind = ? AND key = ?", (kind, key))), None)

    def between(self, kind: str, first: str, last: str) -> list[ShiftRow]:
        """Those of these days, both included, by day and key."""
        return self._where("kind = ? AND day BETWEEN ? AND ? ORDER BY day, key", (kind, first, last))

    def dirty(self, kind: str) -> list[ShiftRow]:
        """Those of which the centre must hear."""
        return self._where("kind = ? AND dirty = 1 ORDER BY day, key", (kind,))

    def put(self, row: ShiftRow) -> None:
        """Keep it, in the place of what it was."""
        self._store.write_many(
            f"INSERT OR REPLACE INTO shift_row ({_COLUMNS}) VALUES ({_MARKS})", [tuple(row)]
        )

    def prune(self, before: str) -> None:
        """Let go of what is of days before, and known at the centre."""
        self._store.write_many("DELETE FROM shift_row WHERE day < ? AND dirty = 0", [(before,)])

    def _where(self, condition: str, values: Sequence[Any]) -> list[ShiftRow]:
        rows = self._store.read(f"SELECT {_COLUMNS} FROM shift_row WHERE {condition}", tuple(values))
        return [ShiftRow(*row) for row in rows]
