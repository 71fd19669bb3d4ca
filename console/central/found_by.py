"""The words by which PostgreSQL finds a case, as a `tsvector` in text, and questions as a `tsquery`.

All folded as at the desk. Names of types, communes and agencies are not written into a case, for they change:
their codes are, and a question names the codes whose names it may mean.
"""

import re
from collections.abc import Iterable

from console.domain.case import Case, Event
from console.domain.found_by import number_words, phone_words, said_in
from console.domain.reference import Reference
from console.domain.text import words

LONGEST = 40  # characters of a word that count
MOST_WORDS = 12  # of a question
MOST_CODES = 300  # that one word of a question may name
_NOT_IN_CODES = re.compile(r"[^a-z0-9]")


def shared_lexemes(case: Case) -> str:
    """Number, title, description, place, and the codes of what names it."""
    return _lexemes(_shared(case))


def all_lexemes(case: Case) -> str:
    """The same with the names and phones of its reporter and of who called besides."""
    found = _shared(case)
    if case.reporter is not None:
        found += [*words(case.reporter.name), *phone_words(case.reporter.phone)]
    for caller in case.callers:
        found += [*words(caller.name), *phone_words(caller.phone)]
    return _lexemes(found)


def said_lexemes(event: Event) -> str | None:
    """What somebody wrote in an event; None where nobody did."""
    return _lexemes(word for text in said_in(event) for word in words(text)) or None


def question(reference: Reference, text: str) -> str:
    """All words, each as it begins; "" where there are none."""
    return " & ".join(f"({' | '.join(_meant(reference, word))})" for word in _typed(text))


def said_question(text: str) -> str:
    """The same, of what was written in one event."""
    return " & ".join(f"'{word}':*" for word in _typed(text))


def _typed(text: str) -> list[str]:
    return [word[:LONGEST] for word in words(text)[:MOST_WORDS]]


def _shared(case: Case) -> list[str]:
    codes = [_code("t", case.type), _code("u", case.place.commune), _code("a", case.lead or "")]
    number = [part for word in number_words(case.number) for part in words(word)]
    return [*number, *words(f"{case.title} {case.description} {case.place.text}"), *codes]


def _lexemes(found: Iterable[str]) -> str:
    return " ".join(f"'{word}'" for word in sorted({word[:LONGEST] for word in found}))


def _code(kind: str, code: str) -> str:
    """No word that anybody types begins so."""
    return f"zq{kind}{_NOT_IN_CODES.sub('', code.lower())}"


def _meant(reference: Reference, word: str) -> list[str]:
    named = [code for start, code in reference.built(_Names).of if start.startswith(word)]
    return [f"'{word}':*", *(f"'{code}'" for code in sorted(set(named))[:MOST_CODES])]


class _Names:
    """Each word of a name with the code that it names."""

    def __init__(self, reference: Reference) -> None:
        self.of = [
            (word, code)
            for code, name in (
                *((_code("t", kind.code), kind.name) for kind in reference.types),
                *(
                    (_code("a", agency.code), f"{agency.name} {agency.short}")
                    for agency in reference.agencies
                ),
                *((_code("u", unit.code), unit.name) for unit in reference.units),
                *_districts(reference),
            )
            for word in words(name)
        ]


def _districts(reference: Reference) -> Iterable[tuple[str, str]]:
    """Each commune by the names of the districts that it has lain in."""
    names = {unit.code: unit.name for unit in reference.units}
    for unit in reference.units:
        if unit.parent in names:
            yield _code("u", unit.code), names[unit.parent]
