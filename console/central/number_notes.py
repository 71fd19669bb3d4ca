"""What staff know of telephone numbers: one row each, numbered in the order of commits.

The last writing stands, whoever's it is. A note goes for good when it was of no use for the months that the
reference data says; desks let go of theirs by the same rule, so nothing is told of it.
"""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, Engine, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from console.central.clock import Clock
from console.central.problems import bad_request, not_allowed
from console.central.references import References
from console.central.tables import number_notes
from console.domain.number_note import KINDS_MOST, TEXT_MOST, kept_since, may_note
from console.domain.phone import is_e164
from console.domain.table import OPERATORS
from console.protocol.wire import Identity, NumberNote, NumberNotesAnswer

KIND_MOST = 40  # characters
replace = msgspec.structs.replace


class NoteShelf:
    """One table for all processes."""

    def __init__(self, engine: Engine, references: References, clock: Clock) -> None:
        self._engine, self._references, self._clock = engine, references, clock

    def after(self, who: Identity, version: int) -> NumberNotesAnswer:
        """What changed since. Raises Refuse for an agency or an administrator."""
        _staff(who)
        with self._engine.connect() as connection:
            newer = select(number_notes.c.body).where(
                number_notes.c.version > version, number_notes.c.used_at >= self._since(connection)
            )
            bodies = connection.scalars(newer.order_by(number_notes.c.version)).all()
        notes = tuple(msgspec.json.decode(body, type=NumberNote) for body in bodies)
        return NumberNotesAnswer(version=notes[-1].version if notes else version, notes=notes)

    def put(self, who: Identity, sent: NumberNote) -> NumberNote:
        """The note as it stands now: as sent, or as somebody wrote it later. Raises Refuse."""
        _staff(who)
        _check(sent)
        now = self._clock.now()
        wanted = replace(
            sent,
            version=0,
            changed_at=min(sent.changed_at, now),
            used_at=min(max(sent.used_at, sent.changed_at), now),
        )
        with self._engine.begin() as connection:
            # Readers go on; writers one by one, so that versions become visible in their order.
            connection.execute(text("LOCK TABLE number_notes IN SHARE ROW EXCLUSIVE MODE"))
            self._let_go(connection)
            return self._settle(connection, who, wanted)

    def _let_go(self, connection: Connection) -> None:
        """But for the last one written: versions are counted on from it."""
        last = select(func.max(number_notes.c.version)).scalar_subquery()
        old = number_notes.c.used_at < self._since(connection)
        connection.execute(delete(number_notes).where(old, number_notes.c.version < last))

    def _since(self, connection: Connection) -> datetime:
        return kept_since(self._references.current(connection), self._clock.now())

    def _settle(self, connection: Connection, who: Identity, wanted: NumberNote) -> NumberNote:
        body = connection.scalar(select(number_notes.c.body).where(number_notes.c.phone == wanted.phone))
        kept = msgspec.json.decode(body, type=NumberNote) if body is not None else None
        if kept is not None and kept.changed_at >= wanted.changed_at:
            used = max(kept.used_at, wanted.used_at)
            if used == kept.used_at:
                return kept
            return _write(connection, replace(kept, used_at=used))
        before = kept.kinds if kept is not None and not kept.deleted else ()
        if may_note(who.role, before, () if wanted.deleted else wanted.kinds) is not None:
            raise not_allowed()
        if wanted.deleted:
            wanted = replace(wanted, kinds=(), text="")  # what was said is nobody's any more
        return _write(connection, replace(wanted, by=who.user, by_name=who.name))


def _write(connection: Connection, note: NumberNote) -> NumberNote:
    last = connection.scalar(select(func.max(number_notes.c.version))) or 0
    made = replace(note, version=last + 1)
    row = {"version": made.version, "used_at": made.used_at, "body": msgspec.json.encode(made).decode()}
    new = insert(number_notes).values(phone=made.phone, **row)
    connection.execute(new.on_conflict_do_update(index_elements=["phone"], set_=row))
    return made


def _staff(who: Identity) -> None:
    if who.role not in OPERATORS:
        raise not_allowed()


def _check(sent: NumberNote) -> None:
    if sent.changed_at.tzinfo is None or sent.used_at.tzinfo is None:
        raise bad_request("changed_at")
    if not is_e164(sent.phone):
        raise bad_request("phone")
    if len(sent.text) > TEXT_MOST:
        raise bad_request("text")
    if len(sent.kinds) > KINDS_MOST or any(not 0 < len(kind) <= KIND_MOST for kind in sent.kinds):
        raise bad_request("kinds")
    if not sent.deleted and not sent.text.strip() and not sent.kinds:
        raise bad_request("text")
