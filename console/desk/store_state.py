"""What this workstation's store is like: size, growth, what it keeps, how it was found at the last look."""

import asyncio
import shutil
from datetime import date, timedelta

import msgspec

from console.desk import kept_search, window
from console.desk.attachments import MACHINE_MOST
from console.desk.file_drawer import FileDrawer
from console.desk.holdings import Holdings
from console.domain.zone import local_day
from console.models.archive import Archive, CheckStopped, check_apart

SIZE = "store.size."
"""In `meta`, with the day behind it: bytes of the file on that day."""
CHECKED = "store.checked"
"""In `meta`: when the file was looked through last (UTC ms), and how it was found, 1 for whole."""
DAYS = 56
SHORT = 2 << 30  # bytes free on the disk: less is told


class Size(msgspec.Struct, frozen=True):
    """The file on one day."""

    day: date
    bytes: int


class Checked(msgspec.Struct, frozen=True):
    """The last look through the file."""

    at_ms: int
    whole: bool


class StoreState(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes, counts, and UTC milliseconds. `sizes`: by day, oldest first, today's last. `gives_back` False:
    of an earlier version, to be compacted once. `fill_rests`: by an operator's wish; `short`: of disk."""

    bytes: int
    free_bytes: int
    sizes: tuple[Size, ...]
    open: int
    closed: int
    oldest_ms: int | None
    files_bytes: int
    files_most: int
    months: int
    from_centre: bool
    checked: Checked | None
    disk_free: int
    short: bool
    gives_back: bool
    compacts_next: bool
    rebuilding: bool
    fill_rests: bool


async def state_of(held: Holdings, drawer: FileDrawer, fill_rests: bool) -> StoreState:
    """As it is now. Raises StoreCorrupt, …"""
    weight = await drawer.call(lambda files: files.weight())
    free = (await asyncio.to_thread(shutil.disk_usage, held.store.folder)).free
    return await held.call_later(lambda: _state(held, weight, free, fill_rests))


def _state(held: Holdings, weight: int, disk_free: int, fill_rests: bool) -> StoreState:
    store, archive = held.store, Archive(held.store, held.cases)
    opened, (pages, size) = _counts(held), (_pragma(held, "page_count"), _pragma(held, "page_size"))
    oldest: int | None = store.read("SELECT min(entered_ms) FROM case_row")[0][0]
    return StoreState(
        bytes=pages * size,
        free_bytes=archive.free_pages() * size,
        sizes=_with_today(held, pages * size),
        open=opened[0],
        closed=opened[1],
        oldest_ms=oldest,
        files_bytes=weight,
        files_most=MACHINE_MOST,
        months=window.months(held),
        from_centre=held.meta.get("reference") is not None,
        checked=_checked(held.meta.get(CHECKED)),
        disk_free=disk_free,
        short=disk_free < max(SHORT, pages * size // 4),
        gives_back=archive.gives_back(),
        compacts_next=store.compacts_next,
        rebuilding=held.meta.get(kept_search.FROM) is not None,
        fill_rests=fill_rests,
    )


def _with_today(held: Holdings, size: int) -> tuple[Size, ...]:
    today = local_day(held.clock.now())
    return (*(one for one in _sizes(held) if one.day < today), Size(today, size))


def _counts(held: Holdings) -> tuple[int, int]:
    """Open ones, closed ones: each out of an index."""
    opened = held.store.read("SELECT count(*) FROM case_row WHERE open = 1")[0][0]
    return opened, held.store.read("SELECT count(*) FROM case_row")[0][0] - opened


def _pragma(held: Holdings, name: str) -> int:
    return int(held.store.read(f"PRAGMA {name}")[0][0])


def _checked(kept: str | None) -> Checked | None:
    if kept is None:
        return None
    at, _, whole = kept.partition(" ")
    return Checked(int(at), whole == "1")


def keep_size(held: Holdings) -> None:
    """Today's size, one number a day; what is older than some weeks is forgotten. On the database thread."""
    today = local_day(held.clock.now())
    size = _pragma(held, "page_count") * _pragma(held, "page_size")
    with held.store.transaction():
        held.meta.set(SIZE + today.isoformat(), f"{today.isoformat()} {size}")
        for old in _sizes(held):
            if old.day < today - timedelta(days=DAYS):
                held.meta.set(SIZE + old.day.isoformat(), None)


def _sizes(held: Holdings) -> tuple[Size, ...]:
    kept = (value.split(" ") for value in held.meta.under(SIZE))
    return tuple(Size(date.fromisoformat(day), int(size)) for day, size in kept)


async def check(held: Holdings) -> Checked | None:
    """Look through the whole file beside everybody; None: stopped. Where it is found damaged, the next start
    puts it aside and fills anew. Raises StoreUnwritable, …"""
    with held.works.begin("check") as work:
        try:
            wrong = await asyncio.to_thread(check_apart, held.store, lambda: work.cancelled)
        except CheckStopped:
            return None
    checked = Checked(held.now_ms(), not wrong)
    await held.call_later(lambda: _note(held, checked))
    return checked


def _note(held: Holdings, checked: Checked) -> None:
    if not checked.whole:
        held.store.suspect()
    with held.store.transaction():
        held.meta.set(CHECKED, f"{checked.at_ms} {int(checked.whole)}")


async def rebuild(held: Holdings) -> bool:
    """Rows, search and columns anew out of the cases; whether it came to its end. What is left goes on with
    the next start. Raises StoreFull, …"""
    count = await held.call_later(lambda: int(held.store.read("SELECT count(*) FROM case_row")[0][0]))
    with held.works.begin("rebuild", count) as work:

        def told(done: int, total: int) -> bool:
            work.tell(done, total)
            return not work.cancelled

        ended = await kept_search.rebuild(held, told)
    await held.call_later(held.index.begin_again)
    await held.index.ready()
    return ended
