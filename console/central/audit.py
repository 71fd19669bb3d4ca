"""The audit: who saw and did what, in one chain that is only ever added to.

Each command that was answered has an entry, written in the transaction that decided on it; its seal is
taken over the command as it came, its verdict and its events. So whoever changes one of those rows, or an
entry, breaks the chain from there on, and `console.central.audit_check` says where. Beside commands:
signing in, refused passwords, revoked sessions, whole-history searches, and what desks tell of themselves
(cases opened, lists exported and printed).

No entry holds personal data: users are named by their code, cases by their id, people who report not at all.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Row, insert, select

from console.central.audit_table import audit
from console.central.tables import ledger
from console.domain.audit import FIRST, Sealed, link

BEGUN = "begun"
"""The first entry: what stands in the ledger up to its `seq` was there before."""

_HEAD = select(audit.c.n, audit.c.hash).order_by(audit.c.n.desc()).limit(1)


class Act(NamedTuple):
    """What an entry is made of. `id`: of the command, or the desk's of its act."""

    kind: str
    who: str
    station: str
    at: datetime
    case: str | None = None
    id: str | None = None
    fact: Mapping[str, int | str] = {}
    seal: bytes = b""


class Chain:
    """On a connection that holds the ledger until it commits: so entries are numbered without gaps, in the
    order of commits. `end`: number and hash of the last one; set it back where a savepoint was left."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        row = connection.execute(_HEAD).one_or_none()
        self.end: tuple[int, bytes] = (row.n, bytes(row.hash)) if row is not None else (0, FIRST)
        if row is None:
            seq = connection.scalar(select(ledger.c.seq)) or 0
            self.write([Act(BEGUN, "", "", now, fact={"seq": seq})])

    def write(self, acts: Sequence[Act]) -> None:
        """Add them, in their order."""
        if not acts:
            return
        rows, (n, hash) = [], self.end
        for act in acts:
            n += 1
            fact = msgspec.json.encode(act.fact).decode()
            told = Sealed(n, act.at, act.kind, act.who, act.station, act.case, act.id, fact, act.seal)
            hash = link(hash, told)
            rows.append(_row(told, hash))
        self._connection.execute(insert(audit), rows)
        self.end = n, hash


def note(connection: Connection, *acts: Act) -> None:
    """Add entries as the last thing of a transaction; from here on it holds the ledger."""
    connection.execute(select(ledger.c.seq).with_for_update())
    Chain(connection, acts[0].at).write(acts)


def sealed(row: Row[tuple[object, ...]]) -> Sealed:
    """A stored entry as it is hashed."""
    return Sealed(
        row.n, row.at, row.kind, row.who, row.station, row.case_id, row.act_id, row.fact, bytes(row.seal)
    )


def _row(told: Sealed, hash: bytes) -> dict[str, object]:
    return {
        "n": told.n,
        "at": told.at,
        "kind": told.kind,
        "who": told.who,
        "station": told.station,
        "case_id": told.case,
        "act_id": told.act,
        "fact": told.fact,
        "seal": told.seal,
        "hash": hash,
    }
