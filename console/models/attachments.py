"""What was attached at this desk, by case: rows of the case store, written with their command."""

from collections.abc import Sequence
from typing import NamedTuple

from console.models.store import Store

_ON_THEIR_WAY = "SELECT case_id FROM handed_draft WHERE outward = 1 AND state IN ('offered', 'taken')"
_COLUMNS = "case_id, sha256, name, media_type, size, at_ms, draft, command"


class Attached(NamedTuple):
    """One file of one case. `draft`: it goes with the case's report, which is not saved yet."""

    case: str
    sha256: str
    name: str
    media_type: str
    size: int
    at_ms: int
    draft: bool
    command: str | None


class AttachmentTable:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, row: Attached) -> None:
        """Write it; the same file of the same case again replaces it."""
        marks = ", ".join("?" * len(row))
        values = (*row[:6], int(row.draft), row.command)
        self._store.write_many(f"INSERT OR REPLACE INTO attachment ({_COLUMNS}) VALUES ({marks})", [values])

    def get(self, case_id: str, sha256: str) -> Attached | None:
        """One file of one case."""
        found = self._read("WHERE case_id = ? AND sha256 = ?", (case_id, sha256))
        return found[0] if found else None

    def of_draft(self, case_id: str) -> list[Attached]:
        """Those that wait for their report, in the order they were added."""
        return self._read("WHERE case_id = ? AND draft = 1 ORDER BY at_ms, sha256", (case_id,))

    def given(self, case_id: str, commands: dict[str, str]) -> None:
        """Their commands are in the outbox: command ids by digest."""
        sql = "UPDATE attachment SET draft = 0, command = ? WHERE case_id = ? AND sha256 = ?"
        self._store.write_many(sql, [(command, case_id, sha256) for sha256, command in commands.items()])

    def moved(self, case_id: str, to: str, commands: dict[str, str]) -> None:
        """Out of a draft to another case, to which they were given: command ids by digest."""
        sql = (
            "UPDATE OR REPLACE attachment SET case_id = ?, draft = 0, command = ? "
            "WHERE case_id = ? AND sha256 = ?"
        )
        self._store.write_many(sql, [(to, command, case_id, digest) for digest, command in commands.items()])

    def remove(self, case_id: str, sha256: str) -> None:
        """No longer of this case."""
        self._store.write_many("DELETE FROM attachment WHERE case_id = ? AND sha256 = ?", [(case_id, sha256)])

    def standing(self, digests: Sequence[str]) -> dict[str, bool]:
        """Those of `digests` that some case has, and whether they are to go: a command for them was given, or
        they go to another desk with their draft."""
        marks = ", ".join("?" * len(digests))
        sql = (
            f"SELECT sha256, min(draft AND case_id NOT IN ({_ON_THEIR_WAY})) FROM attachment "
            f"WHERE sha256 IN ({marks}) GROUP BY sha256"
        )
        return {sha256: not draft for sha256, draft in self._store.read(sql, tuple(digests))}

    def leave(self, case_id: str) -> None:
        """The draft they were attached to is another desk's: what becomes of them is said there."""
        self._store.write_many(
            "UPDATE attachment SET draft = 0 WHERE case_id = ? AND draft = 1", [(case_id,)]
        )

    def is_promised(self, sha256: str) -> bool:
        """Whether a draft has this file, perhaps from another desk that has still to send it."""
        return bool(self._store.read("SELECT 1 FROM attachment WHERE sha256 = ? AND draft = 1", (sha256,)))

    def prune(self) -> None:
        """Files of drafts that are no more."""
        sql = "DELETE FROM attachment WHERE draft = 1 AND case_id NOT IN (SELECT case_id FROM draft)"
        self._store.write_many(sql, [()])

    def _read(self, rest: str, values: tuple[object, ...]) -> list[Attached]:
        rows = self._store.read(f"SELECT {_COLUMNS} FROM attachment {rest}", values)
        return [Attached(*row)._replace(draft=bool(row[6])) for row in rows]
