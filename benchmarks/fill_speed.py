"""A first fill, from the server to the encrypted store, against the least that it could take.

The least: decode the same bytes, and put the same rows into a file of the same schema, with the same key and
pragmas, by bare `executemany`. Both count cases per second; the fill's time is the clock's, with the server's
work in it, in a desk whose interface stands still.
"""

import asyncio
import gc
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from benchmarks.centre import Seat, centre, filled, seat
from benchmarks.corpus import FOLDER, KEY, slices
from benchmarks.entry import Entry, entry
from console.models.cases import _PUT_BODY, _PUT_EVENT, _PUT_ROW, Cases, Made
from console.models.search_table import ADD, ADD_OPEN
from console.models.store import open_store
from console.protocol.wire import CaseRecord, SnapshotLine
from console.reference import bundled

CASES = 20_000
BARE_SLICE = 1000


def fresh(name: str) -> Path:
    """An empty folder of this name for a store."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@contextmanager
def _no_collector() -> Iterator[None]:
    """Records hold no cycles: looking for some would be counted as the limit's time."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(place: Seat) -> tuple[bytes, float]:
    """All that the server sends, unpacked, and how long that took: the server's own share."""
    api = place.line.engine._api
    began = time.perf_counter()
    response = api._call("GET", "/snapshot", stream=True)
    with response:
        body = b"".join(response.iter_content(1 << 16))
    return body, time.perf_counter() - began


def _bare(body: bytes) -> float:
    """Seconds of the least."""
    store = open_store(fresh("fill-bare"), KEY)
    store.read("PRAGMA synchronous = NORMAL")
    cases = Cases(store, bundled())
    decoder = msgspec.json.Decoder(SnapshotLine)
    with _no_collector():
        began = time.perf_counter()
        records = [line.record for line in map(decoder.decode, body.splitlines()) if line.record is not None]
        took = time.perf_counter() - began
        first = 1
        for part in slices(iter(records), BARE_SLICE):
            rows = _rows(cases, part, first)
            first += len(part)
            began = time.perf_counter()
            with store.transaction():
                for sql, values in rows:
                    store.write_many(sql, values)
            took += time.perf_counter() - began
    store.close()
    return took


def _rows(cases: Cases, part: Sequence[CaseRecord], first: int) -> list[tuple[str, list[tuple[object, ...]]]]:
    made: list[tuple[int, Made]] = list(
        enumerate((cases.make(record.case, record.events) for record in part), first)
    )
    return [
        (_PUT_ROW, [(pk, *one.row) for pk, one in made]),
        (_PUT_BODY, [(pk, one.body) for pk, one in made]),
        (_PUT_EVENT, [(pk, 0, *event) for pk, one in made for event in one.events]),
        (ADD, [(pk, one.words) for pk, one in made]),
        (ADD_OPEN, [(pk, one.words) for pk, one in made if one.open]),
    ]


async def fill_once(url: str) -> tuple[float, bytes, float]:
    """Seconds of a whole fill; the bytes, and the seconds of only reading them."""
    place = await seat(url, fresh("fill-speed"), "01", "op01")
    began = time.perf_counter()
    try:
        await filled(place.desk)
        took = time.perf_counter() - began
        body, reading = await asyncio.to_thread(_read, place)
    finally:
        await place.close()
    return took, body, reading


def run() -> list[Entry]:
    """Milliseconds per case: a ratio of at most 2 is at least half of the limit's rate."""
    with centre(CASES) as url:
        took, body, reading = asyncio.run(fill_once(url))
    bare = _bare(body)
    ms = 1000 / CASES
    return [
        entry("first fill, per case", took * ms, "ms", "decode and executemany", bare * ms),
        entry("first fill, per case", took * ms, "ms", "only reading the same bytes", reading * ms),
    ]
