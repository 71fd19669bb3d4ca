"""Reference data on disk, as it came over the wire."""

from collections.abc import Iterable

import msgspec

from console.models.store import Store
from console.protocol.wire import ReferenceItem


class ReferenceItems:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, items: Iterable[ReferenceItem]) -> None:
        """Newer ones replace older ones; tombstones stay, so that an older copy never comes back."""
        sql = (
            "INSERT INTO reference_item (kind, key, version, deleted, body) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, deleted = excluded.deleted, "
            "body = excluded.body WHERE excluded.version >= version"
        )
        rows: list[tuple[object, ...]] = [
            (item.kind, item.key, item.version, int(item.deleted), msgspec.json.encode(item.body))
            for item in items
        ]
        self._store.write_many(sql, rows)

    def clear(self) -> None:
        """They are read from the start."""
        self._store.write_many("DELETE FROM reference_item", [()])

    def all(self) -> list[ReferenceItem]:
        """Every item that is not deleted."""
        sql = "SELECT kind, key, version, body FROM reference_item WHERE deleted = 0"
        return [
            ReferenceItem(kind=kind, key=key, version=version, body=msgspec.json.decode(body))
            for kind, key, version, body in self._store.read(sql)
        ]
