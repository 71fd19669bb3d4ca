"""Stretches of a case's timeline: what is read does not grow with what ever happened to the case."""

from typing import NamedTuple

import msgspec

from console.domain.case import Event
from console.models.store import Store

_event = msgspec.json.Decoder(Event)
_OF = "FROM event WHERE case_pk = (SELECT pk FROM case_row WHERE id = ?)"
_COUNT = f"SELECT count(*), coalesce(sum(pending), 0) {_OF}"
_NEWEST = f"SELECT pending, body {_OF} ORDER BY pending DESC, seq DESC, part DESC LIMIT ?"
_STRETCH = f"SELECT body {_OF} ORDER BY pending, seq, part LIMIT ? OFFSET ?"
_NAMING = f"SELECT body {_OF} AND instr(body, ?) > 0 ORDER BY pending, seq, part"


class Newest(NamedTuple):
    """The end of a timeline, oldest first. `waiting`: ids of events not yet confirmed, all of which are
    among `events`; `earlier`: how many came before."""

    events: tuple[Event, ...]
    waiting: tuple[str, ...]
    earlier: int


def newest(store: Store, case_id: str, limit: int) -> Newest:
    """The last `limit` events, more where more of them are unconfirmed."""
    total, pending = store.read(_COUNT, (case_id,))[0]
    rows = store.read(_NEWEST, (case_id, max(limit, pending)))
    read = [(waits, _event.decode(body)) for waits, body in reversed(rows)]
    waiting = tuple(event.id for waits, event in read if waits)
    return Newest(tuple(event for _, event in read), waiting, total - len(read))


def stretch(store: Store, case_id: str, before: int, limit: int) -> tuple[Event, ...]:
    """Up to `limit` events that end where the first `before` events end, oldest first."""
    first = max(0, before - limit)
    rows = store.read(_STRETCH, (case_id, max(0, before - first), first))
    return tuple(_event.decode(body) for (body,) in rows)


def of_kind(store: Store, case_id: str, kind: str) -> tuple[Event, ...]:
    """All events of one kind, oldest first; the others are passed over undecoded."""
    rows = store.read(_NAMING, (case_id, b'"kind":"' + kind.encode() + b'"'))
    read = (_event.decode(body) for (body,) in rows)
    return tuple(event for event in read if event.kind == kind)
