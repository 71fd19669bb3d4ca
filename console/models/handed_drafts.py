"""Drafts on their way from one desk to another, on disk."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from console.models.store import Store


class Hand(NamedTuple):
    """One hand-over. `outward`: from here to `station`, otherwise from there to here. `dirty`: the centre
    must hear of `state`; `told`: it may have. `body`: of one that comes, until it is a draft of this desk."""

    id: str
    draft_id: str
    outward: bool
    station: str
    case_id: str
    number: str
    state: str
    dirty: bool
    told: bool
    body: bytes | None


_COLUMNS = ", ".join(Hand._fields)
_MARKS = ", ".join("?" for _ in Hand._fields)


class HandedDrafts:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, hand_id: str) -> Hand | None:
        """One by its id."""
        return next(iter(self._where("id = ?", (hand_id,))), None)

    def dirty(self) -> list[Hand]:
        """Those of which the centre must hear, oldest first."""
        return self._where("dirty = 1 ORDER BY id", ())

    def outward(self) -> list[Hand]:
        """What was handed on from here and is still kept here, oldest first."""
        return self._where("outward = 1 AND draft_id IN (SELECT id FROM draft) ORDER BY id", ())

    def put(self, hand: Hand) -> None:
        """Keep it, in the place of what it was."""
        row = tuple(int(value) if isinstance(value, bool) else value for value in hand)
        self._store.write_many(f"INSERT OR REPLACE INTO handed_draft ({_COLUMNS}) VALUES ({_MARKS})", [row])

    def _where(self, condition: str, values: Sequence[Any]) -> list[Hand]:
        rows = self._store.read(f"SELECT {_COLUMNS} FROM handed_draft WHERE {condition}", tuple(values))
        return [Hand(*r)._replace(outward=r[2] == 1, dirty=r[7] == 1, told=r[8] == 1) for r in rows]
