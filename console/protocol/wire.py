"""Bodies of requests and answers under /api/v1. JSON by msgspec; times RFC 3339 UTC; ids UUIDv7.

Errors are RFC 9457 problem documents with a stable `code`.
"""

from datetime import date, datetime
from typing import Any

import msgspec

from console.domain.case import Actor, Case, Event, Role
from console.domain.command import Command
from console.domain.handover import Handover, HandoverRead
from console.domain.refusal import Refusal
from console.domain.roster import RosterEntry

PROTOCOL = 1  # raised when an older console could no longer work with the server
HEADER_PROTOCOL = "X-Console-Protocol"
HEADER_OFFSET = "Upload-Offset"  # bytes of an attached file that have arrived
HEADER_WHOLE = "Upload-Complete"  # "?1": all of them, and checked
BATCH = 500  # commands per request, at most


class TokenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /auth/token. Either user+password or refresh; always the station and its key."""

    station: str
    station_key: str
    user: str | None = None
    password: str | None = None
    refresh: str | None = None


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who a token speaks for."""

    user: str
    name: str
    role: Role
    station: str
    agency: str | None = None

    def actor(self) -> Actor:
        """The same, as commands carry it."""
        return Actor(user=self.user, name=self.name, role=self.role, station=self.station, agency=self.agency)


class TokenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Access lives 15 minutes, refresh 30 days and is spent by its use."""

    access: str
    access_seconds: int
    refresh: str
    identity: Identity
    server_time: datetime
    practice: bool = False


class StationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /auth/stations: a supervisor or administrator enrols a workstation."""

    station: str
    user: str
    password: str


class StationAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """`counter`: last number the centre has seen of this station, by month "YYMM", so that a
    re-installed station never hands out a number twice."""

    station: str
    station_key: str
    counters: dict[str, int] = {}


class ReferenceItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of reference data. `kind` names a list of `domain.reference.Reference`
    (units, boundaries, agencies, …); `body` is that struct as JSON. `deleted`: a tombstone."""

    kind: str
    key: str  # code + "@" + valid_from: unique within its kind
    version: int
    body: Any = None
    deleted: bool = False


class ReferenceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /reference?after=V."""

    version: int
    practice: bool
    items: tuple[ReferenceItem, ...]


class CaseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A case, whole, with events: all of them (snapshot) or those after the cursor (changes)."""

    case: Case
    events: tuple[Event, ...]


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A case that an agency has no more; `reason` where it was withdrawn."""

    case: str
    number: str
    at: datetime
    reason: str = ""


class ChangesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """GET /changes?after=CURSOR&limit=N. `gone`: for agencies alone."""

    cursor: int
    more: bool
    records: tuple[CaseRecord, ...]
    server_time: datetime
    gone: tuple[Gone, ...] = ()


class SnapshotLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """GET /snapshot?before=…: NDJSON. First line: `cursor` and `total`; then one `record` a line, newest
    first, each with its `next` (pass it as `before` to continue after a break); last line: `end` True."""

    cursor: int | None = None
    total: int | None = None
    record: CaseRecord | None = None
    next: str | None = None
    end: bool = False


class CommandsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /commands: folded in order, at most BATCH, also several of one case. Decoded one by one: an
    unreadable one spoils no other. After a refused one, later ones of the same case are not decided."""

    commands: tuple[Command, ...]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's answer to one command, the same for ever. `record`: the case as it stands there after an
    acceptance or, after a refusal, as it stands now (None where it has no such case)."""

    id: str
    accepted: bool
    refusal: Refusal | None = None
    partial: tuple[Refusal, ...] = ()
    events: tuple[Event, ...] = ()
    case: Case | None = None


class CommandsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Verdicts in the order of the request, each with its command's id. Missing: commands of a case of which
    an earlier one of this request was refused; nothing is known of them yet, and they are to be held back."""

    verdicts: tuple[Verdict, ...]
    server_time: datetime


class PresenceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /presence: the case I have open, or none; whether I am typing in it."""

    case: str | None
    typing: bool = False


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Who has which case open (None: left it) and is typing in it; expires after 30 s."""

    user: str
    name: str
    station: str
    case: str | None
    typing: bool = False


class SharedView(msgspec.Struct, frozen=True, kw_only=True):
    """A view of the queue that its owner shows to colleagues: PUT /views/{id}, and what comes back.

    `asks`: what it asks, as desks read it; nothing to the centre but JSON. `version`: given by the centre.
    """

    id: str
    owner: str
    name: str
    changed_at: datetime
    asks: dict[str, Any] = {}
    owner_name: str = ""
    version: int = 0
    deleted: bool = False


class ViewsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /views: what changed after a version, tombstones included, in order; `version`: of the last."""

    version: int
    views: tuple[SharedView, ...]


class NumberNote(msgspec.Struct, frozen=True, kw_only=True):
    """What staff know of a telephone number: PUT /number-notes, and what comes back. `phone` in E.164 names
    it and stands in no address. `used_at`: when it was last of use; `version`: given by the centre."""

    phone: str
    kinds: tuple[str, ...] = ()
    text: str = ""
    by: str = ""
    by_name: str = ""
    changed_at: datetime
    used_at: datetime
    version: int = 0
    deleted: bool = False


class NumberNotesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /number-notes: what changed after a version, tombstones included; `version`: of the last."""

    version: int
    notes: tuple[NumberNote, ...]


class HandedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft on its way from one desk to another: PUT /handed-drafts/{id}, and what comes back.

    `state`: offered by `sender`, and then for ever taken by `receiver`, taken_back by `sender`, or expired.
    `draft`: as desks read it, only while it is offered; `version`: given by the centre.
    """

    id: str
    state: str
    sender: str
    receiver: str
    case: str
    number: str
    draft: dict[str, Any] | None = None
    version: int = 0


class OtherDesk(msgspec.Struct, frozen=True, kw_only=True):
    """A station where staff work. `name`: of who is signed in there, as far as the centre knows, or ""."""

    station: str
    name: str = ""


class HandedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /handed-drafts: those of the caller's station that changed after a version, in order, with the
    desks to which one may be handed; `version`: of the last."""

    version: int
    drafts: tuple[HandedDraft, ...]
    desks: tuple[OtherDesk, ...] = ()


class StreamHanded(msgspec.Struct, frozen=True, kw_only=True):
    """`event: handed` of GET /stream: a draft between these two stations moved."""

    stations: tuple[str, str]


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may stand on a roster."""

    user: str
    name: str
    role: Role


class DeskFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk tells of itself: PUT /shift-book/desk, and of all desks what they last told. `waiting`,
    `attention`: commands that are not at the centre; `promised`: calls promised there. The centre adds who
    and when, and since how many seconds it has heard nothing."""

    waiting: int = 0
    attention: int = 0
    promised: int = 0
    station: str = ""
    name: str = ""
    told_at: datetime | None = None
    silent_s: float = 0.0


class ShiftBookAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /shift-book?after=V: roster entries, handover sheets and who read them, as far as they changed
    after a version; `version`: of the last, `more`: there are further ones. `staff` and `desks`: all."""

    version: int
    more: bool = False
    entries: tuple[RosterEntry, ...] = ()
    sheets: tuple[Handover, ...] = ()
    reads: tuple[HandoverRead, ...] = ()
    staff: tuple[Colleague, ...] = ()
    desks: tuple[DeskFacts, ...] = ()


class RosterPast(msgspec.Struct, frozen=True, kw_only=True):
    """GET /shift-book/past?first=DAY&last=DAY: each writing of the roster of those days, in order."""

    entries: tuple[RosterEntry, ...]


class StreamShift(msgspec.Struct, frozen=True, kw_only=True):
    """`event: shift` of GET /stream: the book of the shifts has a newer version."""

    version: int


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """GET /search?q=WORDS&limit=N: cases with all the words, whole, open ones first, then the newest."""

    records: tuple[CaseRecord, ...]
    more: bool


class StreamChanged(msgspec.Struct, frozen=True, kw_only=True):
    """`event: changed` of GET /stream."""

    cursor: int


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """GET /health."""

    status: str
    version: str
    protocol: int
    oldest_protocol: int
    schema: str
    practice: bool
    server_time: datetime


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457 problem document. `attempts_left`: how often a wrong password may still be tried; `limit`: how
    many commands or bytes may be sent at once, where there were more."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    attempts_left: int | None = None
    limit: int | None = None


class ImportChange(msgspec.Struct, frozen=True, kw_only=True):
    """One line of "what would change" of a reference import. `change`: added, changed, ended, removed,
    same."""

    kind: str
    key: str
    change: str
    name: str = ""
    valid_from: date | None = None
