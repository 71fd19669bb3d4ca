"""Waiting commands played again on top of what the centre has. Pure.

The confirmed case is the centre's word; what this desk shows is that word with its own waiting commands
folded in, in the order they were given. Refused ones are left out, but a report that the centre refused
to take in stays visible as it was logged.
"""

from collections.abc import Callable, Sequence

import msgspec

from console.domain.case import Case, Event
from console.domain.command import Command, LogReport
from console.domain.fold import Accepted, Outcome, fold
from console.domain.given import Lookup
from console.domain.reference import Reference
from console.domain.refusal import Refusal

Fold = Callable[[Case | None, Command, Reference, Lookup], Outcome]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A command in the outbox; `refused` by the centre."""

    command: Command
    refused: bool = False


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """`case`: as this desk shows it, None where nothing is left of it. `unfit`: by command id."""

    case: Case | None
    events: tuple[Event, ...]
    unfit: dict[str, Refusal]


def replay(
    confirmed: Case | None, waiting: Sequence[Waiting], reference: Reference, lookup: Lookup, by: Fold = fold
) -> Replayed:
    """Fold `waiting` onto `confirmed`; those that do not fit are left out and named."""
    case, events, unfit = confirmed, list[Event](), dict[str, Refusal]()
    for item in waiting:
        if item.refused and not (case is None and isinstance(item.command.body, LogReport)):
            continue
        outcome = by(case, item.command, reference, lookup)
        if isinstance(outcome, Accepted):
            case = outcome.case
            events += outcome.events
        else:
            unfit[item.command.id] = outcome.refusal
    return Replayed(case=case, events=tuple(events), unfit=unfit)
