"""Where searched words stand in a text as it is spelled: diacritics, đ and a tone's place do not count."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from console.domain.text import fold_text

_WORD = re.compile(r"[^\W_]+")
AROUND = 48  # letters kept on each side of the first mark of a long text


class Passage(NamedTuple):
    """`where`: number, title, place, agency, type, description, note, result, caller, phone; `marks`: ranges
    of `text` (NFC) that answer the words."""

    where: str
    text: str
    marks: tuple[tuple[int, int], ...]


def marks_of(text: str, typed: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Ranges of an NFC text whose words begin with one of the folded words; digits may stand anywhere in a
    number."""
    spans, found = _spans(tuple(typed)), list[tuple[int, int]]()
    for word in _WORD.finditer(text):
        start, end = spans[word[0]]
        if end > start:
            found.append((word.start() + start, word.start() + end))
    return tuple(found)


class _Spans(dict[str, tuple[int, int]]):
    """By word as it is spelled: what of it answers the typed ones. Syllables are few, and come again and
    again: each is held against the typed ones once."""

    def __init__(self, typed: tuple[str, ...]) -> None:
        super().__init__()
        self._typed = typed

    def __missing__(self, word: str) -> tuple[int, int]:
        folded, best = fold_text(word), (0, 0)
        for one in self._typed:
            fits = _fits(folded, one)
            if fits[1] - fits[0] > best[1] - best[0]:
                best = fits
        if best[1] > best[0] and len(folded) != len(word):
            best = (0, len(word))  # letters that fold to more than one are marked whole
        self[word] = best
        return best


@lru_cache(8)
def _spans(typed: tuple[str, ...]) -> _Spans:
    """Of the newest questions."""
    return _Spans(typed)


def _fits(folded: str, typed: str) -> tuple[int, int]:
    if folded.startswith(typed):
        return 0, len(typed)
    at = folded.find(typed) if typed.isdigit() and len(typed) > 2 else -1
    return (at, at + len(typed)) if at >= 0 else (0, 0)


def passage(where: str, text: str, typed: Sequence[str]) -> Passage | None:
    """A stretch of the text around its first mark; None where nothing answers."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    marks = marks_of(text, typed)
    if not marks:
        return None
    start = _word_start(text, marks[0][0] - AROUND) if marks[0][0] > AROUND + 8 else 0
    end = min(len(text), max(marks[0][1] + AROUND * 2, start + AROUND * 3))
    head, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    moved = tuple((a - start + len(head), b - start + len(head)) for a, b in marks if a >= start and b <= end)
    return Passage(where, head + text[start:end] + tail, moved)


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + AROUND else at
