"""The report (phản ánh): its states, its parts, and the events of its timeline."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from console.domain.category import Clock, Urgency
from console.domain.place import Place


class Status(StrEnum):
    """The stored statuses; derived ones (triage, reopened, …) are `console.domain.display`'s."""

    NEW = "new"
    NEED_INFO = "need_info"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REJECTED = "rejected"
    MERGED = "merged"

    @property
    def is_open(self) -> bool:
        """Still to be worked on: anything but closed, rejected, merged."""
        return self not in (Status.CLOSED, Status.REJECTED, Status.MERGED)


class Channel(StrEnum):
    """How a report came in."""

    PHONE = "phone"
    PORTAL = "portal"
    APP = "app"


class Role(StrEnum):
    """What a user may be. A supervisor may do what a dispatcher may, who may do what an operator may."""

    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    AGENCY = "agency"
    ADMIN = "admin"
    SYSTEM = "system"  # the centre itself: portal and app reports it takes in


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who gave a command. `agency` is set for the role agency only; `station` is the two-digit desk."""

    user: str
    name: str
    role: Role
    station: str
    agency: str | None = None


class Reporter(msgspec.Struct, frozen=True, kw_only=True):
    """Who told it: personal data. `phone` in E.164; `callback` says they agreed to be called back."""

    name: str = ""
    phone: str | None = None
    address: str = ""
    callback: bool = False
    anonymous: bool = False


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """One request for more time.

    `state` is "pending", "granted", "refused" or "withdrawn" (overtaken: the case was returned, resolved or
    rejected, or another agency leads now).
    """

    id: str
    asked_at: datetime
    asked_by: Actor
    old_due: datetime | None
    new_due: datetime
    reason: str
    state: str = "pending"
    decided_at: datetime | None = None
    decided_by: Actor | None = None
    decision: str = ""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """An act that waits for approval. `kind`, `words` are those of the act; `act`: its fields, plain JSON."""

    id: str
    kind: str  # "reject" | "close"
    at: datetime
    by: Actor
    words: str
    note: str = ""
    act: dict[str, Any] = {}


class Callback(msgspec.Struct, frozen=True, kw_only=True):
    """One call back to the reporter; `satisfied` is 1-5 where they were reached and said so. `again_at`: they
    are to be called again then, and have not been told yet."""

    id: str
    at: datetime
    by: Actor
    reached: bool
    satisfied: int | None = None
    words: str = ""
    again_at: datetime | None = None


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody else who called about it: personal data, as the reporter's."""

    phone: str
    name: str = ""
    last_at: datetime


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """The clock that runs now: to *assign* while nobody leads, to *resolve* afterwards.

    `near` is when the last quarter begins; `original` the due time before any extension. `start` moves on
    by the time that rested.
    While it rests (need_info) `remaining_minutes` holds what was left and `resting_since` when it stopped.
    `due`, `near` are then the last ones that ran and not in force.
    """

    stage: str  # "assign" | "resolve"
    clock: Clock
    start: datetime
    due: datetime
    near: datetime
    original: datetime
    resting_since: datetime | None = None
    remaining_minutes: int | None = None
    by_hand: bool = False  # a person chose the due time: rules no longer move it


class Chased(msgspec.Struct, frozen=True, kw_only=True):
    """The last step of the ladder of escalation. `gone`: minutes of the deadline's clock until then."""

    step: str
    stage: str
    level: int
    gone: int
    at: datetime


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One report as it stands after its events. All times are UTC."""

    id: str
    number: str
    channel: Channel
    status: Status
    urgency: Urgency
    type: str
    title: str
    description: str
    place: Place
    happened_at: datetime
    entered_at: datetime
    logged_by: Actor
    reporter: Reporter | None = None  # None: withheld from the reader (agencies)
    answers: dict[str, str] = {}
    handler: str = ""  # user id of the operator or dispatcher who last acted on it
    lead: str | None = None
    supporting: tuple[str, ...] = ()
    instruction: str = ""
    instructions: dict[str, str] = {}  # to supporting agencies, by code
    released_to: tuple[str, ...] = ()  # agencies of this case that may see who told it
    deadline: Deadline | None = None  # None where none runs: resolved, closed, rejected, merged
    stopped: Deadline | None = (
        None  # ran until Resolve, Merge or Withdraw; Rework, Unmerge, Assign go on with it
    )
    assigned_at: datetime | None = None
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    resolve_due: datetime | None = None  # the resolve deadline kept for judging "on time" at the end
    resolve_original: datetime | None = None
    question: str = ""  # what is asked while need_info
    back_to: Status | None = None  # where GiveInfo leads back to
    extensions: tuple[Extension, ...] = ()
    request: Request | None = None  # what waits for approval; another status overtakes it
    return_reason: str = ""
    result: str = ""
    public_answer: str = ""
    published: bool = False
    reject_reason: str = ""
    referred_to: str = ""
    merged_into: str | None = None
    merged_from: Status | None = None  # where Unmerge leads back to
    related: tuple[str, ...] = ()  # ids of cases that belong to it
    merged: tuple[str, ...] = ()  # cases merged into this one: `fold` leaves it, a host may fill it in
    reopened: int = 0
    callbacks: tuple[Callback, ...] = ()
    watchers: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()  # sha256
    notes: int = 0
    calls_again: int = 0  # calls about it after the one that it was logged from
    reminders: int = 0  # to the agency that leads now
    reminded_at: datetime | None = None
    chased: Chased | None = None
    moved_at: datetime | None = None  # the last act that was more than looking at it, or chasing
    callers: tuple[Caller, ...] = ()  # by other phones than the reporter's; none: also withheld (agencies)
    revision: int = 0  # the centre's sequence of the last accepted command; 0 before the first verdict


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One accepted change, as the timeline shows it. `kind` is the command's tag.

    `data` never holds the reporter's name, phone or address. `seq` is the centre's order,
    0 while only this desk knows of it. `public` False: not for agencies (internal notes, reveals).
    """

    id: str
    case: str
    kind: str
    at: datetime
    by: Actor
    data: dict[str, Any] = {}
    seq: int = 0
    public: bool = True
