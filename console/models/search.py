"""What a typed line finds: cases with all its words, in any order, slips forgiven.

Words are folded, so that diacritics, đ and the place of a tone do not count. Each may go on. A word that
occurs nowhere stands for those that are one slip away (a letter more, less, other, two swapped).
"""

from collections.abc import Iterator
from typing import NamedTuple

from console.domain.text import words
from console.models.search_table import SHORTEST
from console.models.store import Store

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MEANT = 6  # words that one slip may stand for
MOST_WORDS = 12
IN = 300  # values in one list
OPEN_READ = 3000  # open cases of an answer that are looked at, newest keys first


class Asked(NamedTuple):
    """`match`: for FTS5, "" for nothing; `corrected`: words that occur nowhere, and what they may mean."""

    words: tuple[str, ...]
    match: str
    corrected: tuple[tuple[str, str], ...]


class Hits(NamedTuple):
    """Keys of open cases and of others, newest keys first; `more`: there are others still."""

    open: tuple[int, ...]
    other: tuple[int, ...]
    more: bool


class Search:
    """All on the store's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.turn = 0
        """Of the newest question, counted on the asker's thread."""

    def ask(self, text: str) -> Asked:
        """A typed line as a question."""
        typed = words(text)[:MOST_WORDS]
        groups, corrected = list[str](), list[tuple[str, str]]()
        for word in typed:
            meant = self._meant(word)
            corrected += [(word, one) for one in meant[:1]]
            groups.append(" OR ".join(f'"{one}"*' for one in meant or (word,)))
        return Asked(typed, " AND ".join(f"({group})" for group in groups), tuple(corrected))

    def keys(self, asked: Asked) -> list[int]:
        """Every case that has all the words, by rising key; none where nothing is asked."""
        sql = "SELECT rowid FROM search WHERE search MATCH ?"
        return [key for (key,) in self._store.read(sql, (asked.match,))] if asked.match else []

    def hits(self, asked: Asked, limit: int) -> Hits:
        """Open ones as far as they are looked at, and so many of the others."""
        if not asked.match:
            return Hits((), (), False)
        opened = self._newest("search_open", asked.match, OPEN_READ)
        others = self._newest("search", asked.match, limit + len(opened) + 1)
        known = set(opened)
        closed = tuple(key for key in others if key not in known)
        return Hits(opened, closed[:limit], len(closed) > limit)

    def _newest(self, table: str, match: str, limit: int) -> tuple[int, ...]:
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
        return tuple(key for (key,) in self._store.read(sql, (match, limit)))

    def _meant(self, word: str) -> tuple[str, ...]:
        """Words one slip away from one that occurs nowhere; () where it is a word, or none is near."""
        if len(word) < SHORTEST or not word.isalpha() or self._begins(word):
            return ()
        near, found = sorted(set(slips(word))), list[str]()
        for start in range(0, len(near), IN):
            part = near[start : start + IN]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT word FROM search_word WHERE word IN ({marks})"
            found += [str(row[0]) for row in self._store.read(sql, tuple(part))]
        return tuple(found[:MEANT])

    def _begins(self, word: str) -> bool:
        sql = "SELECT 1 FROM search_word WHERE word >= ? AND word < ? LIMIT 1"
        return bool(self._store.read(sql, (word, word + "\U0010ffff")))


def slips(word: str) -> Iterator[str]:
    """Every word that is one slip away, long enough to be one (Damerau: edits and swaps of distance one)."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
