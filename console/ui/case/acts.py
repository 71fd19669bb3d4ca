"""Every act on a case as a table: its key, its fields, and the command it becomes. No window here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from console.domain.canned import CannedUse
from console.domain.case import Actor, Case, Role, Status
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
    AddNote,
    AnyBody,
    AskExtension,
    AskInfo,
    Assign,
    Close,
    GiveInfo,
    GrantExtension,
    RecordCallback,
    Refer,
    RefuseExtension,
    Reject,
    Reopen,
    Resolve,
    Return,
    Rework,
    SetUrgency,
    Unmerge,
)
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.domain.rights import can

Values = dict[str, Any]


class Field(NamedTuple):
    """One field of a composer. `kind`: text, agency, agencies, due, new_due, choice, tick.

    `choices`: what a choice offers, from the case and reference; `use`: canned texts that fit.
    """

    name: str
    kind: str
    text: str
    required: bool = False
    use: CannedUse | None = None
    choices: str = ""


class Act(NamedTuple):
    """`kind`: the command it gives (for rights); `slot`: its place in the grid; `build`: values -> body."""

    kind: str
    slot: str
    key: str
    icon: str
    fields: tuple[Field, ...]
    build: Callable[[Values, Case], AnyBody]


def _text(values: Values, name: str) -> str:
    return str(values.get(name, "")).strip()


def _assign(values: Values, case: Case) -> AnyBody:
    due = values.get("due")
    return Assign(
        lead=_text(values, "lead"),
        expects=case.lead,
        supporting=tuple(values.get("supporting", ())),
        due=due if isinstance(due, datetime) else None,
        instruction=_text(values, "instruction"),
    )


def _decide(values: Values, case: Case) -> AnyBody:
    if values.get("decision") == "refuse":
        return RefuseExtension(reason=_text(values, "reason"))
    return GrantExtension(note=_text(values, "reason"))


def _callback(values: Values, case: Case) -> AnyBody:
    reached = str(values.get("reached", ""))
    return RecordCallback(
        reached=reached != "0",
        satisfied=int(reached) if reached in "12345" and reached else None,
        words=_text(values, "words"),
    )


ASSIGN = Act(
    "assign",
    "assign",
    "A",
    "action.assign",
    (
        Field("lead", "agency", "act.field.lead", True),
        Field("supporting", "agencies", "act.field.supporting"),
        Field("due", "due", "act.field.due"),
        Field("instruction", "text", "act.field.instruction", use=CannedUse.FORWARD),
    ),
    _assign,
)
NOTE = Act(
    "add_note",
    "note",
    "N",
    "action.note",
    (
        Field("text", "text", "act.field.note", True),
        Field("audience", "choice", "act.field.audience", choices="audience"),
    ),
    lambda v, c: AddNote(text=_text(v, "text"), audience=str(v.get("audience") or "internal")),
)
ASK_EXTENSION = Act(
    "ask_extension",
    "extend",
    "H",
    "action.extend",
    (
        Field("new_due", "new_due", "act.field.newDue", True),
        Field("reason", "text", "act.field.reason", True, CannedUse.EXTEND),
    ),
    lambda v, c: AskExtension(new_due=v["new_due"], reason=_text(v, "reason")),
)
DECIDE_EXTENSION = Act(
    "grant_extension",
    "extend",
    "H",
    "action.extend",
    (
        Field("decision", "choice", "act.field.decision", True, choices="decision"),
        Field("reason", "text", "act.field.decisionReason"),
    ),
    _decide,
)
ACCEPT = Act(
    "accept",
    "accept",
    "V",
    "action.approve",
    (Field("note", "text", "act.field.noteOptional"),),
    lambda v, c: Accept(note=_text(v, "note")),
)
RETURN = Act(
    "return",
    "return",
    "B",
    "action.return",
    (Field("reason", "text", "act.field.reason", True, CannedUse.RETURN),),
    lambda v, c: Return(reason=_text(v, "reason")),
)
RESOLVE = Act(
    "resolve",
    "resolve",
    "D",
    "ph.clipboard-text",
    (Field("result", "text", "act.field.result", True),),
    lambda v, c: Resolve(result=_text(v, "result")),
)
REWORK = Act(
    "rework",
    "rework",
    "L",
    "ph.arrows-counter-clockwise",
    (Field("missing", "text", "act.field.missing", True),),
    lambda v, c: Rework(missing=_text(v, "missing")),
)
CLOSE = Act(
    "close",
    "close",
    "C",
    "action.close",
    (
        Field("public_answer", "text", "act.field.publicAnswer", True, CannedUse.CLOSE),
        Field("publish", "tick", "act.field.publish"),
    ),
    lambda v, c: Close(public_answer=_text(v, "public_answer"), publish=bool(v.get("publish"))),
)
CALLBACK = Act(
    "record_callback",
    "callback",
    "G",
    "call.callBack",
    (
        Field("reached", "choice", "act.field.satisfied", True, choices="satisfaction"),
        Field("words", "text", "act.field.words"),
    ),
    _callback,
)
ASK_INFO = Act(
    "ask_info",
    "info",
    "U",
    "ph.question",
    (Field("question", "text", "act.field.question", True),),
    lambda v, c: AskInfo(question=_text(v, "question")),
)
GIVE_INFO = Act(
    "give_info",
    "info",
    "U",
    "ph.chat-text",
    (Field("answer", "text", "act.field.answer", True),),
    lambda v, c: GiveInfo(answer=_text(v, "answer")),
)
URGENCY = Act(
    "set_urgency",
    "urgency",
    "S",
    "ph.chart-bar",
    (
        Field("urgency", "choice", "act.field.urgency", True, choices="urgency"),
        Field("reason", "text", "act.field.reasonOptional"),
    ),
    lambda v, c: SetUrgency(urgency=Urgency(v["urgency"]), reason=_text(v, "reason")),
)
REJECT = Act(
    "reject",
    "reject",
    "X",
    "action.reject",
    (
        Field("reason", "choice", "act.field.rejectReason", True, choices="reject"),
        Field("text", "text", "act.field.rejectText", True, CannedUse.REFUSE),
    ),
    lambda v, c: Reject(reason=_text(v, "reason"), text=_text(v, "text")),
)
REFER = Act(
    "refer",
    "refer",
    "F",
    "ph.arrow-square-out",
    (
        Field("to", "choice", "act.field.referTo", True, choices="refer"),
        Field("note", "text", "act.field.noteOptional"),
    ),
    lambda v, c: Refer(to=_text(v, "to"), note=_text(v, "note")),
)
REOPEN = Act(
    "reopen",
    "reopen",
    "O",
    "action.reopen",
    (
        Field("reason", "text", "act.field.reason", True),
        Field("on_line", "tick", "act.field.onLine"),
    ),
    lambda v, c: Reopen(reason=_text(v, "reason"), on_line=bool(v.get("on_line"))),
)
UNMERGE = Act(
    "unmerge",
    "unmerge",
    "M",
    "ph.git-branch",
    (Field("note", "text", "act.field.noteOptional"),),
    lambda v, c: Unmerge(note=_text(v, "note")),
)

SLOTS = (
    "assign", "note", "extend",
    "accept", "return", "resolve",
    "rework", "close", "callback",
    "info", "urgency", "reject",
    "refer", "reopen", "unmerge",
)  # fmt: skip
"""The grid's places, row by row; they never change."""

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
        UNMERGE,
    )
}


EVERY_ACT = (*_FIXED.values(), ASK_EXTENSION, DECIDE_EXTENSION, ASK_INFO, GIVE_INFO)


def act_in(slot: str, actor: Actor, case: Case | None) -> Act:
    """The act that a place of the grid stands for, as the case stands and for this person."""
    if slot == "extend":
        decides = actor.role is Role.SUPERVISOR
        return DECIDE_EXTENSION if decides else ASK_EXTENSION
    if slot == "info":
        return GIVE_INFO if case is not None and case.status is Status.NEED_INFO else ASK_INFO
    return _FIXED[slot]


def slot_of_key(key: str) -> str | None:
    """The place that a single-letter key presses."""
    extra = {ASK_EXTENSION.key: "extend", ASK_INFO.key: "info"}
    keys = {act.key: slot for slot, act in _FIXED.items()} | extra
    return keys.get(key)


def pending(case: Case) -> bool:
    """Whether a request for more time waits."""
    return any(extension.state == "pending" for extension in case.extensions)


def why_not(act: Act, actor: Actor, case: Case | None, reference: Reference) -> Refusal | None:
    """Why this act cannot be done now; None: it can."""
    refusal = can(actor, act.kind, case, reference)
    if refusal is not None or case is None:
        return refusal
    if act is DECIDE_EXTENSION and not pending(case):
        return Refusal(code=Code.NO_EXTENSION_PENDING)
    if act is ASK_EXTENSION and pending(case):
        return Refusal(code=Code.EXTENSION_PENDING)
    return None


def missing(act: Act, values: Values) -> list[Field]:
    """Required fields that are empty, in order. A refusal of more time needs its reason."""
    empty = [field for field in act.fields if field.required and not values.get(field.name)]
    if act is DECIDE_EXTENSION and values.get("decision") == "refuse" and not _text(values, "reason"):
        empty += [field for field in act.fields if field.name == "reason"]
    return empty
