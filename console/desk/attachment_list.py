"""The files of a case or draft as they are listed: what timeline and drafts name, and where it lies."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from console.desk.attachment_rows import AttachmentRow, Lying
from console.desk.holdings import Holdings
from console.domain.case import Event
from console.domain.command import Attach
from console.domain.place import Point
from console.media.picture import Look
from console.models import timeline
from console.models.files import LOOK, NOTHING, ORIGINAL, OTHERS, FileRow, Files
from console.models.letters import HELD_BACK, REFUSED, WAITING, Letter
from console.models.times import from_ms

FETCHED_AT_ONCE = 2 * 1024 * 1024
"""Files up to this many bytes are fetched when their case is opened; larger ones when asked for."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One file as a case's timeline or a draft names it. `removable`: it has not left this desk."""

    sha256: str
    name: str
    media_type: str
    size: int
    at: datetime
    by: str
    removable: bool


class Named(msgspec.Struct, frozen=True):
    """What a command says of a file."""

    sha256: str
    name: str
    media_type: str
    size: int


def listed(held: Holdings, case_id: str) -> list[Listed]:
    """Oldest first, each once; on the database thread."""
    letters = held.letters.of_case(case_id)
    found: dict[str, Listed] = {}
    for event in timeline.of_kind(held.store, case_id, "attach"):
        named = named_by(event)
        if named is not None and named.sha256 not in found:
            removable = any(is_of(x, named.sha256) and still_ours(x) for x in letters)
            found[named.sha256] = _listed(named, event.at, event.by.name, removable)
    for kept in held.attachments.of_draft(case_id):
        named = Named(kept.sha256, kept.name, kept.media_type, kept.size)
        found.setdefault(kept.sha256, _listed(named, from_ms(kept.at_ms), "", True))
    return list(found.values())


def _listed(named: Named, at: datetime, by: str, removable: bool) -> Listed:
    return Listed(
        sha256=named.sha256,
        name=named.name,
        media_type=named.media_type,
        size=named.size,
        at=at,
        by=by,
        removable=removable,
    )


def named_by(event: Event) -> Named | None:
    """None for other events, and for a newer console's in words that are not understood here."""
    if event.kind != "attach":
        return None
    try:
        return msgspec.convert(event.data, Named)
    except msgspec.ValidationError:
        return None


def is_of(letter: Letter, sha256: str) -> bool:
    """Whether it attaches this file."""
    body = letter.command.body
    return isinstance(body, Attach) and body.sha256 == sha256


def still_ours(letter: Letter) -> bool:
    """The centre cannot have taken it."""
    return letter.state == REFUSED or (letter.state in (WAITING, HELD_BACK) and not letter.offered)


def file_row(
    sha256: str,
    media_type: str,
    size: int,
    *,
    mine: int = OTHERS,
    wanted: int = NOTHING,
    look: Look | None = None,
) -> FileRow:
    """A file that is new to this disk, without its bytes."""
    position = look.position if look else None
    return FileRow(
        sha256=sha256,
        media_type=media_type,
        size=size,
        total=size,
        digest=sha256,
        got=0,
        sent=0,
        there=False,
        mine=mine,
        wanted=wanted,
        trouble=None,
        thumbnail=look.thumbnail if look else None,
        lon=position.lon if position else None,
        lat=position.lat if position else None,
    )


def look_up(files: Files, rows: Sequence[Listed], now_ms: int) -> tuple[dict[str, FileRow], bool]:
    """Where they lie; and whether some are to be fetched from now on, because somebody looks at them."""
    digests = [row.sha256 for row in rows]
    known = files.of(digests)
    wanted = {row.sha256: wish for row in rows if (wish := _wish(row, known.get(row.sha256)))}
    if not wanted:
        return known, False
    with files.transaction():
        for row in rows:
            if row.sha256 in wanted:
                new = file_row(row.sha256, row.media_type, row.size, wanted=wanted[row.sha256])
                files.add(new, now_ms)
    return files.of(digests), True


def _wish(row: Listed, known: FileRow | None) -> int:
    """What is to be fetched of a file that is shown; NOTHING where all is here or under way."""
    small = row.size <= FETCHED_AT_ONCE
    if known is None:
        return ORIGINAL if small else LOOK
    if known.complete or known.trouble is not None or known.wanted >= ORIGINAL:
        return NOTHING
    return ORIGINAL if small else NOTHING


def heard_of(files: Files, named: Sequence[Named], now_ms: int) -> None:
    """Files that other desks have just attached: their small pictures, before anybody opens the case."""
    known = files.of([one.sha256 for one in named])
    with files.transaction():
        for one in named:
            if one.sha256 not in known:
                files.add(file_row(one.sha256, one.media_type, one.size, wanted=LOOK), now_ms)


def shown(row: Listed, file: FileRow) -> AttachmentRow:
    """As the screens get it."""
    state = _state(file)
    fraction = {Lying.SENDING: file.sent / file.size, Lying.FETCHING: file.got / file.total}.get(state, 1.0)
    position = Point(file.lon, file.lat) if file.lon is not None and file.lat is not None else None
    return AttachmentRow(
        sha256=row.sha256,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        at=row.at,
        by=row.by,
        state=state,
        here=file.here,
        fraction=fraction,
        thumbnail=file.thumbnail,
        position=position,
        removable=row.removable,
        trouble=file.trouble,
    )


def _state(file: FileRow) -> Lying:
    if file.mine != OTHERS and not file.there:
        if file.trouble is not None:
            return Lying.REFUSED
        return Lying.SENDING if file.sent else Lying.HERE
    if file.here:
        return Lying.THERE
    if file.trouble is not None:
        return Lying.MISSING
    if not file.there:
        return Lying.ON_ITS_WAY
    return Lying.FETCHING if file.wanted > LOOK else Lying.THERE
