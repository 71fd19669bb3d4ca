"""What colleagues should know when this number calls: needs an interpreter, a wheelchair, calls in jest.

It is about a person, not about a report: staff alone see it, agencies never, and it goes after some months in
which the number did not call (`Retention.note_months`).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import Role
from console.domain.reference import Reference, in_force
from console.domain.refusal import Code
from console.domain.retention import USUAL_NOTES
from console.domain.table import DISPATCHERS, OPERATORS
from console.domain.zone import local_day

TEXT_MOST = 300  # characters
KINDS_MOST = 10
_DAYS = 30  # of a month


class NoteKind(StrEnum):
    """What a note says without words, in the order shown. A newer desk may know more."""

    PRANK = "prank"
    INTERPRETER = "interpreter"
    WHEELCHAIR = "wheelchair"


def may_note(role: Role, before: tuple[str, ...], after: tuple[str, ...]) -> Code | None:
    """Why somebody of this role may not turn what is noted into that; None: they may. Operators note needs;
    that somebody calls in jest, or no longer does, only a dispatcher or supervisor says."""
    if role not in OPERATORS:
        return Code.NOT_ALLOWED
    judged = (NoteKind.PRANK in before) != (NoteKind.PRANK in after)
    return Code.NOT_ALLOWED if judged and role not in DISPATCHERS else None


def note_months(reference: Reference, now: datetime) -> int:
    """For how long after its last use a note stays."""
    found = in_force(reference.retention, local_day(now))
    return found[0].note_months if found else USUAL_NOTES


def kept_since(reference: Reference, now: datetime) -> datetime:
    """Notes that were last of use before this moment are gone."""
    return now - timedelta(days=_DAYS * note_months(reference, now))
