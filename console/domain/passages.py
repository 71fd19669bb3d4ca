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
    found = list[tuple[int, int]]()
    for word in _WORD.finditer(text):
        folded, best = _folded(word[0]), (0, 0)
        for one in typed:
            fits = _fits(folded, one)
            if fits[1] - fits[0] > best[1] - best[0]:
                best = fits
        if best[1] > best[0] and len(folded) == len(word[0]):
            found.append((word.start() + best[0], word.start() + best[1]))
        elif best[1] > best[0]:
            found.append((word.start(), word.end()))  # letters that fold to more than one are marked whole
    return tuple(found)


@lru_cache(8192)
def _folded(word: str) -> str:
    """Syllables are few, and come again and again."""
    return fold_text(word)


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
