"""A desk with some months of the practice province in it, at the province's own time."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from console.central.practice.records import records
from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.case import Actor, Case
from console.domain.zone import ZONE
from console.protocol.wire import CaseRecord, ChangesAnswer
from tests.desk.people import KEY, REFERENCE, SUPERVISOR

NOW = datetime(2024, 11, 4, 14, 37, tzinfo=ZONE)
START = datetime(2024, 9, 20, tzinfo=ZONE)


@lru_cache(maxsize=1)
def province(count: int = 700) -> tuple[CaseRecord, ...]:
    """Cases of six weeks, many of them ended."""
    return tuple(records(REFERENCE, 3, count, START, NOW))


async def desk_with(folder: Path, actor: Actor = SUPERVISOR, known: tuple[CaseRecord, ...] = ()) -> Desk:
    """Open it, and take the province in as a pull brings it."""
    desk = await open_desk(folder, KEY, REFERENCE, actor, clock=Clock(starts_at=NOW), undo_seconds=10)
    found = known or province()
    changes = ChangesAnswer(cursor=len(found), more=False, records=found, server_time=NOW)
    desk.sync_port.apply_changes(changes)
    return desk


def cases() -> tuple[Case, ...]:
    """As they stand."""
    return tuple(record.case for record in province())
