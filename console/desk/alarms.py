"""What may call somebody at this desk by a sound: reports of utmost urgency in their scope, and own ones
whose time has run out."""

import msgspec

from console.desk.holdings import Holdings
from console.domain.case import Actor, Role

SLICE = 400
OVERDUE_AT_MOST = 50
_COLUMNS = "id, number, title, place, type, commune, urgency, open, handler, lead, seen"
_SOME = f"SELECT {_COLUMNS} FROM case_row WHERE id IN "
_OVER = (
    f"SELECT {_COLUMNS} FROM case_row INDEXED BY ix_open_due WHERE open = 1 AND due_sort > ? "
    "AND due_sort <= ? AND {} = ? ORDER BY due_sort LIMIT ?"
)


class Alarming(msgspec.Struct, frozen=True, kw_only=True):
    """A case, for alarms. `calls`: it is open, of utmost urgency, in this person's scope, and was not opened
    at this desk."""

    id: str
    number: str
    title: str
    place: str
    type: str
    commune: str
    calls: bool


def in_scope(actor: Actor, handler: str, lead: str | None) -> bool:
    """Who leads a shift hears of all, who forwards also of what no agency has, who takes calls of what
    nobody has; an agency sees its own only."""
    match actor.role:
        case Role.OPERATOR:
            return handler in (actor.user, "")
        case Role.DISPATCHER:
            return handler == actor.user or lead is None
        case _:
            return True


def alarming(held: Holdings, ids: tuple[str, ...]) -> tuple[Alarming, ...]:
    """Those of the cases that are here."""
    found = list[Alarming]()
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        rows = held.store.read(f"{_SOME}({', '.join('?' * len(part))})", part)
        found += [_of(held.actor, *row) for row in rows]
    return tuple(found)


def gone_overdue(held: Holdings, after_ms: int, until_ms: int) -> tuple[Alarming, ...]:
    """Own open cases whose time ran out between the two, the first ones."""
    actor = held.actor
    column, own = ("lead", actor.agency) if actor.role is Role.AGENCY else ("handler", actor.user)
    rows = held.store.read(_OVER.format(column), (after_ms, until_ms, own, OVERDUE_AT_MOST))
    return tuple(_of(actor, *row) for row in rows)


def _of(
    actor: Actor,
    id_: str,
    number: str,
    title: str,
    place: str,
    type_: str,
    commune: str,
    urgency: str,
    open_: int,
    handler: str,
    lead: str | None,
    seen: int,
) -> Alarming:
    calls = bool(open_) and urgency == "critical" and not seen and in_scope(actor, handler, lead)
    return Alarming(id=id_, number=number, title=title, place=place, type=type_, commune=commune, calls=calls)
