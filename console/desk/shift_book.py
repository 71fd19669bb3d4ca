"""The roster and the signed sheets at this desk, told to the centre behind the commands. All on the worker.

Of an entry the last writing stands; a sheet and its acceptance are told until the centre has answered, and
what it answers stands. What it refuses stays here, and says so.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.errors import RosterNotYours
from console.desk.holdings import Holdings
from console.desk.shift_rows import KeptSheet, RosterLine
from console.domain.handover import SECOND, Handover, HandoverRead
from console.domain.roster import RosterEntry, may_roster
from console.domain.zone import local_day
from console.models.shift_rows import CLEAN, DIRTY, REFUSED, ShiftRow
from console.protocol.wire import Colleague, DeskFacts, ShiftBookAnswer

ENTRY, SHEET, READ, DRAFT, OUTAGE = "entry", "sheet", "read", "draft", "outage"
TOLD = (ENTRY, SHEET, READ)
VERSION = "shift.version"
"""In `meta`: up to which of the centre's versions all is here."""
STAFF, DESKS = "shift.staff", "shift.desks"
"""In `meta`: as the centre last told them."""
KEPT = timedelta(days=400)
SECOND_S = timedelta(milliseconds=1)
_entry, _sheet = msgspec.json.Decoder(RosterEntry), msgspec.json.Decoder(KeptSheet)
_read = msgspec.json.Decoder(HandoverRead)
_staff = msgspec.json.Decoder(tuple[Colleague, ...])
_desks = msgspec.json.Decoder(tuple[DeskFacts, ...])
_encode = msgspec.json.encode
replace = msgspec.structs.replace
NEWS = Changes(cause=Cause.HERE, shifts=True)


# the roster


def roster(held: Holdings, first: date, last: date) -> tuple[RosterLine, ...]:
    """Who is on it on these days, both included; by day, shift and user."""
    found = [
        RosterLine(entry=_entry.decode(row.body), waiting=row.dirty == DIRTY, refused=row.dirty == REFUSED)
        for row in held.shifts.between(ENTRY, first.isoformat(), last.isoformat())
    ]
    return tuple(line for line in found if not line.entry.deleted)


def entries(held: Holdings, first: date, last: date) -> tuple[RosterEntry, ...]:
    """The same, alone."""
    return tuple(line.entry for line in roster(held, first, last))


def write_roster(held: Holdings, wanted: Iterable[RosterEntry]) -> None:
    """Put these on it, elsewhere, or off it (`deleted`); what is there already is not written again. Raises
    RosterNotYours, StoreFull: nothing was changed then."""
    if not may_roster(held.actor.role):
        raise RosterNotYours
    with held.store.transaction():
        for one in wanted:
            row = held.shifts.get(ENTRY, one.key)
            kept = _entry.decode(row.body) if row is not None else None
            if kept is None and one.deleted:
                continue
            if kept is not None and row is not None and row.dirty != REFUSED and _same(kept, one):
                continue
            now = held.clock.now()
            if kept is not None:  # never before what it was: the last writing must be the last everywhere
                now = max(now, kept.changed_at + SECOND_S)
            me = held.actor
            made = replace(one, by=me.user, by_name=me.name, by_station=me.station, changed_at=now)
            version = kept.version if kept is not None else 0
            held.shifts.put(ShiftRow(ENTRY, one.key, one.day.isoformat(), version, DIRTY, _encode(made)))
    held.tell(NEWS)
    held.wake()


def _same(one: RosterEntry, other: RosterEntry) -> bool:
    return (one.station, one.leads, one.deleted) == (other.station, other.leads, other.deleted)


def staff(held: Holdings) -> tuple[Colleague, ...]:
    """Who may stand on it, as the centre last told."""
    kept = held.meta.get(STAFF)
    return _staff.decode(kept) if kept is not None else ()


def desks(held: Holdings) -> tuple[DeskFacts, ...]:
    """What each desk has told of itself, as the centre last told."""
    kept = held.meta.get(DESKS)
    return _desks.decode(kept) if kept is not None else ()


# sheets


def sheets(held: Holdings, first: date, last: date) -> tuple[KeptSheet, ...]:
    """Signed ones of these days, both included, the newest first."""
    rows = held.shifts.between(SHEET, first.isoformat(), last.isoformat())
    readers: dict[str, list[str]] = {}
    for row in held.shifts.between(READ, first.isoformat(), last.isoformat()):
        one = _read.decode(row.body)
        readers.setdefault(one.sheet, []).append(one.name)
    found = [replace(kept_of(row), read_by=tuple(readers.get(row.key, ()))) for row in rows]
    return tuple(sorted(found, key=lambda kept: kept.sheet.signed.at, reverse=True))


def sheet(held: Holdings, sheet_id: str) -> KeptSheet | None:
    """One of them."""
    row = held.shifts.get(SHEET, sheet_id)
    return kept_of(row) if row is not None else None


def kept_of(row: ShiftRow) -> KeptSheet:
    """As its row has it."""
    return replace(_sheet.decode(row.body), waiting=row.dirty == DIRTY)


def put_sheet(held: Holdings, kept: KeptSheet, dirty: int) -> None:
    """Inside a transaction."""
    one = kept.sheet
    body = _encode(replace(kept, waiting=False, read_by=()))
    held.shifts.put(ShiftRow(SHEET, one.id, one.day.isoformat(), one.version, dirty, body))


def has_read(held: Holdings, sheet_id: str, user: str) -> bool:
    """Whether this person has."""
    return held.shifts.get(READ, f"{sheet_id}/{user}") is not None


def put_read(held: Holdings, sheet_: Handover) -> None:
    """Whoever is signed in has read it."""
    me = held.actor
    if has_read(held, sheet_.id, me.user):
        return
    one = HandoverRead(
        sheet=sheet_.id, day=sheet_.day, user=me.user, name=me.name, station=me.station, at=held.clock.now()
    )
    with held.store.transaction():
        held.shifts.put(ShiftRow(READ, one.key, one.day.isoformat(), 0, DIRTY, _encode(one)))
    held.tell(NEWS)
    held.wake()


def prune(held: Holdings) -> None:
    """Let go of what is old and known at the centre. Inside a transaction."""
    held.shifts.prune((local_day(held.clock.now()) - KEPT).isoformat())


# with the centre


def entries_to_tell(held: Holdings) -> list[RosterEntry]:
    """Writings of the roster that it has not heard of."""
    return [_entry.decode(row.body) for row in held.shifts.dirty(ENTRY)]


def sheets_to_tell(held: Holdings) -> list[Handover]:
    """Sheets, or their acceptance, that it has not heard of."""
    return [_sheet.decode(row.body).sheet for row in held.shifts.dirty(SHEET)]


def reads_to_tell(held: Holdings) -> list[HandoverRead]:
    """Who has read one, that it has not heard of."""
    return [_read.decode(row.body) for row in held.shifts.dirty(READ)]


def facts(held: Holdings) -> DeskFacts:
    """What this desk tells of itself."""
    tally = held.letters.tally()
    promised = sum(row.due_ms is not None for row in held.calls.callbacks.open())
    return DeskFacts(waiting=tally.waiting, attention=tally.attention, promised=promised)


def book_after(held: Holdings) -> int:
    """The centre's version up to which all is here."""
    return int(held.meta.get(VERSION) or 0)


def take_book(held: Holdings, answer: ShiftBookAnswer) -> Changes | None:
    """The centre's word on all that changed, its staff and the desks."""
    lists = {STAFF: _encode(answer.staff).decode(), DESKS: _encode(answer.desks).decode()}
    moved = [key for key, value in lists.items() if held.meta.get(key) != value]
    rows: list[RosterEntry | Handover | HandoverRead] = [*answer.entries, *answer.sheets, *answer.reads]
    if not moved and not rows:
        return None
    with held.store.transaction():
        for key in moved:
            held.meta.set(key, lists[key])
        for one in rows:
            _take(held, one)
        held.meta.set(VERSION, str(answer.version))
    return Changes(cause=Cause.CENTRE, shifts=True)


def take_answer(held: Holdings, one: RosterEntry | Handover | HandoverRead) -> Changes:
    """The centre's word on one that it was told."""
    with held.store.transaction():
        _take(held, one)
    return Changes(cause=Cause.CENTRE, shifts=True)


def refused(held: Holdings, one: RosterEntry | Handover | HandoverRead, code: str) -> Changes | None:
    """The centre does not take it as it is, and never will."""
    kind, key = _place(one)
    row = held.shifts.get(kind, key)
    if row is None or row.dirty != DIRTY:
        return None
    with held.store.transaction():
        if kind == SHEET:
            put_sheet(held, replace(kept_of(row), refused=code), REFUSED)
        else:
            held.shifts.put(row._replace(dirty=REFUSED))
    return Changes(cause=Cause.CENTRE, shifts=True)


def _place(one: RosterEntry | Handover | HandoverRead) -> tuple[str, str]:
    if isinstance(one, Handover):
        return SHEET, one.id
    return (ENTRY if isinstance(one, RosterEntry) else READ), one.key


def _take(held: Holdings, one: RosterEntry | Handover | HandoverRead) -> None:
    kind, key = _place(one)
    row = held.shifts.get(kind, key)
    if isinstance(one, Handover):
        _take_sheet(held, row, one)
        return
    if isinstance(one, RosterEntry) and row is not None and row.dirty == DIRTY:
        ours = _entry.decode(row.body)
        if ours.changed_at > one.changed_at and not _same(ours, one):
            return  # ours is later, and will be told
    held.shifts.put(ShiftRow(kind, key, one.day.isoformat(), one.version, CLEAN, _encode(one)))


def _take_sheet(held: Holdings, row: ShiftRow | None, told: Handover) -> None:
    ours = kept_of(row) if row is not None else None
    mine = ours.sheet.accepted if ours is not None else None
    if ours is not None and row is not None and mine is not None:
        if told.accepted is None and told.state != SECOND and row.dirty == DIRTY:
            put_sheet(held, replace(ours, sheet=replace(told, accepted=mine)), DIRTY)
            return  # it has not heard of our acceptance yet
        if told.accepted is not None and told.accepted.user != mine.user:
            put_sheet(held, KeptSheet(sheet=told, overtaken=mine), CLEAN)
            return
    overtaken = ours.overtaken if ours is not None else None
    put_sheet(held, KeptSheet(sheet=told, overtaken=overtaken), CLEAN)


def tell_again(held: Holdings) -> None:
    """The centre was restored and may know none of it: what was written at this desk is told again. Inside a
    transaction."""
    here = held.actor.station
    for kind in TOLD:
        for row in held.shifts.between(kind, "", "9"):
            if here in _written_at(row):
                held.shifts.put(row._replace(dirty=DIRTY))
    held.meta.set(VERSION, None)


def _written_at(row: ShiftRow) -> tuple[str, ...]:
    """Desks."""
    if row.kind == SHEET:
        one = _sheet.decode(row.body).sheet
        return tuple(signature.station for signature in (one.signed, one.accepted) if signature is not None)
    return (_entry.decode(row.body).by_station if row.kind == ENTRY else _read.decode(row.body).station,)
