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


async def store_of(count: int, folder: Path | None = None) -> Path:
    """The folder of a filled store, filled once for each schema: real cases up to `bulk.BASE`, copies of
    them beyond (see there). A million takes some minutes and 6 GB. `folder`: None for the usual place."""
    folder = folder or FOLDER / f"store-{count}"
    marker, kind = folder / "filled", f"{HEAD} bulk"
    if marker.exists() and marker.read_text("ascii") == kind:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    from benchmarks import bulk
    from console.central.practice.records import records

    began, reference = time.perf_counter(), bundled()
    found = records(reference, 1, min(count, bulk.BASE), START, NOW)
    await asyncio.to_thread(bulk.fill, folder, KEY, reference, found, count)
    marker.write_text(kind, "ascii")
    print(f"  filled {count:,} cases in {time.perf_counter() - began:.0f} s", flush=True)
    return folder
