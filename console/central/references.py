"""Reference data as the centre keeps it: versioned items, and the whole of it in memory per version."""

import threading
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from console.central.tables import reference_items, reference_state
from console.domain.reference import Reference
from console.protocol.wire import ReferenceAnswer, ReferenceItem
from console.reference import assemble, items

_COLUMNS = (
    reference_items.c.kind,
    reference_items.c.key,
    reference_items.c.version,
    reference_items.c.body,
    reference_items.c.deleted,
)


class References:
    """Keeps the last version it was asked for; a version never changes once it is there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Reference | None = None

    def current(self, connection: Connection) -> Reference:
        """The reference in force in this transaction."""
        version, practice = connection.execute(
            select(reference_state.c.version, reference_state.c.practice)
        ).one()
        with self._lock:
            if self._last is None or self._last.version != version:
                self._last = assemble(map(_read, _items(connection, 0)), version, practice)
            return self._last


def answer_after(connection: Connection, after: int) -> bytes:
    """GET /reference, encoded."""
    version, practice = connection.execute(
        select(reference_state.c.version, reference_state.c.practice)
    ).one()
    found = _items(connection, after)
    return msgspec.json.encode(ReferenceAnswer(version=version, practice=practice, items=tuple(found)))


def seed_reference(connection: Connection, reference: Reference) -> int:
    """Store a whole reference as the first version. Answers how many items; 0: there was one already."""
    version = connection.scalar(select(reference_state.c.version).with_for_update())
    if version:
        return 0
    found = items(reference)
    store(connection, found, 1)
    connection.execute(update(reference_state).values(version=1, practice=reference.practice))
    return len(found)


def _items(connection: Connection, after: int) -> list[ReferenceItem]:
    rows = connection.execute(
        select(*_COLUMNS)
        .where(reference_items.c.version > after)
        .order_by(reference_items.c.kind, reference_items.c.key)
    )
    return [
        ReferenceItem(
            kind=row.kind,
            key=row.key,
            version=row.version,
            body=None if row.body is None else msgspec.Raw(row.body.encode()),
            deleted=row.deleted,
        )
        for row in rows
    ]


def _read(item: ReferenceItem) -> ReferenceItem:
    """With its body as plain JSON values."""
    body = None if item.body is None else msgspec.json.decode(item.body)
    return msgspec.structs.replace(item, body=body)


def store(connection: Connection, found: Iterable[ReferenceItem], version: int) -> None:
    """Keep items under this version, in the place of what they were."""
    rows = [
        {
            "kind": item.kind,
            "key": item.key,
            "version": version,
            "body": None if item.body is None else msgspec.json.encode(item.body).decode(),
            "deleted": item.deleted,
        }
        for item in found
    ]
    statement = insert(reference_items)
    new = {name: statement.excluded[name] for name in ("version", "body", "deleted")}
    connection.execute(statement.on_conflict_do_update(index_elements=["kind", "key"], set_=new), rows)
