"""The centre's time. It orders nothing, but every deadline and every desk's clock follows it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.postgresql import insert

from console.central.tables import commands, world


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """UTC, to the millisecond."""
        ...


def to_millisecond(moment: datetime) -> datetime:
    """Desks store milliseconds: what the centre says should survive that."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class RealClock:
    """The machine's own."""

    def now(self) -> datetime:
        """UTC, to the millisecond."""
        return to_millisecond(datetime.now(UTC))


class WorldClock:
    """Practice mode's: it runs while the program runs and stands still while it is off.

    `keep` writes down where it stands; at the start it goes on from there, and never back behind a
    command that was already received, should the program have been killed in between.
    """

    def __init__(
        self, engine: Engine, begins: datetime, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine, self._monotonic = engine, monotonic
        self._base, self._since = self._where_it_stood(begins), monotonic()

    def now(self) -> datetime:
        """UTC, to the millisecond."""
        return to_millisecond(self._base + timedelta(seconds=self._monotonic() - self._since))

    def keep(self) -> None:
        """Write down where it stands."""
        now = self.now()
        with self._engine.begin() as connection:
            row = insert(world).values(id=1, now=now)
            connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"now": now}))

    def _where_it_stood(self, begins: datetime) -> datetime:
        with self._engine.connect() as connection:
            stood = connection.scalar(select(world.c.now))
            received = connection.scalar(select(func.max(commands.c.received_at)))
        known = [moment for moment in (begins, stood, received) if moment is not None]
        return max(known).astimezone(UTC)  # the beginning may be told in local time


def rfc3339(moment: datetime) -> str:
    """As it stands on the wire."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
