"""The centre's own copy of cases that have waiting commands here; of any other case the row is it."""

import msgspec

from console.domain.case import Case
from console.models.store import Store

_case = msgspec.json.Decoder(Case)


class Confirmed:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self, case_id: str) -> tuple[bool, Case | None]:
        """Whether a copy is kept, and the copy; (True, None): the centre does not know the case."""
        rows = self._store.read("SELECT body FROM confirmed WHERE case_id = ?", (case_id,))
        if not rows:
            return False, None
        return True, _case.decode(rows[0][0]) if rows[0][0] is not None else None

    def keep(self, case_id: str, case: Case | None) -> None:
        """Set it apart from the row, which goes ahead of it."""
        body = msgspec.json.encode(case) if case is not None else None
        sql = "INSERT OR REPLACE INTO confirmed (case_id, body) VALUES (?, ?)"
        self._store.write_many(sql, [(case_id, body)])

    def drop(self, case_id: str) -> None:
        """The row is the centre's word again."""
        self._store.write_many("DELETE FROM confirmed WHERE case_id = ?", [(case_id,)])
