"""What a typed line finds: cases with all its words, in any order, slips forgiven.

Words are folded, so that diacritics, đ and the place of a tone do not count. Each may go on. A word that
begins none stands for those that are one slip away.

The table has the beginnings of one and two letters as entries of their own, so that "d" is read as one list
and no further than the answer needs. Of a longer beginning FTS5 would read every entry before it answers the
first one, so that is asked for as the words that go on from it. Cases lie by key, and those of a first fill
came newest first, later ones newest last: the newest of an answer are at its two ends.
"""

import re
from itertools import groupby
from typing import NamedTuple

from console.domain.text import words
from console.models.store import Store
from console.models.vocabulary import Vocabulary

MOST_WORDS = 12
BEGUN = 2  # letters of a beginning that the table has as an entry
FIGURES = 3  # a number of up to as many digits is a whole one (a house, a kilometre), a longer one may go on
SPACED = 5  # digits from which numbers in a row may be one that was typed with spaces, as telephones are
MOST_TERMS = 100  # words that one typed word may go on to
OPEN_EACH = 40  # open cases that are looked at, from each end
_JOINED = re.compile(r"(?<=\d)-(?=\d)")
_NOT_OPEN = "AND NOT EXISTS (SELECT 1 FROM search_open_docsize WHERE id = search.rowid)"


class Asked(NamedTuple):
    """For FTS5, "" for nothing: `match` finds all, `exact` only whole words. `corrected`: words that begin
    none, and what they may mean."""

    words: tuple[str, ...]
    match: str
    corrected: tuple[tuple[str, str], ...]
    exact: str = ""


class Hits(NamedTuple):
    """Keys of the newest open cases and of the newest others; `more`: there are others still."""

    open: tuple[int, ...]
    other: tuple[int, ...]
    more: bool


class Search:
    """All on the store's thread."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        self._store, self._vocabulary = store, vocabulary
        self.turn = 0
        """Of the newest question, counted on the asker's thread."""

    def ask(self, text: str) -> Asked:
        """A typed line as a question."""
        typed = words(_JOINED.sub("", text))[:MOST_WORDS]
        corrected = list[tuple[str, str]]()
        whole, exact = list[str](), list[str]()
        for are_numbers, run in groupby(typed, str.isdigit):
            if are_numbers:
                whole.append(_numbers(tuple(run)))
                exact.append(whole[-1])
                continue
            for word in run:
                meant = self._vocabulary.meant(word)
                corrected += [(word, one) for one in meant[:1]]
                whole.append(self._any_that_begins(meant or (word,)))
                exact.append(_any(meant or (word,)) if word.isalpha() else whole[-1])
        return Asked(typed, _all(whole), tuple(corrected), _all(exact))

    def meant(self, text: str) -> tuple[str, ...]:
        """The folded words that what a typed line finds begins with: typed ones, and what slips stand for."""
        typed = words(text)[:MOST_WORDS]
        return tuple(dict.fromkeys(one for word in typed for one in self._vocabulary.meant(word) or (word,)))

    def _any_that_begins(self, starts: tuple[str, ...]) -> str:
        if not starts[0].isalpha() or len(starts[0]) <= BEGUN:
            return _any(starts, "*")
        terms = dict.fromkeys(t for start in starts for t in (start, *self._vocabulary.going_on(start)))
        return _any(tuple(terms)) if len(terms) <= MOST_TERMS else _any(starts, "*")

    def keys(self, asked: Asked) -> list[int]:
        """Every case that has all the words, by rising key; none where nothing is asked."""
        sql = "SELECT rowid FROM search WHERE search MATCH ?"
        return [key for (key,) in self._store.read(sql, (asked.match,))] if asked.match else []

    def with_phone(self, phone: str, limit: int) -> tuple[int, ...]:
        """Keys of the newest cases that have this whole number (E.164) among their words, but for those that
        it reported."""
        sql = (
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid NOT IN "
            "(SELECT pk FROM case_row INDEXED BY ix_phone WHERE phone = ?) ORDER BY rowid DESC LIMIT ?"
        )
        asked = (f'"{phone.removeprefix("+")}"', phone, limit)
        return tuple(key for (key,) in self._store.read(sql, asked))

    def hits(self, asked: Asked, limit: int) -> Hits:
        """The newest of both kinds, those with whole words among them."""
        if not asked.match:
            return Hits((), (), False)
        opened = self._newest("search_open", asked, OPEN_EACH, "")
        others = self._newest("search", asked, limit // 2 + 1, _NOT_OPEN)
        return Hits(opened, others, len(others) > limit)

    def _newest(self, table: str, asked: Asked, each: int, more: str) -> tuple[int, ...]:
        last = self._end(table, asked.match, each, more, "DESC")
        if len(last) < each:
            return last  # that is all there are
        found = [*last, *self._end(table, asked.match, each, more, "ASC")]
        if asked.exact != asked.match:
            found += self._end(table, asked.exact, each, more, "DESC")
            found += self._end(table, asked.exact, each, more, "ASC")
        return tuple(dict.fromkeys(found))

    def _end(self, table: str, match: str, each: int, more: str, order: str) -> tuple[int, ...]:
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? {more} ORDER BY rowid {order} LIMIT ?"
        return tuple(key for (key,) in self._store.read(sql, (match, each)))


def _numbers(typed: tuple[str, ...]) -> str:
    each = _all([f'"{one}"{"*" if len(one) > FIGURES else ""}' for one in typed])
    joined = "".join(typed)
    return f'"{joined}"* OR ({each})' if len(typed) > 1 and len(joined) >= SPACED else each


def _any(terms: "list[str] | tuple[str, ...]", then: str = "") -> str:
    return " OR ".join(f'"{term}"{then}' for term in terms)


def _all(groups: list[str]) -> str:
    return " AND ".join(f"({group})" for group in groups)
