"""What an act of `fold` is given and what it gives back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from console.domain.case import Actor, Case, Extension, Status
from console.domain.category import ReportType
from console.domain.command import CallTimes, Command
from console.domain.limits import unfit
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.domain.zone import local_day

Lookup = Callable[[str], Case | None]

FARTHEST_DUE = timedelta(days=3 * 366)
"""No deadline may lie farther ahead: a date like the year 9999 is a slip of the keyboard."""


class Given:
    """A command with what it is judged by."""

    def __init__(self, command: Command, reference: Reference, lookup: Lookup) -> None:
        self.command = command
        self.reference = reference
        self.lookup = lookup

    @property
    def at(self) -> datetime:
        """When the command was given."""
        return self.command.at

    @property
    def by(self) -> Actor:
        """Who gave it."""
        return self.command.by

    @cached_property
    def day(self) -> date:
        """Its local day: agencies and reasons count by it."""
        return local_day(self.command.at)

    def type_of(self, case: Case) -> ReportType | None:
        """The case's type as it held when the report happened."""
        return self.reference.type_of(case.type, local_day(case.happened_at))

    def agency(self, code: str, field: str) -> str:
        """The code of an agency in force. Raises Unfit (missing, unknown_agency)."""
        if not code:
            raise unfit(Code.MISSING, field)
        if self.reference.agency_on(code, self.day) is None:
            raise unfit(Code.UNKNOWN_AGENCY, field)
        return code

    def due(self, due: datetime, field: str, after: datetime | None = None) -> datetime:
        """A due time that a person set: after now and, where given, after the old one.

        Raises Unfit (bad_deadline).
        """
        if due.tzinfo is None or not self.at < due <= self.at + FARTHEST_DUE:
            raise unfit(Code.BAD_DEADLINE, field)
        if after is not None and due <= after:
            raise unfit(Code.BAD_DEADLINE, field, now=msgspec.to_builtins(after))
        return due


class Step(msgspec.Struct, frozen=True):
    """The case after an act; `data` of its event, `public` False: not for agencies."""

    case: Case
    data: dict[str, Any] = {}
    public: bool = True
    partial: tuple[Refusal, ...] = ()


def moved(case: Case, status: Status, **values: Any) -> Case:
    """The case in another status, with other values."""
    return msgspec.structs.replace(case, status=status, **values)


def decided(case: Case, state: str, words: str, given: Given) -> tuple[Extension, ...]:
    """The case's requests for more time, the one that waits decided."""
    return tuple(
        msgspec.structs.replace(e, state=state, decided_at=given.at, decided_by=given.by, decision=words)
        if e.state == "pending"
        else e
        for e in case.extensions
    )


def withdrawn(case: Case, given: Given) -> tuple[Extension, ...]:
    """The case's requests, the one that waits overtaken by what happened."""
    return decided(case, "withdrawn", "", given)


def called(call: CallTimes | None, given: Given) -> dict[str, Any]:
    """When it rang and how long it did. Times that cannot be are left out: no report is refused for them."""
    if call is None or not call.fits(given.at):
        return {}
    return {"rang": call.rang_at, "rang_s": round((call.answered_at - call.rang_at).total_seconds())}


def without_empty(**data: Any) -> dict[str, Any]:
    """An event's data as plain JSON, exactly as it comes back from the wire, without what is empty."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data))
    return {key: value for key, value in plain.items() if value not in (None, "", [], {})}
