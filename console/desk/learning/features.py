"""What a text tells of its matter: its words and its pairs of neighbours, without diacritics and with them.

Without: "nap cong" tells what "nắp cống" does. With: "hố" is not "hộ", where somebody has spelled it out.
"""

from itertools import pairwise
from typing import NamedTuple

from console.domain.text import spelled_words, words

LOOKED_AT = 2_000
"""Characters that are looked at: a caller's story; a pasted book is not read to its end at each key."""
_SPELLED = "^"


class Feature(NamedTuple):
    """One of them, and which words of the text it is made of."""

    key: str
    at: int
    length: int


class Told(NamedTuple):
    """What is learnt of one case. `keys`: of its features, each once; `lasted_s`: until it was closed."""

    type: str
    commune: str
    keys: frozenset[str]
    lasted_s: float | None = None


def spoken(text: str) -> tuple[str, ...]:
    """The words by their places: as they are spelled, where that are as many."""
    return _said(text)[-1]


def features(text: str) -> list[Feature]:
    """Words, then pairs; what is told twice comes twice."""
    found = list[Feature]()
    for said in _sides(text):
        found += [Feature(word, at, 1) for at, word in enumerate(said)]
        found += [Feature(pair, at, 2) for at, pair in enumerate(_pairs(said))]
    return [one for one in found if not one.key.startswith(_SPELLED) or not one.key.isascii()]


def keys(text: str) -> frozenset[str]:
    """Of the features each once, at half the cost."""
    folded, *rest = _sides(text)
    found = {*folded, *_pairs(folded)}
    for spelled in rest:
        found.update(key for key in (*spelled, *_pairs(spelled)) if not key.isascii())
    return frozenset(found)


def _said(text: str) -> tuple[tuple[str, ...], ...]:
    """The words folded, and as spelled where that says more."""
    text = text[:LOOKED_AT]
    folded = words(text)
    if text.isascii():
        return (folded,)
    spelled = tuple(word.lower() for word in spelled_words(text))
    return (folded, spelled) if len(spelled) == len(folded) else (folded,)  # unseen signs join folded words


def _sides(text: str) -> list[tuple[str, ...]]:
    """The same, the spelled ones marked."""
    folded, *spelled = _said(text)
    return [folded, *(tuple(_SPELLED + word for word in said) for said in spelled)]


def _pairs(said: tuple[str, ...]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(said)]
