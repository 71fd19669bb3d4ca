"""Who has which case open, and is typing in it: kept for half a minute, told to every stream.

Desks say so every ten seconds or so, and hear the whole board each time; streams are told what changes on it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from console.central.clock import Clock
from console.central.hub import tell
from console.central.tables import presence
from console.domain.case import Role
from console.protocol.wire import Identity, Presence

LASTS = timedelta(seconds=30)
_KEY = (presence.c.user_code, presence.c.station)
_LINE = (presence.c.user_code, presence.c.name, presence.c.station, presence.c.case_id, presence.c.typing)


class PresenceBoard:
    """One table for all processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def note(self, who: Identity, case: str | None, typing: bool = False) -> tuple[Presence, ...]:
        """`who` has this case open, or none; answers who has which, to staff only."""
        now = self._clock.now()
        typing = typing and case is not None
        mine = Presence(user=who.user, name=who.name, station=who.station, case=case, typing=typing)
        with self._engine.begin() as connection:
            _forget(connection, now - LASTS)
            if _keep(connection, mine, now):
                tell(connection, "presence", mine)
            if who.role is Role.AGENCY:
                return ()
            return tuple(
                map(_presence, connection.execute(select(*_LINE).where(presence.c.case_id.is_not(None))))
            )


def _presence(row: Any) -> Presence:
    user, name, station, case, typing = row
    return Presence(user=user, name=name, station=station, case=case, typing=typing)


def _forget(connection: Connection, before: datetime) -> None:
    """Desks that have not been heard of: whoever finds them tells. Not rows that another call is at."""
    old = select(*_KEY).where(presence.c.seen_at < before).with_for_update(skip_locked=True)
    gone = delete(presence).where(tuple_(*_KEY).in_(old)).returning(*_LINE)
    for row in connection.execute(gone).all():
        left = _presence(row)
        if left.case is not None:
            closed = Presence(user=left.user, name=left.name, station=left.station, case=None)
            tell(connection, "presence", closed)


def _keep(connection: Connection, mine: Presence, now: datetime) -> bool:
    """Whether that is news."""
    here = (presence.c.user_code == mine.user) & (presence.c.station == mine.station)
    before = connection.execute(select(*_LINE).where(here).with_for_update()).one_or_none()
    fresh = {"case_id": mine.case, "typing": mine.typing, "seen_at": now, "name": mine.name}
    row = insert(presence).values(user_code=mine.user, station=mine.station, **fresh)
    connection.execute(row.on_conflict_do_update(index_elements=["user_code", "station"], set_=fresh))
    return _presence(before) != mine if before is not None else mine.case is not None
