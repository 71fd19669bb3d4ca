"""The journal on disk: what was saved as it was given and is not written up yet. Usually empty."""

from console.models.store import Store


class Journal:
    """All on the store's thread, writing inside `store.transaction()`. Bodies are the desk's JSON."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(self, body: bytes) -> int:
        """Put it at the end; the place it has there."""
        return int(self._store.cursor("INSERT INTO journal (body) VALUES (?)", (body,)).lastrowid)

    def entries(self) -> list[tuple[int, bytes]]:
        """All, oldest first."""
        return [(n, body) for n, body in self._store.read("SELECT n, body FROM journal ORDER BY n")]

    def drop(self, n: int) -> None:
        """It is written up."""
        self._store.write_many("DELETE FROM journal WHERE n = ?", [(n,)])
