"""What the palette's line asks for: everything, or one kind alone where it begins with that kind's sign."""

from enum import StrEnum
from typing import NamedTuple


class Scope(StrEnum):
    """By the sign that is typed first."""

    ALL = ""
    COMMANDS = ">"
    PEOPLE = "@"  # callers, agencies, places
    NUMBERS = "#"


SIGNS = (Scope.COMMANDS, Scope.PEOPLE, Scope.NUMBERS)


class Asked(NamedTuple):
    """A line: of what it asks, and the words."""

    scope: Scope
    words: str


def read_line(text: str) -> Asked:
    """What somebody typed, as a question."""
    text = text.strip()
    for sign in SIGNS:
        if text.startswith(sign.value):
            return Asked(sign, text.removeprefix(sign.value).strip())
    return Asked(Scope.ALL, text)
