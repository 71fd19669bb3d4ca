"""Values of two halves in a typed line: `tl:nguoi-bi-thuong=co`, a question and one of its answers.

Each half is words of its name in their order, perhaps unfinished, with hyphens or spaces between them.
Without the second half any is meant. What fits several questions means none of them.
"""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from console.domain.text import words

BETWEEN = " = "
NEAR = 0.7


class Pair(NamedTuple):
    """One name of a value: its first half, its second ("": any), the value's code."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    code: str
    shown: tuple[str, str]


class Pairs:
    """Reads pairs. `values`: codes such as "injured=yes" with all their names; `past`: codes that are meant
    only where nothing else is."""

    def __init__(self, values: Sequence[tuple[str, Sequence[str]]], past: Collection[str] = ()) -> None:
        self._past = frozenset(past)
        self._names = [_pair(name, code) for code, names in values for name in (*names, code)]
        self._slugs = {code: [_slug(name) for name in (*names, code)] for code, names in values}

    def meaning(self, typed: str) -> tuple[str, ...]:
        """Codes that it means: alternatives, all of one question."""
        first, second = _halves(typed)
        hits = [one for one in self._fitting(first) if fits(second, one.second)] if first else []
        hits = [one for one in hits if one.second == second] or hits
        hits = [one for one in hits if one.first == first] or hits
        return tuple(dict.fromkeys(one.code for one in hits)) if len(_firsts(hits)) == 1 else ()

    def _fitting(self, first: tuple[str, ...]) -> list[Pair]:
        """Those whose first half has these words; past ones only where alone."""
        hits = [one for one in self._names if fits(first, one.first)]
        return [one for one in hits if one.code not in self._past] or hits

    def meant(self, typed: str) -> tuple[str, ...]:
        """What may be meant by what means nothing: answers of the question, or questions."""
        first, second = _halves(typed)
        of_it = [one for one in self._fitting(first) if first]
        of_it = [one for one in of_it if one.first == first] or of_it
        if second and len(_firsts(of_it)) == 1:
            answers = list(dict.fromkeys(one.shown[1] for one in of_it if one.shown[1] and _named(one)))
            close = [one for one in answers if _nearly(second, words(one))]
            return tuple((close or answers)[:3])
        near = of_it or [one for one in self._names if _nearly(first, one.first)]
        # they are told in a question already
        return tuple(dict.fromkeys(one.shown[0].rstrip("? ") for one in near if _named(one)))[:3]

    def offers(self, typed: str) -> list[Pair]:
        """What it may become: questions by its words or, behind "=", the answers of those that have them."""
        first, second = _halves(typed)
        if "=" not in typed:
            asked = [one for one in self._names if _named(one) and not one.second]
            return [one for one in asked if not first or fits(first, one.first)]
        of_it = [one for one in self._fitting(first) if one.second]
        of_it = [one for one in of_it if one.first == first] or of_it
        return [one for one in of_it if _named(one) and (not second or fits(second, one.second))]

    def begun(self, code: str) -> str:
        """A question so that its answer can follow, where it has any to choose from."""
        question = code.partition("=")[0]
        more = any(one.second and one.code.partition("=")[0] == question for one in self._names)
        return self.spelled(code) + "=" * more

    def spelled(self, code: str) -> str:
        """In one word that means it."""
        return next((slug for slug in self._slugs.get(code, ()) if self.meaning(slug) == (code,)), code)


def _pair(name: str, code: str) -> Pair:
    first, _, second = name.partition(BETWEEN if BETWEEN in name else "=")
    return Pair(words(first), words(second), code, (first.strip(), second.strip()))


def _named(one: Pair) -> bool:
    """Not by its code, unless it has no other name."""
    return "=".join(one.shown) != one.code


def _slug(name: str) -> str:
    pair = _pair(name, "")
    return "-".join(pair.first) + ("=" + "-".join(pair.second) if pair.second else "")


def _halves(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first, _, second = typed.partition("=")
    return words(first), words(second)


def _firsts(pairs: Sequence[Pair]) -> set[str]:
    return {one.code.partition("=")[0] for one in pairs}


def fits(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each typed word begins a word of the name, in order; no word begins none but of no name."""
    rest = iter(name)
    return bool(typed) == bool(name) and all(any(word.startswith(one) for word in rest) for one in typed)


def _nearly(typed: Sequence[str], name: Sequence[str]) -> bool:
    def near(one: str) -> bool:
        return any(word.startswith(one) for word in name) or bool(get_close_matches(one, name, 1, NEAR))

    return bool(typed) and all(map(near, typed))
