"""One pure function: command + case -> case + events, or why not. The same at desk and centre."""

from collections.abc import Callable

import msgspec

from console.domain.case import Case, Event
from console.domain.command import Command
from console.domain.reference import Reference
from console.domain.refusal import Refusal


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """The case after the command. `partial`: fields of an EditReport that were refused alone."""

    case: Case
    events: tuple[Event, ...]
    partial: tuple[Refusal, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """Nothing changed."""

    refusal: Refusal


Outcome = Accepted | Refused
Lookup = Callable[[str], Case | None]


def fold(case: Case | None, command: Command, reference: Reference, lookup: Lookup) -> Outcome:
    """Apply `command` to `case` (None before LogReport). `lookup` finds another case by id, for Merge."""
    raise NotImplementedError
