"""The centre's own copy of cases that have waiting commands here; of any other case the row is it.

A row of revision 0 is no copy of anything: the centre does not know that case yet.
"""

import msgspec

from console.domain.case import Case
from console.models.store import Store

_case = msgspec.json.Decoder(Case)


class Confirmed:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, case_id: str) -> Case | None:
        """The copy, where one is kept."""
        rows = self._store.read("SELECT body FROM confirmed WHERE case_id = ?", (case_id,))
        return _case.decode(rows[0][0]) if rows else None

    def keep(self, case: Case) -> None:
        """Set it apart from the row, which goes ahead of it."""
        sql = "INSERT OR REPLACE INTO confirmed (case_id, body) VALUES (?, ?)"
        self._store.write_many(sql, [(case.id, msgspec.json.encode(case))])

    def clear(self) -> None:
        """None is the centre's word any more."""
        self._store.write_many("DELETE FROM confirmed", [()])

    def drop(self, case_id: str) -> None:
        """The row is the centre's word again."""
        self._store.write_many("DELETE FROM confirmed WHERE case_id = ?", [(case_id,)])
