"""The acts of a case's way as a table: key, fields, and the command each becomes. No window here."""

from datetime import datetime

from console.domain.canned import CannedUse
from console.domain.case import Case
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
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
from console.ui.case.act import AGENCY, CITIZEN, Act, Field, Values, text_of


def _assign(values: Values, case: Case) -> AnyBody:
    due = values.get("due")
    return Assign(
        lead=text_of(values, "lead"),
        expects=case.lead,
        supporting=tuple(values.get("supporting", ())),
        due=due if isinstance(due, datetime) else None,
        instruction=text_of(values, "instruction"),
        instructions=each_words(values),
    )


def each_words(values: Values) -> dict[str, str]:
    """Instructions to supporting agencies: they are kept as code, words, code, words."""
    flat = tuple(values.get("instructions") or ())
    return {code: words.strip() for code, words in zip(flat[::2], flat[1::2], strict=True) if words.strip()}


def _decide(values: Values, case: Case) -> AnyBody:
    if values.get("decision") == "refuse":
        return RefuseExtension(reason=text_of(values, "reason"))
    return GrantExtension(note=text_of(values, "reason"))


def _callback(values: Values, case: Case) -> AnyBody:
    reached = str(values.get("reached", ""))
    return RecordCallback(
        reached=reached != "0",
        satisfied=int(reached) if reached in "12345" and reached else None,
        words=text_of(values, "words"),
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
        Field("instructions", "each_words", "act.field.instructions"),
    ),
    _assign,
    to=AGENCY,
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
    lambda v, c: AskExtension(new_due=v["new_due"], reason=text_of(v, "reason")),
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
    to=AGENCY,
)
ACCEPT = Act(
    "accept",
    "accept",
    "V",
    "action.approve",
    (Field("note", "text", "act.field.noteOptional"),),
    lambda v, c: Accept(note=text_of(v, "note")),
)
RETURN = Act(
    "return",
    "return",
    "B",
    "action.return",
    (Field("reason", "text", "act.field.reason", True, CannedUse.RETURN),),
    lambda v, c: Return(reason=text_of(v, "reason")),
)
RESOLVE = Act(
    "resolve",
    "resolve",
    "P",
    "ph.clipboard-text",
    (Field("result", "text", "act.field.result", True),),
    lambda v, c: Resolve(result=text_of(v, "result")),
)
REWORK = Act(
    "rework",
    "rework",
    "L",
    "ph.arrows-counter-clockwise",
    (Field("missing", "text", "act.field.missing", True),),
    lambda v, c: Rework(missing=text_of(v, "missing")),
    to=AGENCY,
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
    lambda v, c: Close(public_answer=text_of(v, "public_answer"), publish=bool(v.get("publish"))),
    to=CITIZEN,
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
    lambda v, c: AskInfo(question=text_of(v, "question")),
)
GIVE_INFO = Act(
    "give_info",
    "info",
    "U",
    "ph.chat-text",
    (Field("answer", "text", "act.field.answer", True),),
    lambda v, c: GiveInfo(answer=text_of(v, "answer")),
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
    lambda v, c: SetUrgency(urgency=Urgency(v["urgency"]), reason=text_of(v, "reason")),
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
    lambda v, c: Reject(reason=text_of(v, "reason"), text=text_of(v, "text")),
    to=CITIZEN,
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
    lambda v, c: Refer(to=text_of(v, "to"), note=text_of(v, "note")),
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
    lambda v, c: Reopen(reason=text_of(v, "reason"), on_line=bool(v.get("on_line"))),
)
UNMERGE = Act(
    "unmerge",
    "merge",
    "M",
    "ph.git-branch",
    (Field("note", "text", "act.field.noteOptional"),),
    lambda v, c: Unmerge(note=text_of(v, "note")),
)
