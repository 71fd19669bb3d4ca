"""Who may do what: asked by `fold`, and by screens to say why an act cannot be done."""

from datetime import datetime

from console.domain.case import Actor, Case, Role
from console.domain.command import Body
from console.domain.delegation import in_place_of
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.domain.table import APPROVALS, BY, FROM, LEAD_ONLY, SUPERVISORS
from console.domain.zone import local_day

Kind = str | type[Body]
"""A kind of command: its tag, or the class of its body."""


def tag_of(kind: Kind) -> str:
    """The tag of a kind, e.g. "assign"."""
    return kind if isinstance(kind, str) else str(kind.__struct_config__.tag)


def fits(kind: str, case: Case | None) -> Refusal | None:
    """Whether the case, as it stands, admits the command: there is one (or none yet), in the right status."""
    if kind == "log_report":
        return None if case is None else Refusal(code=Code.CASE_EXISTS)
    if case is None:
        return Refusal(code=Code.UNKNOWN_CASE)
    if case.status not in FROM[kind]:
        return Refusal(code=Code.WRONG_STATUS, now=case.status.value)
    return None


def may(
    actor: Actor, kind: Kind, case: Case | None, reference: Reference, at: datetime | None = None
) -> Code | None:
    """Why this actor may not give a command of this kind, whatever the case's status; None: they may.

    `at`: when, for who decides in a supervisor's place then. An operator may reopen only with the caller on
    the line: that is asked of the command, not here.
    """
    kind = tag_of(kind)
    if at is not None and kind in APPROVALS and in_place_of(actor, reference.delegations, at) is not None:
        return None
    if actor.role not in BY[kind]:
        return Code.NOT_ALLOWED
    if case is None:
        return None
    if actor.role is Role.AGENCY and not _theirs(actor, kind, case):
        return Code.NOT_YOURS
    if kind == "close" and actor.role not in SUPERVISORS:
        type_ = reference.type_of(case.type, local_day(case.happened_at))
        return Code.NEEDS_SUPERVISOR if type_ is not None and type_.sensitive else None
    return None


def can(
    actor: Actor, kind: Kind, case: Case | None, reference: Reference, at: datetime | None = None
) -> Refusal | None:
    """Why the actor cannot give such a command (`at`: when): status first, then rights. None: they can."""
    unfit = fits(tag_of(kind), case)
    if unfit is not None:
        return unfit
    code = may(actor, kind, case, reference, at)
    return Refusal(code=code) if code is not None else None


def _theirs(actor: Actor, kind: str, case: Case) -> bool:
    if actor.agency is None:
        return False
    return actor.agency == case.lead or (kind not in LEAD_ONLY and actor.agency in case.supporting)
