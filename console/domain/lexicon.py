"""Phrases found by a few typed words: prefixes, any order, one slip a word forgiven.

Each typed word is held against the vocabulary once, then only phrases with such words are looked at: a few
hundred microseconds over thousands of phrases.
"""

from collections.abc import Iterator, Sequence

Words = tuple[str, ...]

SLIP_FROM = 4
"""Words shorter than this are taken as typed: one slip in three letters makes another word."""
SPARED_FROM = 3
"""Of so many typed words one may be missing in a phrase."""
_LOOKED_AT = 500
"""Phrases judged for one search, at most; those that begin as typed come first."""
_REMEMBERED = 200


def near(one: str, other: str) -> bool:
    """One edit apart: a letter more, less, another, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _likeness(typed: str, word: str) -> float:
    """1 the same, above 0.6 begun, 0.4 with a slip, 0 another word; both begin with the same letter."""
    if word == typed:
        return 1.0
    if word.startswith(typed):
        return 0.6 + 0.3 * len(typed) / len(word)
    if len(typed) < SLIP_FROM:
        return 0.0
    lengths = (len(typed) - 1, len(typed), len(typed) + 1)
    return 0.4 if any(near(typed, word[:length]) for length in lengths) else 0.0


class Lexicon:
    """An index of phrases (folded words). Results name a phrase by its position."""

    def __init__(self, phrases: Sequence[Words]) -> None:
        self.phrases = phrases
        self._holders: dict[str, set[int]] = {}
        for position, phrase in enumerate(phrases):
            for word in phrase:
                self._holders.setdefault(word, set()).add(position)
        self._by_letter: dict[str, list[str]] = {}
        for word in self._holders:
            self._by_letter.setdefault(word[0], []).append(word)
        self._known: dict[str, dict[str, float]] = {}

    def search(self, typed: Words) -> Iterator[tuple[int, float]]:
        """Positions and scores (0 to about 1.5) of the phrases that fit, in no order."""
        if not typed:
            return
        likeness = [self._like(word) for word in typed]
        for position in self._candidates(typed, likeness):
            score = self._score(typed, self.phrases[position], likeness)
            if score:
                yield position, score

    def _like(self, typed: str) -> dict[str, float]:
        """Words of the vocabulary that the typed one may stand for."""
        known = self._known.get(typed)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = ((word, _likeness(typed, word)) for word in self._by_letter.get(typed[0], ()))
            known = self._known[typed] = {word: score for word, score in found if score}
        return known

    def _candidates(self, typed: Words, likeness: list[dict[str, float]]) -> list[int]:
        """Phrases with all typed words, or all but one where one may be missing."""
        spared = len(typed) >= SPARED_FROM
        holders = sorted((self._held_by(like) for like in likeness), key=len)
        if not spared:
            found = set.intersection(*holders)
        else:
            found = {p for p in holders[0] | holders[1] if sum(p in h for h in holders) >= len(holders) - 1}
        if len(found) <= _LOOKED_AT:
            return list(found)
        begun = [p for p in found if self.phrases[p][0].startswith(typed[0])]
        return sorted(begun or found)[:_LOOKED_AT]

    def _held_by(self, like: dict[str, float]) -> set[int]:
        return set[int]().union(*(self._holders[word] for word in like))

    @staticmethod
    def _score(typed: Words, phrase: Words, likeness: list[dict[str, float]]) -> float:
        """More for the typed words next to each other and in order, more at the beginning, and for a phrase
        that says little else; half where one is missing."""
        scores = [max(like.get(word, 0.0) for word in phrase) for like in likeness]
        missed = scores.count(0.0)
        if missed > (len(typed) >= SPARED_FROM):
            return 0.0
        score = sum(scores) / len(typed) * (0.5 if missed else 1.0)
        return score + _together(typed, phrase) + 0.2 * len(typed) / max(len(phrase), len(typed))


def _together(typed: Words, phrase: Words) -> float:
    for offset in range(len(phrase) - len(typed) + 1):
        stretch = phrase[offset : offset + len(typed)]
        if all(word.startswith(part) for part, word in zip(typed, stretch, strict=True)):
            return 0.3 if offset == 0 else 0.25
    return 0.0
