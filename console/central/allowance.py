"""How much a station may ask of the centre, whichever of its processes it asks: a token bucket in PostgreSQL.

Asking the table at each call would double the calls. So a process takes a few calls out at a time and lets
the station spend them here: what a station gets of all processes together is never more than the bucket held.
The table is unlogged: taking out waits for no disk.
"""

import random
import threading
import time
from collections.abc import Callable

import msgspec
from sqlalchemy import Engine, text

from console.central.problems import Refuse
from console.domain.case import Role
from console.protocol.wire import Identity

TAKEN_OUT = 25
"""Calls a process takes out of a bucket at a time."""

_OPEN = text(
    "INSERT INTO allowances (holder, calls, at) VALUES (:holder, :burst, clock_timestamp())"
    " ON CONFLICT DO NOTHING"
)
_TAKE = text(
    "WITH held AS (SELECT least(:burst, calls + :rate * greatest(0, extract(epoch FROM"
    " clock_timestamp() - at))) AS calls FROM allowances WHERE holder = :holder FOR UPDATE),"
    " given AS (SELECT calls, CASE WHEN calls >= :need THEN least(greatest(:wish, :need), floor(calls))"
    " ELSE 0 END AS taken FROM held)"
    " UPDATE allowances SET calls = given.calls - given.taken, at = clock_timestamp()"
    " FROM given WHERE holder = :holder RETURNING given.taken, allowances.calls"
)


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """Calls a second in the long run, and how many may come at once after a quiet time."""

    per_second: float = 50.0
    burst: int = 1_000


class Allowance:
    """One per process. Any thread may ask."""

    def __init__(
        self, engine: Engine, rate: Rate, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine, self._rate, self._monotonic = engine, rate, monotonic
        self._lock = threading.Lock()
        self._here: dict[str, float] = {}  # calls taken out and not yet spent
        self._empty_until: dict[str, float] = {}  # a station told to wait costs no question until then

    def spend(self, who: Identity, calls: int = 1) -> None:
        """Count `calls` of theirs. Raises Refuse (429) where they have none left."""
        if who.role is Role.SYSTEM:  # the centre's own account
            return
        holder = who.station if who.agency is None else f"{who.station} {who.agency}"
        with self._lock:
            self._refuse_if_empty(holder)
            left = self._here.get(holder, 0.0) - calls
            if left >= 0:
                self._here[holder] = left
                return
        taken, remaining = self._take(holder, calls)
        with self._lock:
            if taken < calls:
                wait = (calls - remaining) / self._rate.per_second
                self._empty_until[holder] = self._monotonic() + wait
                self._refuse_if_empty(holder)
            self._here[holder] = self._here.get(holder, 0.0) + taken - calls

    def _refuse_if_empty(self, holder: str) -> None:
        left = self._empty_until.get(holder, 0.0) - self._monotonic()
        if left > 0:
            after = int(left) + 1 + random.randrange(3)
            raise Refuse(429, "too_many_calls", "This station asks too much at once", retry_after=after)

    def _take(self, holder: str, need: int) -> tuple[float, float]:
        """How many were given, and how many are left in the bucket."""
        asked = {
            "holder": holder, "need": need, "wish": TAKEN_OUT,
            "burst": float(self._rate.burst), "rate": self._rate.per_second,
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(_OPEN, asked)
            taken, remaining = connection.execute(_TAKE, asked).one()
        return float(taken), float(remaining)
