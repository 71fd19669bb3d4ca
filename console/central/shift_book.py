"""The book of the shifts: roster entries, handover sheets, who read them; and what each desk has not sent.

One row each, numbered together in the order of commits. Of an entry the last writing stands, and each is
kept. A sheet is written once: of two for one shift the first stands; its acceptance is written once too, by
whoever comes first. What came is kept as it came, and only its digest is believed.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from console.central.authors import Writer, writer
from console.central.clock import Clock
from console.central.hub import tell
from console.central.problems import Refuse, bad_request, not_allowed
from console.central.tables import desk_facts, shift_book, shift_past, users
from console.domain.handover import (
    REASON_MOST,
    SECOND,
    STANDS,
    WORDS_MOST,
    Handover,
    HandoverRead,
    Signature,
    digest_of,
    may_sign,
)
from console.domain.roster import RosterEntry, may_roster
from console.domain.table import OPERATORS
from console.protocol.wire import (
    Colleague,
    DeskFacts,
    Identity,
    RosterPast,
    ShiftBookAnswer,
    StreamShift,
)

ENTRY, SHEET, READ = "entry", "sheet", "read"
PAGE = 200  # rows of an answer
KEPT = timedelta(days=400)  # of sheets and reads at the desks; the centre keeps all
DESK_KEPT = timedelta(days=30)  # since a desk was last heard
SHEET_MOST = 512 * 1024  # bytes of JSON
NAME_MOST = 200  # characters
ROWS = shift_book.c
T = TypeVar("T")
replace = msgspec.structs.replace


class ShiftBook:
    """One table for all processes."""

    def __init__(self, engine: Engine, machine: Clock, clock: Clock) -> None:
        self._engine, self._machine, self._clock = engine, machine, clock

    # reading

    def after(self, who: Identity, version: int) -> ShiftBookAnswer:
        """What changed since. Raises Refuse for an agency."""
        _staff(who)
        since = (self._clock.now() - KEPT).date()
        newer = select(shift_book).where(ROWS.version > version, ROWS.day >= since)
        with self._engine.connect() as connection:
            rows = connection.execute(newer.order_by(ROWS.version).limit(PAGE)).all()
            return ShiftBookAnswer(
                version=rows[-1].version if rows else version,
                more=len(rows) == PAGE,
                entries=tuple(_read(rows, ENTRY, RosterEntry)),
                sheets=tuple(_read(rows, SHEET, Handover)),
                reads=tuple(_read(rows, READ, HandoverRead)),
                staff=tuple(_people(connection)),
                desks=tuple(self._desks(connection)),
            )

    def past(self, who: Identity, first: date, last: date) -> RosterPast:
        """Each writing of the roster of these days. Raises Refuse."""
        _staff(who)
        found = select(shift_past.c.body).where(shift_past.c.day.between(first, last))
        with self._engine.connect() as connection:
            bodies = connection.scalars(found.order_by(shift_past.c.version).limit(5000)).all()
        return RosterPast(entries=tuple(msgspec.json.decode(body, type=RosterEntry) for body in bodies))

    # what desks tell of themselves

    def note_desk(self, who: Identity, told: DeskFacts) -> DeskFacts:
        """Keep it, as of now."""
        _staff(who)
        if min(told.waiting, told.attention, told.promised) < 0:
            raise bad_request("waiting")
        now, at = self._machine.now(), self._clock.now()
        facts = replace(told, station=who.station, name=who.name, told_at=at, silent_s=0.0)
        row = {"told_at": now, "body": msgspec.json.encode(facts).decode()}
        new = insert(desk_facts).values(station=who.station, **row)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["station"], set_=row))
            connection.execute(delete(desk_facts).where(desk_facts.c.told_at < now - DESK_KEPT))
        return facts

    def _desks(self, connection: Connection) -> Iterable[DeskFacts]:
        now = self._machine.now()
        for row in connection.execute(select(desk_facts).order_by(desk_facts.c.station)):
            facts = msgspec.json.decode(row.body, type=DeskFacts)
            yield replace(facts, silent_s=float(int((now - row.told_at).total_seconds())))

    # writing

    def put_entry(self, who: Identity, sent: RosterEntry) -> RosterEntry:
        """The entry as it stands now: as sent, or as somebody wrote it later. Raises Refuse."""
        _staff(who)
        _check_entry(sent)
        with self._engine.begin() as connection:
            by = _writer(connection, who, sent.by, sent.by_station or who.station)
            if not may_roster(by.role):
                raise not_allowed()
            _alone(connection)
            wanted = replace(
                sent, version=0, by_name=by.name, changed_at=min(sent.changed_at, self._clock.now())
            )
            kept = _one(connection, ENTRY, sent.key, RosterEntry)
            if kept is not None and kept.changed_at >= wanted.changed_at:
                return kept
            made = replace(wanted, version=_next(connection))
            _put(connection, ENTRY, made.key, made.day, made)
            past = {"version": made.version, "day": made.day, "body": msgspec.json.encode(made).decode()}
            connection.execute(insert(shift_past).values(**past))
            return made

    def put_sheet(self, who: Identity, sent: Handover) -> Handover:
        """A signed sheet, with its acceptance where there is one: what stands now. Raises Refuse."""
        _staff(who)
        _check_sheet(sent)
        with self._engine.begin() as connection:
            _alone(connection)
            kept = _one(connection, SHEET, sent.id, Handover)
            if kept is None:
                signed = self._signature(connection, who, sent, sent.signed)
                state = SECOND if _standing(connection, sent) else STANDS
                sheet = replace(sent, signed=signed, accepted=None, state=state, version=0)
            elif kept.signed.digest != sent.signed.digest:
                raise Refuse(409, "sheet_frozen", "A signed sheet is not changed")
            else:
                sheet = kept
            if sent.accepted is not None and sheet.accepted is None and sheet.state == STANDS:
                sheet = replace(sheet, accepted=self._acceptance(connection, who, sheet, sent.accepted))
            if sheet == kept:
                return sheet
            made = replace(sheet, version=_next(connection))
            _put(connection, SHEET, made.id, made.day, made)
            return made

    def _acceptance(
        self, connection: Connection, who: Identity, sheet: Handover, sent: Signature
    ) -> Signature:
        if sent.user == sheet.signed.user:
            raise Refuse(409, "same_person", "Somebody else takes the shift over")
        if sent.digest != sheet.signed.digest:
            raise Refuse(409, "sheet_frozen", "A signed sheet is not changed")
        return self._signature(connection, who, sheet, sent)

    def _signature(
        self, connection: Connection, who: Identity, sheet: Handover, sent: Signature
    ) -> Signature:
        """As the centre knows who signed. An acceptance is by the lead of any shift of these days."""
        by = _writer(connection, who, sent.user, sent.station)
        day = timedelta(days=1)
        near = (ROWS.kind == ENTRY) & ROWS.day.between(sheet.day - day, sheet.day + day)
        entries = [
            msgspec.json.decode(body, type=RosterEntry)
            for body in connection.scalars(select(ROWS.body).where(near))
        ]
        leads = any(e.user == sent.user and e.leads and not e.deleted for e in entries)
        if not may_sign(by.role, leads):
            raise not_allowed()
        return replace(sent, name=by.name, at=min(sent.at, self._clock.now()))

    def put_read(self, who: Identity, sent: HandoverRead) -> HandoverRead:
        """Somebody has read a sheet; the first time stands. Raises Refuse."""
        _staff(who)
        if sent.at.tzinfo is None:
            raise bad_request("at")
        with self._engine.begin() as connection:
            by = _writer(connection, who, sent.user, sent.station)
            _alone(connection)
            if (kept := _one(connection, READ, sent.key, HandoverRead)) is not None:
                return kept
            sheet = _one(connection, SHEET, sent.sheet, Handover)
            if sheet is None:
                raise Refuse(404, "no_such_sheet", "There is no such sheet")
            at = min(sent.at, self._clock.now())
            made = replace(sent, name=by.name, day=sheet.day, at=at, version=_next(connection))
            _put(connection, READ, made.key, made.day, made)
            return made


def _read(rows: Iterable[Any], kind: str, as_: type[T]) -> Iterable[T]:
    return (msgspec.json.decode(row.body, type=as_) for row in rows if row.kind == kind)


def _one(connection: Connection, kind: str, key: str, as_: type[T]) -> T | None:
    body = connection.scalar(select(ROWS.body).where(ROWS.kind == kind, ROWS.key == key))
    return None if body is None else msgspec.json.decode(body, type=as_)


def _standing(connection: Connection, sheet: Handover) -> bool:
    """Whether another sheet of this shift stands already."""
    same_day = select(ROWS.body).where(ROWS.kind == SHEET, ROWS.day == sheet.day)
    others = (msgspec.json.decode(body, type=Handover) for body in connection.scalars(same_day))
    return any(other.shift == sheet.shift and other.state == STANDS for other in others)


def _people(connection: Connection) -> Iterable[Colleague]:
    staff = users.c.role.in_([role.value for role in OPERATORS]) & users.c.active
    query = select(users.c.code, users.c.name, users.c.role).where(staff).order_by(users.c.code)
    return (Colleague(user=row.code, name=row.name, role=row.role) for row in connection.execute(query))


def _alone(connection: Connection) -> None:
    """Readers go on; writers one by one, so that versions become visible in their order."""
    connection.execute(text("LOCK TABLE shift_book IN SHARE ROW EXCLUSIVE MODE"))


def _next(connection: Connection) -> int:
    return (connection.scalar(select(func.max(ROWS.version))) or 0) + 1


def _put(connection: Connection, kind: str, key: str, day: date, made: Any) -> None:
    row = {"version": made.version, "day": day, "body": msgspec.json.encode(made).decode()}
    new = insert(shift_book).values(kind=kind, key=key, **row)
    connection.execute(new.on_conflict_do_update(index_elements=["kind", "key"], set_=row))
    tell(connection, "shift", StreamShift(version=made.version))


def _writer(connection: Connection, sender: Identity, user: str, station: str) -> Writer:
    found = writer(connection, sender, user, station)
    if found is None:
        raise not_allowed()
    return found


def _staff(who: Identity) -> None:
    if who.role not in OPERATORS:
        raise not_allowed()


def _check_entry(sent: RosterEntry) -> None:
    if sent.changed_at.tzinfo is None:
        raise bad_request("changed_at")
    if len(sent.station) != 2 or not sent.station.isdigit():
        raise bad_request("station")
    for field in ("shift", "user", "name", "by"):
        if not 0 < len(getattr(sent, field)) <= NAME_MOST:
            raise bad_request(field)


def _check_sheet(sent: Handover) -> None:
    """Whether it is what its signature says, and may be signed at all."""
    for signature in filter(None, (sent.signed, sent.accepted)):
        if _no_time(signature.at) or len(signature.words) > REASON_MOST:
            raise bad_request("signed")
    if len(msgspec.json.encode(sent.content)) > SHEET_MOST:
        raise Refuse(413, "too_large", "The sheet is too large", limit=SHEET_MOST)
    if digest_of(sent.content) != sent.signed.digest:
        raise bad_request("digest")
    try:
        content = sent.read()
    except msgspec.ValidationError:
        raise bad_request("content") from None
    if max(len(content.notes), len(content.troubles)) > WORDS_MOST or not 0 < len(sent.shift) <= NAME_MOST:
        raise bad_request("notes")
    if content.unsettled and not content.reason.strip():
        raise Refuse(409, "reason_needed", "A desk has something unsent, and no reason is given")


def _no_time(at: datetime) -> bool:
    return at.tzinfo is None
