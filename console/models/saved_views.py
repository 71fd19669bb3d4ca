"""Views of the queue that people of this workstation made, and those that colleagues share."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from console.models.store import Store


class KeptView(NamedTuple):
    """`version`: the centre's; 0: it has none of it. `dirty`: the centre has not heard of it as it is.
    `deleted`: taken back, but the centre has not heard. `body`: what it is called and asks, as JSON."""

    id: str
    owner: str
    shared: bool
    version: int
    changed_ms: int
    dirty: bool
    deleted: bool
    body: bytes


_COLUMNS = "id, owner, shared, version, changed_ms, dirty, deleted, body"


class SavedViews:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def shown_to(self, user: str) -> list[KeptView]:
        """The user's own ones and those that others share."""
        return self._where("deleted = 0 AND (owner = ? OR shared = 1)", (user,))

    def get(self, view_id: str) -> KeptView | None:
        """One of them, also a deleted one."""
        return next(iter(self._where("id = ?", (view_id,))), None)

    def dirty(self, owner: str) -> list[KeptView]:
        """Those of an owner that the centre must hear of, in the order they were changed."""
        return self._where("dirty = 1 AND owner = ?", (owner,))

    def put(self, view: KeptView) -> None:
        """Keep it, in the place of what it was."""
        row = tuple(int(value) if isinstance(value, bool) else value for value in view)
        self._store.write_many(
            f"INSERT OR REPLACE INTO saved_view ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row]
        )

    def forget(self, view_id: str) -> None:
        """Nothing is left of it."""
        self._store.write_many("DELETE FROM saved_view WHERE id = ?", [(view_id,)])

    def tell_again(self) -> None:
        """The centre may know none of them any more."""
        self._store.write_many("UPDATE saved_view SET version = 0, dirty = 1 WHERE shared = 1", [()])

    def _where(self, condition: str, values: Sequence[Any]) -> list[KeptView]:
        sql = f"SELECT {_COLUMNS} FROM saved_view WHERE {condition} ORDER BY changed_ms, id"
        return [
            KeptView(id_, owner, shared == 1, version, changed, dirty == 1, deleted == 1, body)
            for id_, owner, shared, version, changed, dirty, deleted, body in self._store.read(
                sql, tuple(values)
            )
        ]
