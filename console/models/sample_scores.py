"""How calls were scored, on disk."""

from typing import NamedTuple

from console.models.store import Store


class KeptScore(NamedTuple):
    """`version`: the centre's, 0: it has none; `dirty`: it has not heard of it as it is; `author`: then only
    this user tells it, "" anybody. `body`: as it travels, JSON."""

    case_id: str
    version: int
    scored_ms: int
    author: str
    dirty: bool
    body: bytes


_COLUMNS = ", ".join(KeptScore._fields)
_MARKS = ", ".join("?" for _ in KeptScore._fields)


class SampleScores:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, case_id: str) -> KeptScore | None:
        """The one of this case."""
        return next(iter(self._where("case_id = ?", case_id)), None)

    def dirty(self, user: str) -> list[KeptScore]:
        """Those that this user may tell, in the order they were given."""
        return self._where("dirty = 1 AND author IN ('', ?) ORDER BY scored_ms, case_id", user)

    def cases(self) -> frozenset[str]:
        """Cases that have one."""
        return frozenset(case for (case,) in self._store.read("SELECT case_id FROM sample_score"))

    def put(self, score: KeptScore) -> None:
        """Keep it, in the place of what it was."""
        sql = f"INSERT OR REPLACE INTO sample_score ({_COLUMNS}) VALUES ({_MARKS})"
        self._store.write_many(sql, [score])

    def prune(self, before_ms: int) -> None:
        """Let go of what was scored before, and was told."""
        self._store.write_many("DELETE FROM sample_score WHERE dirty = 0 AND scored_ms < ?", [(before_ms,)])

    def tell_again(self) -> None:
        """The centre may know none of them any more."""
        self._store.write_many("UPDATE sample_score SET version = 0, dirty = 1, author = ''", [()])

    def _where(self, condition: str, value: str) -> list[KeptScore]:
        rows = self._store.read(f"SELECT {_COLUMNS} FROM sample_score WHERE {condition}", (value,))
        return [KeptScore(*row)._replace(dirty=bool(row[4])) for row in rows]
