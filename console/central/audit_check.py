"""Is the audit whole? Read it from its beginning, and hold what it vouches for against what is there."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, func, select

from console.central.audit import BEGUN, sealed
from console.central.audit_table import audit
from console.central.database import reading
from console.central.tables import commands, events
from console.domain.audit import FIRST, link, seal_of
from console.protocol.audit import AuditCheck

SLICE = 1000  # entries read at once
_fact = msgspec.json.Decoder(dict[str, int | str])


class Flaw(NamedTuple):
    """What does not fit: the number of the entry, and which: hash (it was changed, or one before it), gap
    (one is missing), command (its row was changed or is gone), events (a change that no entry names),
    unnamed (a command that no entry names)."""

    n: int
    what: str


class Checking:
    """From an entry that is known to be right, slice by slice; `done` when the end is reached."""

    def __init__(self, n: int = 0, hash: bytes = FIRST) -> None:
        self.n, self.hash = n, hash
        self.flaw: Flaw | None = None
        self.done = False

    def begin(self, connection: Connection) -> None:
        """Is the entry that is known to be right still there as it was? The end may have been cut off."""
        if self.n and connection.scalar(select(audit.c.hash).where(audit.c.n == self.n)) != self.hash:
            self.flaw = Flaw(self.n, "gap")

    def step(self, connection: Connection, limit: int = SLICE) -> None:
        """The next entries."""
        query = select(audit).where(audit.c.n > self.n).order_by(audit.c.n).limit(limit)
        rows = connection.execute(query).all()
        sealed_rows = [sealed(row) for row in rows]
        stands = _seals(connection, [s.act for s in sealed_rows if s.act and s.kind.startswith("command:")])
        for row, entry in zip(rows, sealed_rows, strict=True):
            if entry.n != self.n + 1:
                self.flaw = Flaw(self.n + 1, "gap")
            elif link(self.hash, entry) != bytes(row.hash):
                self.flaw = Flaw(entry.n, "hash")
            elif entry.kind.startswith("command:") and stands.get(entry.act or "") != entry.seal:
                self.flaw = Flaw(entry.n, "command")
            if self.flaw is not None:
                return
            self.n, self.hash = entry.n, bytes(row.hash)
        self.done = len(rows) < limit


def check(engine: Engine, n: int = 0, hash: bytes = FIRST) -> Iterator[AuditCheck]:
    """The whole audit, behind an entry that is known to be right; after each slice how far it is. The last
    one says whether all of it fits."""
    with reading(engine) as connection:
        total = connection.scalar(select(func.max(audit.c.n))) or 0
        going = Checking(n, hash)
        going.begin(connection)
        if going.flaw is not None:
            yield _told(going, total)
        while not going.done and going.flaw is None:
            going.step(connection)
            yield _told(going, total)
        if going.flaw is None and (flaw := _unnamed(connection)) is not None:
            going.flaw = flaw
            yield _told(going, total)


def one_slice(connection: Connection, n: int, hash: bytes, limit: int = 5 * SLICE) -> AuditCheck:
    """The next entries behind one that is known to be right; at the end of all, what no entry names too."""
    total = connection.scalar(select(func.max(audit.c.n))) or 0
    going = Checking(n, hash or FIRST)
    going.begin(connection)
    if going.flaw is None:
        going.step(connection, limit)
    if going.done and going.flaw is None:
        going.flaw = _unnamed(connection)
    return _told(going, total)


def _told(going: Checking, total: int) -> AuditCheck:
    flaw = going.flaw
    return AuditCheck(
        n=going.n,
        hash=going.hash.hex(),
        total=total,
        flaw=flaw.what if flaw else "",
        at=flaw.n if flaw else 0,
    )


def _seals(connection: Connection, ids: list[str]) -> dict[str, bytes]:
    """What the entries of these commands should have sealed, by what is there now."""
    if not ids:
        return {}
    columns = (commands.c.id, commands.c.seq, commands.c.body, commands.c.verdict)
    rows = connection.execute(select(*columns).where(commands.c.id.in_(ids))).all()
    told: dict[int, list[bytes]] = {row.seq: [] for row in rows if row.seq is not None}
    query = select(events.c.seq, events.c.body).where(events.c.seq.in_(told))
    for seq, body in connection.execute(query.order_by(events.c.seq, events.c.place)):
        told[seq].append(body.encode())
    return {
        row.id: seal_of((row.body.encode(), row.verdict.encode(), *told.get(row.seq, ()))) for row in rows
    }


def _unnamed(connection: Connection) -> Flaw | None:
    """Commands and events behind the audit's beginning that no entry names."""
    first = select(audit.c.fact).where(audit.c.n == 1, audit.c.kind == BEGUN)
    begun = connection.execute(first).one_or_none()
    if begun is None:
        return None
    since = int(_fact.decode(begun.fact)["seq"])
    named = select(audit.c.act_id).where(audit.c.act_id == commands.c.id).exists()
    unnamed = select(func.count()).select_from(commands).where(commands.c.seq > since, ~named)
    if connection.scalar(unnamed):
        return Flaw(0, "unnamed")
    of_command = select(commands.c.id).where(commands.c.seq == events.c.seq).exists()
    loose = select(func.count()).select_from(events).where(events.c.seq > since, ~of_command)
    return Flaw(0, "events") if connection.scalar(loose) else None
