"""The handover sheet: what one shift leaves to the next, frozen by a signature, accepted by another.

Its content goes as JSON that is kept as it came: a digest over it stands in both signatures, so nobody can
change what was signed, and a newer program's fields pass through an older one.
"""

import hashlib
from datetime import date, datetime
from typing import Any

import msgspec

from console.domain.case import Role
from console.domain.category import Urgency
from console.domain.table import OPERATORS

WORDS_MOST = 20_000
"""Characters of notes, and of troubles."""
REASON_MOST = 500


class SheetCase(msgspec.Struct, frozen=True, kw_only=True):
    """An urgent case that is not finished."""

    id: str
    number: str
    title: str
    place: str
    urgency: Urgency
    status: str  # as shown: key of a status
    agency: str
    due: datetime | None
    overdue: bool


class SheetPromise(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is to be called. `whom` masked; `station`: of the desk on whose list they stand, "" for one
    that stands in the queue; `number`, `case`: of their report, where there is one."""

    whom: str = ""
    number: str = ""
    case: str = ""
    title: str = ""
    due: datetime | None = None
    station: str = ""


class SheetDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk has not sent. `unknown_since`: it was heard last then, and may have more by now;
    `promised`: calls that it promised, on its own list."""

    station: str
    name: str = ""
    waiting: int = 0
    attention: int = 0
    promised: int = 0
    unknown_since: datetime | None = None

    @property
    def settled(self) -> bool:
        """Everything of it is known to be at the centre."""
        return self.unknown_since is None and not self.waiting and not self.attention


class SheetOutage(msgspec.Struct, frozen=True, kw_only=True):
    """The centre was not reached from this desk. `ended` None: it is not yet."""

    began: datetime
    ended: datetime | None = None


class SheetContent(msgspec.Struct, frozen=True, kw_only=True):
    """One page. `as_of`: of which moment the cases are, where the desk was offline; `more_*`: how many are
    not listed; `overdue`: cases of any urgency; `notes`, `troubles`, `reason` as typed."""

    shift_name: str
    shift_name_en: str
    begins: datetime
    ends: datetime
    made_at: datetime
    station: str
    as_of: datetime | None = None
    cases: tuple[SheetCase, ...] = ()
    more_cases: int = 0
    overdue: int = 0
    promises: tuple[SheetPromise, ...] = ()
    more_promises: int = 0
    desks: tuple[SheetDesk, ...] = ()
    outages: tuple[SheetOutage, ...] = ()
    more_outages: int = 0
    notes: str = ""
    troubles: str = ""
    reason: str = ""

    @property
    def unsettled(self) -> tuple[SheetDesk, ...]:
        """Desks of which something may not be at the centre."""
        return tuple(desk for desk in self.desks if not desk.settled)


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed what. `digest` of the content; `words`: a remark, or the reason why the shift can end though
    something is not sent; `offline`: before the centre could confirm who it was."""

    user: str
    name: str
    station: str
    at: datetime
    digest: str
    words: str = ""
    offline: bool = False


STANDS, SECOND = "stands", "second"


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """A signed sheet. `state`: of two sheets of one shift the first to come to the centre stands, the other
    is kept as the second one. `version`: given by the centre."""

    id: str
    day: date
    shift: str
    content: dict[str, Any]
    signed: Signature
    accepted: Signature | None = None
    state: str = STANDS
    version: int = 0

    def read(self) -> SheetContent:
        """What stands on it. Raises msgspec.ValidationError."""
        return msgspec.convert(self.content, SheetContent)


class HandoverRead(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody has read what a sheet leaves to them."""

    sheet: str
    day: date
    user: str
    name: str
    station: str
    at: datetime
    version: int = 0

    @property
    def key(self) -> str:
        """Its name among all."""
        return f"{self.sheet}/{self.user}"


def plain(content: SheetContent) -> dict[str, Any]:
    """As it is kept and sent."""
    body: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(content))
    return body


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 over the content with its fields in the order of the alphabet."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def may_sign(role: Role, leads: bool) -> bool:
    """Whether somebody may hand a shift over, or take one: who leads it by the roster, or any supervisor."""
    return role is Role.SUPERVISOR or (role in OPERATORS and leads)
