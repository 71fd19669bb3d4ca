"""What was looked at, exported and printed here, on disk until the centre has it."""

from collections.abc import Sequence
from typing import NamedTuple

from console.models.store import Store


class KeptAct(NamedTuple):
    """`fact`: JSON, without personal data."""

    id: str
    at_ms: int
    user: str
    kind: str
    case_id: str | None
    fact: str


_COLUMNS = ", ".join(KeptAct._fields)


class AuditActs:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, act: KeptAct) -> None:
        """One more."""
        self._store.write_many(f"INSERT INTO audit_act ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", [tuple(act)])

    def first(self, limit: int) -> list[KeptAct]:
        """The oldest; ids are in the order of time."""
        rows = self._store.read(f"SELECT {_COLUMNS} FROM audit_act ORDER BY id LIMIT ?", (limit,))
        return [KeptAct(*row) for row in rows]

    def drop(self, ids: Sequence[str]) -> None:
        """The centre has them."""
        self._store.write_many("DELETE FROM audit_act WHERE id = ?", [(one,) for one in ids])
