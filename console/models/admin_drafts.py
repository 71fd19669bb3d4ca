"""What administrators typed and have not published, on disk."""

from typing import NamedTuple

from console.models.store import Store


class KeptEdit(NamedTuple):
    """`base`: the version of the reference that it was typed over; `body`: what was typed, as JSON."""

    id: str
    author: str
    kind: str
    base: int
    saved_ms: int
    body: bytes


_COLUMNS = ", ".join(KeptEdit._fields)
_MARKS = ", ".join("?" for _ in KeptEdit._fields)


class AdminDrafts:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, author: str) -> list[KeptEdit]:
        """Everything that somebody has under way, in the order of its lists."""
        sql = f"SELECT {_COLUMNS} FROM admin_draft WHERE author = ? ORDER BY kind, id"
        return [KeptEdit(*row) for row in self._store.read(sql, (author,))]

    def put(self, edit: KeptEdit) -> None:
        """Keep it, in the place of what it was."""
        self._store.write_many(f"INSERT OR REPLACE INTO admin_draft ({_COLUMNS}) VALUES ({_MARKS})", [edit])

    def drop(self, edit_id: str) -> None:
        """It was published, or discarded."""
        self._store.write_many("DELETE FROM admin_draft WHERE id = ?", [(edit_id,)])
