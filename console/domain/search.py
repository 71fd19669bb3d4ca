"""Finding types by what is typed: without diacritics, in any order, small slips forgiven."""

from datetime import date

import msgspec

from console.domain.category import ReportType
from console.domain.lexicon import Lexicon, Words
from console.domain.reference import Reference
from console.domain.text import words

MOST = 20
LONGEST = 200
"""Characters that are looked at: a longer text is no name of a type."""


class TypeHit(msgspec.Struct, frozen=True):
    """A type that fits the words; higher scores fit better."""

    type: ReportType
    score: float


class TypeIndex:
    """The words of every type; `reference.built(TypeIndex)` gives the one kept with it."""

    def __init__(self, reference: Reference) -> None:
        self._of: list[tuple[ReportType, float]] = []
        phrases: list[Words] = []
        for kind in reference.types:
            keys = [words(keyword) for keyword in kind.keywords]
            name = words(kind.name)
            everything = tuple(dict.fromkeys((*name, *(word for key in keys for word in key))))
            # the name counts a little more than a keyword, words of several keywords half
            for phrase, weight in ((name, 1.1), *((key, 1.0) for key in keys), (everything, 0.5)):
                if phrase:
                    phrases.append(phrase)
                    self._of.append((kind, weight))
        self._lexicon = Lexicon(phrases)

    def find(self, text: str, on: date) -> list[TypeHit]:
        """Types in force that day, best first."""
        best: dict[str, TypeHit] = {}
        for position, found in self._lexicon.search(words(text[:LONGEST])):
            kind, weight = self._of[position]
            if not _holds(kind, on):
                continue
            score = found * weight
            if kind.code not in best or best[kind.code].score < score:
                best[kind.code] = TypeHit(kind, score)
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.type.name))[:MOST]


def _holds(item: ReportType, on: date) -> bool:
    return item.valid_from <= on and (item.valid_to is None or on <= item.valid_to)


def find_types(reference: Reference, text: str, on: date) -> list[TypeHit]:
    """Types whose name or keywords fit, best first."""
    return reference.built(TypeIndex).find(text, on)
