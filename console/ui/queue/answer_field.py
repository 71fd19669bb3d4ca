"""The filter's field of answers to scripted questions: which there are, and what they are called."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from console.domain.reference import Reference, in_force
from console.domain.typed_line import Field, Value
from console.domain.typed_pair import BETWEEN, Pairs
from console.ui.words import language, t

ANSWERS = "answers"


class _Asked(NamedTuple):
    """What a code is called, in both languages, and whether it is asked today."""

    names: dict[str, None]
    today: bool


def answer_values(reference: Reference, today: date) -> list[Value]:
    """Every question that any type asks or asked, each answer behind it; what is asked today first."""
    holding = {id(kind) for kind in in_force(reference.types, today)}
    found = dict[str, _Asked]()
    for wanted in (True, False):
        for kind in reference.types:
            if (id(kind) in holding) is not wanted:
                continue
            for question in kind.questions:
                asked = (question.text, question.text_en)
                _add(found, f"{question.code}=", asked, wanted)
                for answer in question.answers:
                    said = (answer.text, answer.text_en)
                    both = [f"{q}{BETWEEN}{a}" for q, a in zip(asked, said, strict=True)]
                    _add(found, f"{question.code}={answer.code}", both, wanted)
    ended = t("filter.ended")
    return [
        Value(code, tuple(one.names), "" if one.today else ended, not one.today)
        for code, one in found.items()
    ]


def _add(found: dict[str, _Asked], code: str, names: Sequence[str], today: bool) -> None:
    known = found.setdefault(code, _Asked({}, today))
    known.names.update(dict.fromkeys(names if language() == "vi" else reversed(names)))


def answer_field(keys: tuple[str, ...], values: Iterable[Value]) -> Field:
    """The field with these values."""
    values = tuple(values)
    past = {value.code for value in values if value.past}
    pairs = Pairs([(value.code, value.names) for value in values], past)
    return Field(ANSWERS, keys, values, pairs=pairs)


def answer_name(name: str, code: str) -> str:
    """A value on a chip: question and answer, or that it was answered."""
    if code.endswith("="):
        return t("filter.answered", question=name.removesuffix("="))
    return name.replace(BETWEEN, " ")
