"""What the figures read of a case: a few of its fields, straight out of its JSON."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec


class FactPlace(msgspec.Struct, frozen=True):
    """Where."""

    commune: str


class FactDeadline(msgspec.Struct, frozen=True):
    """The clock that runs."""

    due: datetime
    resting_since: datetime | None = None


class FactCall(msgspec.Struct, frozen=True):
    """One call back."""

    reached: bool
    satisfied: int | None = None


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One case. Names, types and meanings are those of `console.domain.case.Case`."""

    channel: str
    status: str
    type: str
    place: FactPlace
    happened_at: datetime
    entered_at: datetime
    lead: str | None = None
    deadline: FactDeadline | None = None
    resolved_at: datetime | None = None
    resolve_due: datetime | None = None
    resolve_original: datetime | None = None
    referred_to: str = ""
    reopened: int = 0
    callbacks: tuple[FactCall, ...] = ()
    answers: dict[str, str] = {}


_decoder = msgspec.json.Decoder(Fact)


def facts_of(bodies: Iterable[bytes | str]) -> Iterator[Fact]:
    """Of cases as JSON, in any order."""
    return map(_decoder.decode, bodies)
