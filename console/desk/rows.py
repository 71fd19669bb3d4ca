"""What questions answer: frozen values, never ORM objects. Times are UTC datetimes unless named `_ms`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from console.domain.case import Case, Channel, Event, Reporter, Status
from console.domain.category import Urgency
from console.domain.command import Command
from console.domain.place import Place
from console.domain.refusal import Refusal
from console.models.times import from_ms, from_ms_or_none

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class View(StrEnum):
    """What a view of the queue is made from."""

    OPEN = "open"
    MINE = "mine"
    TRIAGE = "triage"
    SOON = "soon"
    OVERDUE = "overdue"
    CALLBACK = "callback"
    APPROVAL = "approval"  # what waits for a supervisor
    ALL = "all"  # every case kept here, closed ones too


BUILT_IN = (View.OPEN, View.MINE, View.TRIAGE, View.SOON, View.OVERDUE, View.CALLBACK, View.APPROVAL)
"""The views that every desk has, in the order of their tabs."""


class Sort(StrEnum):
    """Orders of the queue; equal ones by deadline."""

    DUE = "due"  # nearest deadline first, resting ones last
    NEWEST = "newest"
    NUMBER = "number"
    URGENCY = "urgency"
    TYPE = "type"  # by name
    PLACE = "place"  # district, then commune, by name
    STATUS = "status"  # in the order of a case's life
    AGENCY = "agency"  # by short name, those without one last
    CHANNEL = "channel"


class DueState(StrEnum):
    """How the deadline of an open case stands; a case is in exactly one of them."""

    OVERDUE = "overdue"
    SOON = "soon"  # in its last quarter
    RUNNING = "running"  # not near yet
    RESTING = "resting"
    NONE = "none"  # without a deadline, or no longer open


class Values(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Values of a case's fields."""

    statuses: tuple[str, ...] = ()  # as QueueRow.display_status
    urgencies: tuple[Urgency, ...] = ()
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()  # "": no agency yet
    communes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    due: tuple[DueState, ...] = ()
    handlers: tuple[str, ...] = ()  # "": nobody
    outcomes: tuple[str, ...] = ()  # as QueueRow.outcome
    answers: tuple[str, ...] = ()  # as `domain.answer_keys`, "injured=": whatever was answered


class Filter(Values, frozen=True, kw_only=True):
    """What a case must be, JSON-encodable by msgspec. An empty field asks nothing; values of one field (of
    answers: to one question) are alternatives, every field must hold, and no value of `but`."""

    words: str = ""  # folded, all must occur
    callers: tuple[str, ...] = ()  # numbers of cases: whoever called about one of them
    but: Values = Values()
    entered_from_ms: int | None = None
    entered_until_ms: int | None = None  # not itself
    resolved_from_ms: int | None = None  # when the result came that stands
    resolved_until_ms: int | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a queue shows, and in which order."""

    view: View
    filter: Filter = Filter()
    sort: Sort = Sort.DUE
    reverse: bool = False


class QueueRow(msgspec.Struct, frozen=True, gc=False):
    """One row as the queue draws it, times as stored: many rows are made, few are looked at.

    Made by position, in the order of `console.models.queue.ROW_COLUMNS`.
    """

    id: str
    number: str
    channel: Channel
    urgency: Urgency
    status: Status
    display_status: (
        str  # key of tokens.json status.items: stored status, or triage, reopened, pending_approval
    )
    type: str
    title: str
    place: str  # "Đường Trương Pháp, P. Hải Thành, Đồng Hới"
    lead: str | None
    lead_name: str
    due_ms: int | None
    near_ms: int | None
    resting: bool
    entered_ms: int
    closed_ms: int | None
    outcome: str  # "", "met", "metExtended", "late": for resolved and closed ones
    unread: bool
    waiting: bool  # has commands that the centre has not answered yet
    attention: bool  # has a refused command of this desk
    handler: str
    callback_due: bool
    lon: float | None
    lat: float | None

    @property
    def due(self) -> datetime | None:
        """When its deadline ends."""
        return from_ms_or_none(self.due_ms)

    @property
    def near(self) -> datetime | None:
        """When its deadline is near."""
        return from_ms_or_none(self.near_ms)

    @property
    def entered(self) -> datetime:
        """When it was taken in."""
        return from_ms(self.entered_ms)

    @property
    def closed(self) -> datetime | None:
        """When it was closed."""
        return from_ms_or_none(self.closed_ms)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a view. `total` counts the whole view under the filter.

    `answer`: ask further stretches with it, and they are of the same frozen answer: their rows do not shift
    while cases change. An answer that is no longer kept is made anew, under another name.
    """

    rows: tuple[QueueRow, ...]
    total: int
    offset: int
    answer: int = 0  # 0: not kept
    meant: tuple[str, ...] = ()  # folded words that the filter's words found


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case with the newest stretch of its timeline, oldest first. `case.reporter` is present; screens mask
    it until `reveal`."""

    case: Case
    events: tuple[Event, ...]
    row: QueueRow
    waiting: tuple[str, ...]  # ids of events not yet confirmed; all of them are among `events`
    earlier: int = 0  # how many events came before `events`
    merged_number: str = ""  # of the case that this one was merged into
    parts: tuple[QueueRow, ...] | None = None  # merged into it, the newest first; None: not known yet


class Points:
    """All open cases for the map: parallel arrays. A case without a point stands at its commune's centre."""

    def __init__(
        self,
        ids: Sequence[str],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        due_ms: NDArray[np.int64],  # 0: none
        near_ms: NDArray[np.int64],
        flags: NDArray[np.int8],  # bit 0 new or triage, bit 1 resting, bit 2 about here (no point of its own)
    ) -> None:
        self.ids, self.lon, self.lat = ids, lon, lat
        self.due_ms, self.near_ms, self.flags = due_ms, near_ms, flags

    def __len__(self) -> int:
        return len(self.ids)


class DistrictRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table under the map."""

    code: str
    name: str
    open: int
    soon: int
    overdue: int


class FileAlong(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with a draft to another desk: by its digest, its bytes go their own way."""

    sha256: str
    name: str
    media_type: str
    size: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator has typed so far. On disk from the first keystroke; it holds the number.

    `case` is the id the report gets. `logged`: it was saved and undone; saving again edits that case.
    """

    id: str
    case: str
    number: str
    station: str
    user: str
    opened_at: datetime
    saved_at: datetime
    channel: Channel = Channel.PHONE
    type: str = ""
    type_text: str = ""
    urgency: Urgency | None = None  # None: as proposed
    title: str = ""
    description: str = ""
    answers: dict[str, str] = {}  # also those that are not asked (any more): changing back asks them again
    kept_answers: dict[str, dict[str, str]] = {}  # by a type chosen before: how it stood answered
    place_text: str = ""
    commune: str = ""
    commune_text: str = ""  # as typed, also when it names no commune
    place: Place | None = None
    reporter: Reporter = Reporter()
    phone_text: str = ""
    agency: str = ""  # "": as proposed
    supporting: tuple[str, ...] = ()
    note: str = ""
    happened_at: datetime | None = None
    focus: str = ""
    caret: int = 0
    logged: bool = False
    handed: str = ""  # the hand-over by which it came from another desk
    handed_by: str = ""  # that desk's station
    files_along: tuple[FileAlong, ...] = ()  # while it is on its way to another desk


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """What is being written into one act on a case. `slot`: the act's place; `status`, `lead`: how the case
    stood then; `values` and `times`: the act's fields."""

    case: str
    slot: str
    kind: str
    values: dict[str, str | bool | tuple[str, ...] | None]
    times: dict[str, datetime] = {}
    status: str
    lead: str | None
    saved_at: datetime


class Sending(StrEnum):
    """Where a command stands in the outbox."""

    HELD = "held"  # on disk, may still be undone
    WAITING = "waiting"
    REFUSED = "refused"
    HELD_BACK = "held_back"  # behind a refused one of the same case
    SENT = "sent"
    BINNED = "binned"


class OutboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """One command as the outbox lists it. `conflict`: refused because somebody else acted first."""

    id: str
    case: str
    number: str
    kind: str
    at: datetime
    state: Sending
    title: str
    detail: str
    refusal: Refusal | None = None
    conflict: bool = False
    sent_at: datetime | None = None
    by: str = ""  # who gave it, as colleagues call them
    carried: str = ""  # the station it was brought here from; "": given at this desk
    held_until: datetime | None = None  # while it can still be undone
    let_go: datetime | None = None  # when it came into the bin
    replaced: bool = False  # in the bin because another was given in its place


class ParcelView(msgspec.Struct, frozen=True, kw_only=True):
    """What a carried outbox holds, before it is taken in. `known`: how many this desk has already."""

    station: str
    made_at: datetime
    total: int
    known: int
    numbers: tuple[str, ...]
    first_at: datetime
    last_at: datetime


class Outbox(msgspec.Struct, frozen=True, kw_only=True):
    """The three groups, in the order they are shown; `sent` holds the last 50."""

    attention: tuple[OutboxRow, ...]
    waiting: tuple[OutboxRow, ...]
    sent: tuple[OutboxRow, ...]
    last_write: datetime | None


class OutboxItem(msgspec.Struct, frozen=True, kw_only=True):
    """One refused command: what was typed, and what stands at the centre now."""

    row: OutboxRow
    command: Command
    now: Case | None
    now_events: tuple[Event, ...]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """An act is on disk. `undo_until`: None where it cannot be called back."""

    case: str
    number: str
    commands: tuple[str, ...]
    undo_until: datetime | None


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier case of the same caller, for the intake's left pane."""

    id: str
    number: str
    title: str
    display_status: str
    lead_name: str
    entered: datetime
    due: datetime | None
    open: bool
    commune: str = ""  # of today's list, where the case has a pin


class Suspect(msgspec.Struct, frozen=True, kw_only=True):
    """A possible duplicate: likely ones first, of these the open ones, best first. `words`: shared phrases,
    as the caller says them; `likely`: probably the same matter, not merely near; `metres` None: one of both
    has no pin, and they are of one commune."""

    row: QueueRow
    metres: int | None
    same_type: bool
    words: tuple[str, ...]
    score: float
    likely: bool = True
