"""A desk's store with the practice province in it, made once and kept under build/bench/."""

import asyncio
import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.case import Actor, Role
from console.domain.zone import ZONE
from console.models.migrations.upgrade import HEAD
from console.protocol.wire import CaseRecord
from console.reference import bundled

FOLDER = Path("build/bench")
KEY = bytes(range(32))
NOW = datetime(2024, 11, 4, 14, 0, tzinfo=ZONE)
START = datetime(2024, 9, 5, tzinfo=ZONE)
ACTOR = Actor(user="op03", name="Bàn 03", role=Role.DISPATCHER, station="03")
SLICE = 400


async def desk_in(folder: Path, undo_seconds: int = 10) -> Desk:
    """A desk on that store, at the province's own time."""
    clock = Clock(starts_at=NOW)
    return await open_desk(folder, KEY, bundled(), ACTOR, undo_seconds=undo_seconds, clock=clock)


def slices(found: Iterator[CaseRecord], size: int = SLICE) -> Iterator[list[CaseRecord]]:
    """Cut a stream into lists."""
    while part := list(islice(found, size)):
        yield part


async def store_of(count: int) -> Path:
    """The folder of a filled store; filling 100,000 cases takes a minute, once for each schema."""
    folder = FOLDER / f"store-{count}"
    marker = folder / "filled"
    if marker.exists() and marker.read_text("ascii") == HEAD:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    from console.central.practice.records import records

    desk = await desk_in(folder)
    began, port = time.perf_counter(), desk.sync_port
    for part in slices(records(bundled(), 1, count, START, NOW)):
        await asyncio.to_thread(port.apply_snapshot, part, None, 1, count)
    await asyncio.to_thread(port.finish_snapshot)
    desk.close()
    marker.write_text(HEAD, "ascii")
    print(f"  filled {count:,} cases in {time.perf_counter() - began:.0f} s", flush=True)
    return folder
