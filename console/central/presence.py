"""Who has which case open: kept for half a minute, told to every stream."""

from datetime import timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from console.central.clock import Clock
from console.central.hub import tell
from console.central.tables import presence
from console.protocol.wire import Identity, Presence

LASTS = timedelta(seconds=30)


class PresenceBoard:
    """One table for all processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def note(self, who: Identity, case: str | None) -> tuple[Presence, ...]:
        """`who` has this case open, or none; answers who has which, staff only."""
        now = self._clock.now()
        mine = Presence(user=who.user, name=who.name, station=who.station, case=case)
        with self._engine.begin() as connection:
            connection.execute(delete(presence).where(presence.c.seen_at < now - LASTS))
            row = insert(presence).values(
                user_code=who.user, station=who.station, name=who.name, case_id=case, seen_at=now
            )
            fresh = {"case_id": case, "seen_at": now, "name": who.name}
            connection.execute(row.on_conflict_do_update(index_elements=["user_code", "station"], set_=fresh))
            tell(connection, "presence", mine)
            rows = connection.execute(
                select(presence.c.user_code, presence.c.name, presence.c.station, presence.c.case_id)
            ).all()
        return tuple(Presence(user=u, name=n, station=s, case=c) for u, n, s, c in rows)
