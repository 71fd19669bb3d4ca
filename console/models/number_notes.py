"""What is known of telephone numbers, on disk."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from console.models.store import Store


class KeptNote(NamedTuple):
    """`version`: the centre's; 0: it has none of it. `dirty`: the centre has not heard of it as it is;
    `author`: then only this user tells it, "" anybody. `body`: kinds, text and who wrote it, as JSON."""

    phone: str
    version: int
    changed_ms: int
    used_ms: int
    author: str
    dirty: bool
    deleted: bool
    body: bytes


_COLUMNS = ", ".join(KeptNote._fields)
_MARKS = ", ".join("?" for _ in KeptNote._fields)


class NumberNotes:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, phone: str) -> KeptNote | None:
        """The one of this number, also a deleted one."""
        return next(iter(self._where("phone = ?", (phone,))), None)

    def dirty(self, user: str) -> list[KeptNote]:
        """Those that this user may tell, in the order they were changed."""
        return self._where("dirty = 1 AND author IN ('', ?) ORDER BY changed_ms, phone", (user,))

    def put(self, note: KeptNote) -> None:
        """Keep it, in the place of what it was."""
        row = tuple(int(value) if isinstance(value, bool) else value for value in note)
        self._store.write_many(f"INSERT OR REPLACE INTO number_note ({_COLUMNS}) VALUES ({_MARKS})", [row])

    def prune(self, before_ms: int) -> None:
        """Let go of what was last of use before."""
        self._store.write_many("DELETE FROM number_note WHERE used_ms < ?", [(before_ms,)])

    def tell_again(self) -> None:
        """The centre may know none of them any more."""
        self._store.write_many("UPDATE number_note SET version = 0, dirty = 1, author = ''", [()])

    def _where(self, condition: str, values: Sequence[Any]) -> list[KeptNote]:
        rows = self._store.read(f"SELECT {_COLUMNS} FROM number_note WHERE {condition}", tuple(values))
        return [
            KeptNote(phone, version, changed, used, author, dirty == 1, deleted == 1, body)
            for phone, version, changed, used, author, dirty, deleted, body in rows
        ]
