"""The words that occur in any case, in memory: how a typed one goes on, and what it may be a slip of.

Vietnamese has some thousand syllables without their marks, so there are few: with all names and misspellings
of a million cases a few tens of thousands.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from console.models.store import Store

SHORTEST = 4  # letters of a word that may be a slip of another
MEANT = 6  # words that one slip may stand for
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEARN = "INSERT OR IGNORE INTO search_word (word) VALUES (?)"
_DOUBLED = re.compile(r"dd|aa|ee|oo")
_TONE = re.compile(r"(?<=[aeiouy])[sfrxjz]|[sfrxjz]$")  # no syllable ends in these


class Vocabulary:
    """On the store's thread; read at the first question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sorted: list[str] | None = None
        self._known = set[str]()

    def learn(self, texts: Iterable[str]) -> None:
        """Words of folded texts, inside a transaction."""
        kept = self._words()
        new = {word for text in texts for word in text.split()} - self._known
        words = sorted(word for word in new if word.isalpha())
        self._store.write_many(_LEARN, [(word,) for word in words])
        self._known.update(words)
        for word in words:
            insort(kept, word)

    def forget(self) -> None:
        """What is kept in memory may not be what is in the file."""
        self._sorted = None

    def going_on(self, start: str) -> list[str]:
        """The words that begin so, the shortest first."""
        kept = self._words()
        found = kept[bisect_left(kept, start) : bisect_left(kept, start + "\U0010ffff")]
        return sorted(found, key=len)

    def meant(self, typed: str) -> tuple[str, ...]:
        """What a word may mean that begins none: its Telex keys as a word, or words one slip away."""
        if len(typed) < SHORTEST or not typed.isalpha() or self._begins(typed):
            return ()
        telex = untelexed(typed)
        if telex != typed and self._begins(telex):
            return (telex,)
        return tuple(sorted(set(slips(typed)) & self._known)[:MEANT])

    def _begins(self, start: str) -> bool:
        kept = self._words()
        at = bisect_left(kept, start)
        return at < len(kept) and kept[at].startswith(start)

    def _words(self) -> list[str]:
        if self._sorted is None:
            self._sorted = [str(word) for (word,) in self._store.read("SELECT word FROM search_word")]
            self._sorted.sort()
            self._known = set(self._sorted)
        return self._sorted


def untelexed(typed: str) -> str:
    """Keys of the Telex typing that an input method did not take, as a folded word: dduowngf is duong."""
    return _TONE.sub("", _DOUBLED.sub(lambda pair: pair[0][0], typed).replace("w", ""))


def slips(word: str) -> Iterator[str]:
    """Every word that is one slip away (Damerau: a letter more, less, other, two swapped)."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
