"""What cases are found by, on disk: all of them, the open ones once more apart, and the words there are.

Open cases come first in every answer, so they have a full-text table of their own, small enough to be read
whole. The words serve slips: what is one letter away and occurs somewhere.
"""

from collections.abc import Sequence
from typing import NamedTuple

from console.models.store import Store
from console.models.vocabulary import Vocabulary

ADD = "INSERT INTO search (rowid, words) VALUES (?, ?)"
ADD_OPEN = "INSERT INTO search_open (rowid, words) VALUES (?, ?)"
_PUT = "INSERT OR REPLACE INTO search (rowid, words) VALUES (?, ?)"
_PUT_OPEN = "INSERT OR REPLACE INTO search_open (rowid, words) VALUES (?, ?)"
_DROP = "DELETE FROM search WHERE rowid = ?"
_DROP_OPEN = "DELETE FROM search_open WHERE rowid = ?"


class Found(NamedTuple):
    """A case by its key, the folded words that find it, and whether it is open."""

    pk: int
    words: str
    open: bool


class SearchTable:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.vocabulary = Vocabulary(store)

    def add(self, cases: Sequence[Found]) -> None:
        """Cases that are not here yet."""
        self._store.write_many(ADD, [(one.pk, one.words) for one in cases])
        self._store.write_many(ADD_OPEN, [(one.pk, one.words) for one in cases if one.open])
        self.vocabulary.learn(one.words for one in cases)

    def put(self, cases: Sequence[Found]) -> None:
        """Cases that are here, with other words."""
        self._store.write_many(_PUT, [(one.pk, one.words) for one in cases])
        self._store.write_many(_PUT_OPEN, [(one.pk, one.words) for one in cases if one.open])
        self._store.write_many(_DROP_OPEN, [(one.pk,) for one in cases if not one.open])
        self.vocabulary.learn(one.words for one in cases)

    def remove(self, keys: Sequence[int]) -> None:
        """Nobody finds them any more; the words stay."""
        gone: list[tuple[object, ...]] = [(key,) for key in keys]
        self._store.write_many(_DROP, gone)
        self._store.write_many(_DROP_OPEN, gone)

    def clear(self) -> None:
        """Nothing is found."""
        for table in ("search", "search_open"):
            self._store.write_many(f"INSERT INTO {table} ({table}) VALUES ('delete-all')", [()])

    def ended(self, committed: bool) -> None:
        """A transaction has ended: words of one that was rolled back are not here."""
        if not committed:
            self.vocabulary.forget()
