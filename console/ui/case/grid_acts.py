"""Which act stands at which place of the grid, for whom, and why it cannot be done now. No window here."""

from datetime import datetime

from console.domain.case import Actor, Case, Role, Status
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.domain.rights import can, may
from console.domain.table import FROM
from console.ui.case.act import Act, Field, Values, text_of
from console.ui.case.acts import (
    ACCEPT,
    ASK_EXTENSION,
    ASK_INFO,
    ASSIGN,
    CALLBACK,
    CLOSE,
    DECIDE_EXTENSION,
    GIVE_INFO,
    REFER,
    REJECT,
    REOPEN,
    RESOLVE,
    RETURN,
    REWORK,
    UNMERGE,
    URGENCY,
)
from console.ui.case.acts_more import (
    APPROVE,
    ASK_CLOSE,
    ASK_REJECT,
    CONTACT,
    DECLINE,
    DROP,
    GRANT,
    MERGE,
    NOTE,
    REFUSE,
    RELATE,
    REMIND,
    TO_AGENCY,
    TO_CITIZEN,
    UNWATCH,
    WATCH,
    WITHDRAW,
)

SLOTS = (
    "assign", "note", "extend",
    "accept", "return", "resolve",
    "rework", "close", "callback",
    "info", "urgency", "reject",
    "refer", "reopen", "merge",
    "agency", "citizen",
)  # fmt: skip
"""The grid's places, row by row; they never change. The last one is the menu's."""
MENU = ("approve", "remind", "withdraw", "contact", "relate", "watch")
"""Further places, in the menu alone."""

_FIXED = {
    act.slot: act
    for act in (
        ASSIGN,
        NOTE,
        ACCEPT,
        RETURN,
        RESOLVE,
        REWORK,
        CLOSE,
        CALLBACK,
        URGENCY,
        REJECT,
        REFER,
        REOPEN,
        MERGE,
        TO_AGENCY,
        TO_CITIZEN,
        WITHDRAW,
        APPROVE,
        CONTACT,
        RELATE,
        REMIND,
        WATCH,
    )
}
_BY_STATE = (
    ASK_EXTENSION,
    DECIDE_EXTENSION,
    ASK_INFO,
    GIVE_INFO,
    UNMERGE,
    UNWATCH,
    ASK_REJECT,
    ASK_CLOSE,
    GRANT,
    DECLINE,
    REFUSE,
    DROP,
)
EVERY_ACT = (*_FIXED.values(), *_BY_STATE)
_KEYS = {act.key: act.slot for act in EVERY_ACT}
_ALIASES = {"unmerge": "merge"}  # as words that were kept before may name it


def act_in(
    slot: str, actor: Actor, case: Case | None, reference: Reference | None = None, at: datetime | None = None
) -> Act:
    """The act that a place stands for, as the case stands and for this person.

    `at`: when, as somebody may decide in a supervisor's place then.
    """
    slot = _ALIASES.get(slot, slot)
    if slot == "extend":
        return DECIDE_EXTENSION if decides(actor, reference, at) else ASK_EXTENSION
    if case is None:
        return ASK_INFO if slot == "info" else _FIXED[slot]
    if slot == "info":
        return GIVE_INFO if case.status is Status.NEED_INFO else ASK_INFO
    if slot == "merge":
        return UNMERGE if case.status is Status.MERGED else MERGE
    if slot == "watch":
        return UNWATCH if actor.user in case.watchers else WATCH
    if slot == "approve":
        return GRANT if pending(case) else APPROVE
    if slot == "reject" and (act := _answer(actor, case, reference, at)) is not None:
        return act
    return _or_asked(_FIXED[slot], actor, case, reference, at)


def _answer(actor: Actor, case: Case, reference: Reference | None, at: datetime | None) -> Act | None:
    """A no to what waits, or that one asks no more; None: nothing waits, or it is not theirs."""
    if decides(actor, reference, at):
        return DECLINE if case.request is not None else REFUSE if pending(case) else None
    mine = case.request is not None and case.request.by.user == actor.user
    return DROP if mine else None


def _or_asked(act: Act, actor: Actor, case: Case, reference: Reference | None, at: datetime | None) -> Act:
    """What somebody may not do but ask for."""
    asked = {"reject": ASK_REJECT, "close": ASK_CLOSE}.get(act.slot)
    if asked is None or reference is None or case.status not in FROM[act.kind]:
        return act
    lacks = may(actor, act.kind, case, reference, at) is not None
    return asked if lacks and may(actor, "ask_approval", case, reference) is None else act


def decides(actor: Actor, reference: Reference | None, at: datetime | None) -> bool:
    """Whether they approve and decline now."""
    if reference is None:
        return actor.role is Role.SUPERVISOR
    return may(actor, "approve", None, reference, at) is None


def slot_of_key(key: str) -> str | None:
    """The place that a single-letter key presses."""
    return _KEYS.get(key)


def pending(case: Case) -> bool:
    """Whether a request for more time waits."""
    return any(extension.state == "pending" for extension in case.extensions)


def why_not(
    act: Act, actor: Actor, case: Case | None, reference: Reference, at: datetime | None = None
) -> Refusal | None:
    """Why this act cannot be done now; None: it can."""
    if act is APPROVE and case is not None and case.request is None:
        return Refusal(code=Code.NO_REQUEST_PENDING)
    refusal = can(actor, act.kind, case, reference, at)
    if refusal is not None or case is None:
        return refusal
    return _unfit(act, case)


def _unfit(act: Act, case: Case) -> Refusal | None:
    """What the act itself would say of the case, told before anything is typed."""
    if act in (DECIDE_EXTENSION, GRANT, REFUSE) and not pending(case):
        return Refusal(code=Code.NO_EXTENSION_PENDING)
    if act is ASK_EXTENSION and pending(case):
        return Refusal(code=Code.EXTENSION_PENDING)
    if act.kind == "ask_approval" and case.request is not None:
        return Refusal(code=Code.REQUEST_PENDING)
    if act is TO_AGENCY and case.lead is None:
        return Refusal(code=Code.WRONG_STATUS, now=case.status.value)
    if act in (TO_CITIZEN, CONTACT) and (case.reporter is None or not case.reporter.phone):
        return Refusal(code=Code.NO_CONTACT)
    return None


def missing(act: Act, values: Values) -> list[Field]:
    """Required fields that are empty, in order. A refusal of more time needs its reason."""
    empty = [field for field in act.fields if field.required and not values.get(field.name)]
    if act is DECIDE_EXTENSION and values.get("decision") == "refuse" and not text_of(values, "reason"):
        empty += [field for field in act.fields if field.name == "reason"]
    return empty
