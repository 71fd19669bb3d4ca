"""The letters that accepted acts ask for, written down with them in their transaction."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from console.central.post.writing import Letter, citizens_use, letters_of
from console.central.shelf import decoded
from console.domain.case import Case, Event, Reporter, Status
from console.domain.reference import Reference

DEEPEST = 8  # merges of merges
_PARTS = text(
    "SELECT id, body FROM cases WHERE status = 'merged' AND ((body::jsonb) ->> 'merged_into') = ANY(:ids)"
)


def letters_for(
    connection: Connection,
    known: Mapping[str, Case],
    case: Case,
    events: tuple[Event, ...],
    reference: Reference,
) -> list[Letter]:
    """`known`: cases as this transaction has them already."""
    found: list[Letter] = []
    for event in events:
        tells = citizens_use(event) in ("closed", "rejected")
        others = _tellers(connection, known, case.id) if tells else ()
        found += letters_of(case, event, reference, others)
    return found


def _tellers(connection: Connection, known: Mapping[str, Case], case_id: str) -> list[Reporter]:
    """Who told of the cases that were merged into one, of those merged into these, and so on."""
    found: dict[str, Case] = {}
    ids = [case_id]
    for _ in range(DEEPEST):
        rows = {row.id: decoded(row.body) for row in connection.execute(_PARTS, {"ids": ids})}
        rows = {str(name): known.get(str(name), case) for name, case in rows.items()}
        rows |= {name: case for name, case in known.items() if case.merged_into in ids}
        new = {n: c for n, c in rows.items() if n not in found and c.status is Status.MERGED}
        if not new:
            break
        found |= new
        ids = list(new)
    return [case.reporter for case in found.values() if case.reporter is not None]
