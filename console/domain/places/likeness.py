"""Which known words a typed one may stand for: the same, begun, sounding alike, left raw, or with slips.

Slips are found by what is left when letters are taken out of both sides (SymSpell's way), so that a typed
word costs a few dozen lookups, whatever the number of known words.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from console.domain.lexicon import near
from console.domain.places.spelling import sound, undone

TWICE_FROM = 6
"""Words of so many letters may have two slips."""
ALIKE, RAW, PREFIX_IN_THE_MIDDLE, KNOWN_ALREADY = 0.88, 0.95, 0.75, 0.85
"""What a likeness is worth: by sound, left raw, begun before other words, of a word that is a known one."""
LEAST = 0.42
"""Two words that are less alike have nothing to do with each other."""
_REMEMBERED = 400
Like = dict[str, float]


class Vocabulary:
    """The known words; `like` is remembered, since each keystroke changes the last word only."""

    def __init__(self, known: Iterable[str]) -> None:
        self.words = sorted(set(known))
        self._known = frozenset(self.words)
        self._sounds: dict[str, list[str]] = {}
        self._cut: dict[str, list[str]] = {}
        for word in self.words:
            if not _fixed(word):
                self._sounds.setdefault(sound(word), []).append(word)
                for rest in _cuts(word):
                    self._cut.setdefault(rest, []).append(word)
        self._memory: dict[tuple[str, bool], Like] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def forget(self) -> None:
        """Drop what is remembered."""
        self._memory.clear()

    def like(self, typed: str, last: bool) -> Like:
        """Known words with their likeness (0 to 1); `last`: it may be unfinished."""
        found = self._memory.get((typed, last))
        if found is None:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            found = self._memory[typed, last] = self._like(typed, last)
        return found

    def _like(self, typed: str, last: bool) -> Like:
        found = self._as_typed(typed, last)
        if typed in self._known:
            return found
        for meant in undone(typed):
            for word, score in self._as_typed(meant, last).items():
                found[word] = max(found.get(word, 0.0), score * RAW)
        return found

    def _as_typed(self, typed: str, last: bool) -> Like:
        known = typed in self._known
        sure = KNOWN_ALREADY if known else 1.0
        found: Like = dict(self._begun(typed, last))
        if not _fixed(typed):
            for word, score in self._slipped(typed):
                found[word] = max(found.get(word, 0.0), score * sure)
            for word in self._sounds.get(sound(typed), ()):
                found[word] = max(found.get(word, 0.0), ALIKE * sure)
        if known:
            found[typed] = 1.0
        return found

    def _begun(self, typed: str, last: bool) -> Iterator[tuple[str, float]]:
        if _fixed(typed) and (not last or typed in self._known):
            return  # road 1 is not road 12
        share = 1.0 if last else PREFIX_IN_THE_MIDDLE
        for at in range(bisect_left(self.words, typed), len(self.words)):
            word = self.words[at]
            if not word.startswith(typed):
                return
            yield word, share * (0.6 + 0.35 * len(typed) / len(word))

    def _slipped(self, typed: str) -> Iterator[tuple[str, float]]:
        candidates = {word for rest in _cuts(typed) for word in self._cut.get(rest, ())}
        for word in candidates:
            short = min(len(typed), len(word))
            if near(typed, word):
                # one letter of two makes another word more often than one of seven; the first is seldom wrong
                score = 0.82 - 0.9 / (short + 1) - (0.12 if typed[0] != word[0] else 0.0)
                if score > LEAST:
                    yield word, score
            elif short >= TWICE_FROM - 1 and len(typed) >= TWICE_FROM and _two_apart(typed, word):
                yield word, 0.45


def _fixed(word: str) -> bool:
    """Numbers are what they are: 12 is not 13 with a slip."""
    return any(c.isdigit() for c in word)


def _two_apart(one: str, other: str) -> bool:
    """At most two letters more, less, others, or neighbours swapped."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1] <= 2


def _cuts(word: str) -> set[str]:
    """The word, and what is left of it without one letter; of a long one, without two."""
    once = {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 1 else set[str]()
    cuts = {word} | once
    if len(word) >= TWICE_FROM:
        cuts |= {one[:at] + one[at + 1 :] for one in once for at in range(len(one))}
    return cuts
