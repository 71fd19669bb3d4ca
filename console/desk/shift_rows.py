"""What the desk answers about shifts: frozen values."""

import msgspec

from console.domain.handover import Handover, Signature
from console.domain.roster import RosterEntry


class RosterLine(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the roster. `waiting`: the centre has not heard of it yet; `refused`: it takes it not."""

    entry: RosterEntry
    waiting: bool = False
    refused: bool = False


class SheetDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is typed for the sheet of a shift, as typed."""

    notes: str = ""
    troubles: str = ""
    reason: str = ""


class KeptSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A signed sheet. `waiting`: the centre has not heard of all of it; `refused`: why it does not take it (a
    stable code); `overtaken`: an acceptance given here, though somebody else's came first."""

    sheet: Handover
    waiting: bool = False
    refused: str = ""
    overtaken: Signature | None = None
    read_by: tuple[str, ...] = ()  # names


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever takes a shift finds: the sheet before them that they have not read (None: none), drafts
    that wait, commands not sent."""

    sheet: KeptSheet | None = None
    drafts: int = 0
    unsent: int = 0
