"""Notes on a telephone number: shown to whoever takes its call, told to the centre behind the commands.

The last writing stands. Looking at one while its number calls is its use, noted once a day, so that what
nobody calls by any more goes by itself.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.errors import NoteNotYours, NoteTooLong
from console.desk.holdings import Holdings
from console.domain.number_note import TEXT_MOST, kept_since, may_note
from console.domain.text import clean
from console.models.number_notes import KeptNote
from console.models.times import from_ms, to_ms
from console.protocol.wire import NumberNote

VERSION = "number_notes.version"
"""In `meta`: up to which of the centre's versions all is here."""
DAY_MS = 86_400_000
replace = msgspec.structs.replace


class NumberNoteView(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a number. `kinds`: of `NoteKind`, or of a newer program."""

    kinds: tuple[str, ...] = ()
    text: str = ""
    by_name: str = ""
    changed_at: datetime


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one in one piece."""

    kinds: tuple[str, ...] = ()
    text: str = ""
    by: str = ""
    by_name: str = ""


_body = msgspec.json.Decoder(_Body)


def number_note(held: Holdings, phone: str) -> NumberNoteView | None:
    """What is known of the number that calls."""
    kept = held.number_notes.get(phone)
    if kept is None or kept.deleted or kept.used_ms < _since(held):
        return None
    if held.now_ms() - kept.used_ms >= DAY_MS:
        with held.store.transaction():
            held.number_notes.put(kept._replace(used_ms=held.now_ms(), dirty=True))
        held.wake()
    body = _body.decode(kept.body)
    at = from_ms(kept.changed_ms)
    return NumberNoteView(kinds=body.kinds, text=body.text, by_name=body.by_name, changed_at=at)


def note_number(held: Holdings, phone: str, kinds: Sequence[str], text: str) -> NumberNoteView | None:
    """Write it in the place of what it was; without kinds and text it is taken back. Raises NoteTooLong,
    NoteNotYours, StoreFull."""
    kept, me, text = held.number_notes.get(phone), held.actor, clean(text)
    if len(text) > TEXT_MOST:
        raise NoteTooLong
    before = _body.decode(kept.body).kinds if kept is not None and not kept.deleted else ()
    if may_note(me.role, before, tuple(kinds)) is not None:
        raise NoteNotYours
    deleted = not kinds and not text
    if deleted and kept is None:
        return None
    body = _Body(kinds=tuple(dict.fromkeys(kinds)), text=text, by=me.user, by_name=me.name)
    # never before what it was: the last writing must be the last everywhere
    now = max(held.now_ms(), kept.changed_ms + 1 if kept else 0)
    row = KeptNote(
        phone, kept.version if kept else 0, now, now, me.user, True, deleted, msgspec.json.encode(body)
    )
    with held.store.transaction():
        held.number_notes.prune(_since(held))
        held.number_notes.put(row)
    held.tell(Changes(cause=Cause.HERE, numbers=True))
    held.wake()
    return number_note(held, phone)


def _since(held: Holdings) -> int:
    return to_ms(kept_since(held.reference, held.clock.now()))


def prune(held: Holdings) -> None:
    """Let go of those that were of no use for long. Inside a transaction."""
    held.number_notes.prune(_since(held))


# with the centre


def to_tell(held: Holdings) -> list[NumberNote]:
    """What the centre must hear of, as far as it is whoever's who is signed in."""
    return [_wire(kept) for kept in held.number_notes.dirty(held.actor.user)]


def notes_after(held: Holdings) -> int:
    """The centre's version up to which all is here."""
    return int(held.meta.get(VERSION) or 0)


def take_notes(held: Holdings, notes: Sequence[NumberNote], version: int | None) -> Changes | None:
    """The centre's word on some; with `version`, up to there all is here."""
    with held.store.transaction():
        for note in notes:
            _take(held, note)
        if version is not None:
            held.meta.set(VERSION, str(version))
    return Changes(cause=Cause.CENTRE, numbers=True) if notes else None


def _take(held: Holdings, note: NumberNote) -> None:
    kept = held.number_notes.get(note.phone)
    used = to_ms(note.used_at)
    if kept is not None and kept.dirty and kept.changed_ms > to_ms(note.changed_at):
        return  # ours is later, and will be told
    # a clock a little ahead is no later use
    later = kept is not None and kept.dirty and kept.used_ms - used > DAY_MS // 2
    body = _Body(kinds=note.kinds, text=note.text, by=note.by, by_name=note.by_name)
    held.number_notes.put(
        KeptNote(
            phone=note.phone, version=note.version, changed_ms=to_ms(note.changed_at),
            used_ms=max(used, kept.used_ms if kept else 0), author="", dirty=later, deleted=note.deleted,
            body=msgspec.json.encode(body),
        )
    )  # fmt: skip


def _wire(kept: KeptNote) -> NumberNote:
    body = _body.decode(kept.body)
    return NumberNote(
        phone=kept.phone,
        kinds=body.kinds,
        text=body.text,
        by=body.by,
        by_name=body.by_name,
        changed_at=from_ms(kept.changed_ms),
        used_at=from_ms(kept.used_ms),
        deleted=kept.deleted,
    )
