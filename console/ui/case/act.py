"""What an act on a case is: its place, its key, its fields, and the command that its values become."""

from collections.abc import Callable
from typing import Any, NamedTuple

from console.domain.canned import CannedUse
from console.domain.case import Case
from console.domain.command import AnyBody

Values = dict[str, Any]

AGENCY, INTERNAL, CITIZEN = "agency", "internal", "citizen"
"""Who reads the words of an act: it has another edge, and another word on its button, for each."""


class Field(NamedTuple):
    """One field of a composer. `kind`: text, agency, agencies, each_words, case, due, new_due, choice, tick.

    `choices`: what a choice offers, from the case and reference; `use`: canned texts that fit.
    """

    name: str
    kind: str
    text: str
    required: bool = False
    use: CannedUse | None = None
    choices: str = ""


class Act(NamedTuple):
    """`kind`: the command it gives, for rights; `slot`: its place in the grid or its menu; `build`: values to
    the body. `words`: the name of its own words (`act.<words>.title`) where several acts give one command;
    `to`: who reads it. Without fields it is done at once."""

    kind: str
    slot: str
    key: str
    icon: str
    fields: tuple[Field, ...]
    build: Callable[[Values, Case], AnyBody]
    words: str = ""
    to: str = INTERNAL

    @property
    def name(self) -> str:
        """By which its words are found."""
        return self.words or self.kind


def text_of(values: Values, name: str) -> str:
    """What was typed into a field."""
    return str(values.get(name) or "").strip()
