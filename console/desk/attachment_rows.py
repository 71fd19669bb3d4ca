"""What the screens get to know of attached files: frozen values. Sizes are bytes, times UTC datetimes."""

from datetime import datetime
from enum import StrEnum

import msgspec

from console.desk.rows import Done
from console.domain.place import Point


class Lying(StrEnum):
    """Where a file is, seen from this desk."""

    HERE = "here"  # attached here, on this disk; its sending has not begun
    SENDING = "sending"  # part of it is at the centre
    ON_ITS_WAY = "on_its_way"  # attached at another desk; the centre has not all of it, as far as is known
    FETCHING = "fetching"  # wanted here; part of it may be on this disk already
    THERE = "there"  # the centre has it, whole and checked
    MISSING = "missing"  # neither here nor at the centre
    REFUSED = "refused"  # the centre did not take it; it is kept on this disk


class AttachmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a case or of a draft.

    `here`: its bytes are on this disk, `desk.attachment_bytes` gives them. `fraction`: 0 to 1, of what is
    being sent (SENDING) or fetched (FETCHING); 1 where nothing is left to do. `thumbnail`: a PNG, upright, at
    most 256 pixels wide and high; None for sounds and papers, and for pictures not looked at yet.
    `position`: where the camera says it was taken; offer it as the place, it is no more than that.
    `removable`: `desk.remove_unsent_attachment` can still take it out. `trouble`: with MISSING and REFUSED
    the stable code of why.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    at: datetime
    by: str  # who attached it, as the timeline names them; "" for whoever sits here
    state: Lying
    here: bool
    fraction: float
    thumbnail: bytes | None = None
    position: Point | None = None
    removable: bool = False
    trouble: str | None = None


class Pasted(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that never were a file, such as a picture from the clipboard; judged like one."""

    name: str
    data: bytes


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """What was just attached. `done`: its command; None with a draft, whose report brings it."""

    row: AttachmentRow
    done: Done | None = None
