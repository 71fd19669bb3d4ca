"""Commands (lệnh): one intended change each, with an id of its own. The table is in docs/domain.md."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from console.domain.case import Actor, Channel, Reporter
from console.domain.category import Urgency
from console.domain.place import Place

LONGEST_CALL = timedelta(days=7)
"""From its ring to its report, at most: drafts are kept as long."""


class Body(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What is to be done. Subclasses are told apart by `kind` on the wire."""


class CallTimes(msgspec.Struct, frozen=True, kw_only=True):
    """When the call that a report came by rang, and when it was answered; by the desk's time."""

    rang_at: datetime
    answered_at: datetime

    def fits(self, at: datetime) -> bool:
        """Whether these are times of a call that was over or running `at`."""
        if self.rang_at.tzinfo is None or self.answered_at.tzinfo is None:
            return False
        return at - LONGEST_CALL <= self.rang_at <= self.answered_at <= at


class LogReport(Body, frozen=True, kw_only=True, tag="log_report"):
    """A new case. `happened_at`: when it was called in; the deadline follows it, the number `Command.at`."""

    number: str
    channel: Channel
    type: str
    urgency: Urgency
    title: str
    description: str
    place: Place
    reporter: Reporter
    answers: dict[str, str] = {}
    happened_at: datetime
    call: CallTimes | None = (
        None  # of a telephone that the desk knows of; a centre before calls reads past it
    )
    handed: str = ""  # the hand-over by which this station has the draft of another one's number


class FieldChange(msgspec.Struct, frozen=True):
    """Old and new value of one field, as plain JSON values (see `console.domain.fields`)."""

    old: Any
    new: Any


class EditReport(Body, frozen=True, kw_only=True, tag="edit_report"):
    """Fields by name: title, description, type, urgency, place, answers, reporter, happened_at."""

    fields: dict[str, FieldChange]


class AskInfo(Body, frozen=True, kw_only=True, tag="ask_info"):
    question: str


class GiveInfo(Body, frozen=True, kw_only=True, tag="give_info"):
    answer: str


class Assign(Body, frozen=True, kw_only=True, tag="assign"):
    """`expects` is the lead agency it means to replace (None at first); `due` None: by rule."""

    lead: str
    expects: str | None
    supporting: tuple[str, ...] = ()
    due: datetime | None = None
    instruction: str = ""
    instructions: dict[
        str, str
    ] = {}  # to supporting agencies, each its own; a centre before them reads past it


class Accept(Body, frozen=True, kw_only=True, tag="accept"):
    note: str = ""


class Return(Body, frozen=True, kw_only=True, tag="return"):
    reason: str


class AskExtension(Body, frozen=True, kw_only=True, tag="ask_extension"):
    new_due: datetime
    reason: str


class GrantExtension(Body, frozen=True, kw_only=True, tag="grant_extension"):
    note: str = ""


class RefuseExtension(Body, frozen=True, kw_only=True, tag="refuse_extension"):
    reason: str


class Resolve(Body, frozen=True, kw_only=True, tag="resolve"):
    result: str
    attachments: tuple[str, ...] = ()


class Rework(Body, frozen=True, kw_only=True, tag="rework"):
    missing: str


class Close(Body, frozen=True, kw_only=True, tag="close"):
    public_answer: str
    publish: bool


class Reject(Body, frozen=True, kw_only=True, tag="reject"):
    reason: str  # code of a RejectReason
    text: str


class Merge(Body, frozen=True, kw_only=True, tag="merge"):
    into: str  # case id


class Unmerge(Body, frozen=True, kw_only=True, tag="unmerge"):
    note: str = ""


class Refer(Body, frozen=True, kw_only=True, tag="refer"):
    """Not a field report: an enquiry answered, or sent on. `to`: enquiry, 113, 114, 115, complaint, other."""

    to: str
    note: str = ""


class Reopen(Body, frozen=True, kw_only=True, tag="reopen"):
    """`on_line`: the caller is on the line, which lets an operator reopen."""

    reason: str
    on_line: bool = False


class RecordCallback(Body, frozen=True, kw_only=True, tag="record_callback"):
    """`again_at`: when they asked to be called instead, or when it is meant to be tried again."""

    reached: bool
    satisfied: int | None = None
    words: str = ""
    again_at: datetime | None = None


class AddNote(Body, frozen=True, kw_only=True, tag="add_note"):
    """`audience`: internal (agencies do not see it) or agency."""

    text: str
    audience: str = "internal"


class AddCall(Body, frozen=True, kw_only=True, tag="add_call"):
    """Somebody called about it again. `text`: what they said; "" where they only asked. `phone` in E.164 and
    `name`: whose they are is personal data, and never stands in the event."""

    text: str = ""
    phone: str | None = None
    name: str = ""
    call: CallTimes | None = None


class Attach(Body, frozen=True, kw_only=True, tag="attach"):
    sha256: str
    name: str
    media_type: str
    size: int


class SetUrgency(Body, frozen=True, kw_only=True, tag="set_urgency"):
    urgency: Urgency
    reason: str = ""


class Watch(Body, frozen=True, kw_only=True, tag="watch"):
    on: bool = True


class ShowContact(Body, frozen=True, kw_only=True, tag="show_contact"):
    """The reporter's contact was shown to the actor: logged with its reason, also offline."""

    reason: str


class ReleaseContact(Body, frozen=True, kw_only=True, tag="release_contact"):
    """The reporter's contact for one agency that has the case, of this case alone; `on` False: no longer."""

    agency: str
    reason: str
    on: bool = True


class Relate(Body, frozen=True, kw_only=True, tag="relate"):
    """Two cases that belong together and stay two: each has a command of its own. `on` False: no longer."""

    to: str  # case id
    note: str = ""
    on: bool = True


class Withdraw(Body, frozen=True, kw_only=True, tag="withdraw"):
    """Taken back from the agency before it has accepted it. `expects`: the lead agency that is meant."""

    expects: str | None
    reason: str


class AskApproval(Body, frozen=True, kw_only=True, tag="ask_approval"):
    """An act that its author may not do, as it shall be done: it waits for a supervisor."""

    act: Reject | Close
    note: str = ""


class Approve(Body, frozen=True, kw_only=True, tag="approve"):
    """Do what was asked for. `request`: the id of the command that asked."""

    request: str
    note: str = ""


class Decline(Body, frozen=True, kw_only=True, tag="decline"):
    """It is not done."""

    request: str
    reason: str


class DropRequest(Body, frozen=True, kw_only=True, tag="drop_request"):
    """Whoever asked does not ask any more."""

    request: str


class TellCitizen(Body, frozen=True, kw_only=True, tag="tell_citizen"):
    """Words for the reporter, through whatever door the centre has for them."""

    text: str


class Remind(Body, frozen=True, kw_only=True, tag="remind"):
    """The agency that leads is reminded. `level` 1: its contact; 2: its leader too; 3: the province too."""

    text: str
    level: int = 1


class Escalate(Body, frozen=True, kw_only=True, tag="escalate"):
    """A step of the ladder of escalation, by the centre itself. `step`: code of an Escalation."""

    step: str


AnyBody = (
    LogReport
    | EditReport
    | AskInfo
    | GiveInfo
    | Assign
    | Accept
    | Return
    | AskExtension
    | GrantExtension
    | RefuseExtension
    | Resolve
    | Rework
    | Close
    | Reject
    | Merge
    | Unmerge
    | Refer
    | Reopen
    | RecordCallback
    | AddNote
    | AddCall
    | Attach
    | SetUrgency
    | Watch
    | ShowContact
    | Remind
    | Escalate
    | ReleaseContact
    | Relate
    | Withdraw
    | AskApproval
    | Approve
    | Decline
    | DropRequest
    | TellCitizen
)


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is the desk's time corrected by the centre's: it labels and starts deadlines, it never orders."""

    id: str
    case: str
    at: datetime
    by: Actor
    body: AnyBody

    @property
    def kind(self) -> str:
        """The body's tag, e.g. "assign"."""
        return str(self.body.__struct_config__.tag)
