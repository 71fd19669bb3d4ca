"""When the centre was not reached from this desk: written as it begins and ends, for the sheet of a shift."""

from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from console.desk.connection import Connection, Net
from console.desk.holdings import Holdings
from console.desk.shift_book import NEWS, OUTAGE
from console.domain.handover import SheetOutage
from console.domain.zone import local_day
from console.models.failures import StoreFull, StoreUnwritable
from console.models.shift_rows import CLEAN, ShiftRow
from console.models.times import from_ms

AWAY = (Net.OFFLINE,)
BACK = (Net.ONLINE, Net.SENDING, Net.FILLING)
_outage = msgspec.json.Decoder(SheetOutage)
replace = msgspec.structs.replace


class Outages:
    """`follow` on the wire thread with each state; it touches the disk where one begins or ends."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._away: datetime | None = None
        self._owed: list[SheetOutage] = []  # what the disk had no room for yet

    def follow(self, connection: Connection) -> None:
        """How the connection stands."""
        if connection.net in AWAY and self._away is None:
            self._away = connection.since
            self._owed.append(SheetOutage(began=connection.since))
        elif connection.net in BACK and self._away is not None:
            self._owed.append(SheetOutage(began=self._away, ended=self._held.clock.now()))
            self._away = None
        self._write()

    def _write(self) -> None:
        """A full disk must not end the synchronization: what has no room waits for the next state."""
        held = self._held
        with suppress(StoreFull, StoreUnwritable):
            while self._owed:
                held.worker.wait(lambda: held.guarded(lambda: put_outage(held, self._owed[0])))
                del self._owed[0]


def put_outage(held: Holdings, one: SheetOutage) -> None:
    """On the worker."""
    with held.store.transaction():
        _put(held, one)
    held.tell(NEWS)


def _put(held: Holdings, one: SheetOutage) -> None:
    day, key = local_day(one.began).isoformat(), one.began.isoformat()
    held.shifts.put(ShiftRow(OUTAGE, key, day, 0, CLEAN, msgspec.json.encode(one)))


def close_open(held: Holdings) -> None:
    """At the opening: what no end was written of ended for this desk when the program did. Inside a
    transaction."""
    last = held.meta.get("clock.last_ms")
    for row in held.shifts.between(OUTAGE, "", "9"):
        one = _outage.decode(row.body)
        if one.ended is None:
            seen = from_ms(int(last)) if last is not None else one.began
            _put(held, replace(one, ended=max(one.began, seen)))


def outages(held: Holdings, begins: datetime, ends: datetime) -> tuple[SheetOutage, ...]:
    """Those that touch these hours, in order. On the worker."""
    first = (local_day(begins) - timedelta(days=1)).isoformat()
    found = [
        _outage.decode(row.body) for row in held.shifts.between(OUTAGE, first, local_day(ends).isoformat())
    ]
    return tuple(one for one in found if one.began < ends and (one.ended is None or one.ended > begins))
