"""Acts for three readers, for what belongs together, and for what waits for a supervisor."""

from console.domain.canned import CannedUse
from console.domain.case import Case
from console.domain.command import (
    AddNote,
    AnyBody,
    Approve,
    AskApproval,
    Close,
    Decline,
    DropRequest,
    GrantExtension,
    Merge,
    RefuseExtension,
    Reject,
    Relate,
    ReleaseContact,
    Remind,
    TellCitizen,
    Watch,
    Withdraw,
)
from console.ui.case.act import AGENCY, CITIZEN, Act, Field, Values, text_of


def _request(case: Case) -> str:
    return case.request.id if case.request is not None else ""


def _contact(values: Values, case: Case) -> AnyBody:
    how, _, agency = text_of(values, "agency").partition(":")
    return ReleaseContact(agency=agency, reason=text_of(values, "reason"), on=how != "off")


def _reject(values: Values, case: Case) -> AnyBody:
    act = Reject(reason=text_of(values, "reason"), text=text_of(values, "text"))
    return AskApproval(act=act, note=text_of(values, "note"))


def _close(values: Values, case: Case) -> AnyBody:
    act = Close(public_answer=text_of(values, "public_answer"), publish=bool(values.get("publish")))
    return AskApproval(act=act, note=text_of(values, "note"))


TO_AGENCY = Act(
    "add_note",
    "agency",
    "R",
    "action.assign",
    (Field("text", "text", "act.field.toAgency", True, CannedUse.FORWARD),),
    lambda v, c: AddNote(text=text_of(v, "text"), audience="agency"),
    "to_agency",
    AGENCY,
)
NOTE = Act(
    "add_note",
    "note",
    "N",
    "action.note",
    (Field("text", "text", "act.field.note", True),),
    lambda v, c: AddNote(text=text_of(v, "text")),
)
TO_CITIZEN = Act(
    "tell_citizen",
    "citizen",
    "T",
    "ph.chat-text",
    (Field("text", "text", "act.field.toCitizen", True, CannedUse.CLOSE),),
    lambda v, c: TellCitizen(text=text_of(v, "text")),
    to=CITIZEN,
)
MERGE = Act(
    "merge",
    "merge",
    "M",
    "action.merge",
    (Field("into", "case", "act.field.into", True),),
    lambda v, c: Merge(into=text_of(v, "into")),
)
WITHDRAW = Act(
    "withdraw",
    "withdraw",
    "Q",
    "ph.arrow-u-up-left",
    (Field("reason", "text", "act.field.reason", True),),
    lambda v, c: Withdraw(expects=c.lead, reason=text_of(v, "reason")),
    to=AGENCY,
)
CONTACT = Act(
    "release_contact",
    "contact",
    "E",
    "ph.identification-card",
    (
        Field("agency", "choice", "act.field.contactFor", True, choices="contact"),
        Field("reason", "text", "act.field.reason", True),
    ),
    _contact,
    to=AGENCY,
)
RELATE = Act(
    "relate",
    "relate",
    "I",
    "ph.link",
    (Field("to", "case", "act.field.related", True), Field("note", "text", "act.field.noteOptional")),
    lambda v, c: Relate(to=text_of(v, "to"), note=text_of(v, "note")),
)
WATCH = Act("watch", "watch", "Z", "ph.eye", (), lambda v, c: Watch())
UNWATCH = Act("watch", "watch", "Z", "ph.eye-slash", (), lambda v, c: Watch(on=False), "unwatch")

REMIND = Act(
    "remind",
    "remind",
    "D",
    "action.urge",
    (Field("reminder", "reminder", "act.field.reminder", True),),
    lambda v, c: Remind(level=int(v["reminder"][0]), text=str(v["reminder"][1])),
    to=AGENCY,
)

# what waits for a supervisor

ASK_REJECT = Act(
    "ask_approval",
    "reject",
    "X",
    "action.reject",
    (
        Field("reason", "choice", "act.field.rejectReason", True, choices="reject"),
        Field("text", "text", "act.field.rejectText", True, CannedUse.REFUSE),
        Field("note", "text", "act.field.forLead"),
    ),
    _reject,
    "ask_reject",
)
ASK_CLOSE = Act(
    "ask_approval",
    "close",
    "C",
    "action.close",
    (
        Field("public_answer", "text", "act.field.publicAnswer", True, CannedUse.CLOSE),
        Field("publish", "tick", "act.field.publish"),
        Field("note", "text", "act.field.forLead"),
    ),
    _close,
    "ask_close",
)
APPROVE = Act(
    "approve", "approve", "Y", "action.approve", (), lambda v, c: Approve(request=_request(c)), to=CITIZEN
)
GRANT = Act(
    "grant_extension", "approve", "Y", "action.approve", (), lambda v, c: GrantExtension(), "grant", AGENCY
)
DECLINE = Act(
    "decline",
    "reject",
    "X",
    "action.reject",
    (Field("reason", "text", "act.field.reason", True),),
    lambda v, c: Decline(request=_request(c), reason=text_of(v, "reason")),
)
REFUSE = Act(
    "refuse_extension",
    "reject",
    "X",
    "action.reject",
    (Field("reason", "text", "act.field.reason", True),),
    lambda v, c: RefuseExtension(reason=text_of(v, "reason")),
    to=AGENCY,
)
DROP = Act(
    "drop_request",
    "reject",
    "X",
    "action.reject",
    (),
    lambda v, c: DropRequest(request=_request(c)),
)
