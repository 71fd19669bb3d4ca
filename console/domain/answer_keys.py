"""Answers to scripted questions as short codes for lists and filters: "injured=yes".

What was answered in words is kept as "customer=": that it was answered, not what. "injured=" asked of a list
means whatever was answered. Codes that no list knows (any more) stay as they are.
"""

import re
from collections.abc import Collection, Mapping

from console.domain.category import ReportType

BETWEEN = "\n"
_CODE = re.compile(r"[\w.-]{1,40}\Z")
_PLAIN = re.compile(r"[a-z][a-z0-9_.-]{0,39}\Z")
"""An answer's code where nobody knows the question: words of callers seldom look so."""


def answer_keys(answers: Mapping[str, str], kind: ReportType | None) -> tuple[str, ...]:
    """Of each answer its key, in the order of the questions' codes. `kind`: the type as it is known."""
    known = {question.code: bool(question.answers) for question in kind.questions} if kind else {}
    return tuple(
        f"{code}={given if _is_code(given, known.get(code)) else ''}"
        for code, given in sorted(answers.items())
        if given and _CODE.match(code)
    )


def _is_code(given: str, chosen: bool | None) -> bool:
    """`chosen`: whether the question has answers to choose from; None: nobody knows it."""
    return chosen is not False and bool((_CODE if chosen else _PLAIN).match(given))


def question_of(key: str) -> str:
    """The question's code."""
    return key.partition("=")[0]


def whatever(key: str) -> str:
    """The key that asks for any answer to the same question."""
    return f"{question_of(key)}="


def by_question(keys: Collection[str]) -> dict[str, list[str]]:
    """Keys of each question: those of one question are alternatives."""
    found = dict[str, list[str]]()
    for key in keys:
        found.setdefault(question_of(key), []).append(key)
    return found
