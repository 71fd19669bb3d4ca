"""Opening and closing the desk."""

import asyncio
from pathlib import Path

from console.desk import number_notes, outages, shift_book
from console.desk.callbacks import forget_calls
from console.desk.clock import Clock
from console.desk.connection import Connection, Net
from console.desk.desk import Desk
from console.desk.feed import ConnectionState, Feed
from console.desk.file_drawer import FileDrawer
from console.desk.holdings import Holdings
from console.desk.journal import recover
from console.desk.worker import Worker
from console.domain.case import Actor
from console.domain.reference import Reference
from console.models.drafts import Meta
from console.models.failures import StoreCorrupt
from console.models.reference_items import ReferenceItems
from console.models.store import Store, open_store, set_aside
from console.models.times import from_ms
from console.reference import ReferenceUnreadable, assemble


async def open_desk(
    folder: Path,
    key: bytes,
    reference: Reference,
    actor: Actor,
    *,
    undo_seconds: int = 10,
    practice: bool = False,
    clock: Clock | None = None,
    worker: Worker | None = None,
) -> Desk:
    """Open the store in `folder` with its 32-byte `key` and sit down.

    `reference` is used until the store has newer data from the centre. `clock` None: carried on from what
    the store remembers; in practice mode from the last moment known, for that world stands still between.
    `worker` None: a database thread of its own. Raises StoreBusy, StoreLocked, StoreNewer, StoreCorrupt,
    StoreUnwritable, StoreFull.
    """
    loop = asyncio.get_running_loop()
    worker = worker or Worker()

    def begin() -> Holdings:
        store = open_store(folder, key)
        try:
            return _sit_down(store, worker, reference, actor, loop, undo_seconds, practice, clock)
        except StoreCorrupt as found:
            store.close()
            raise StoreCorrupt("set aside", set_aside(folder)) from found
        except BaseException:
            store.close()
            raise

    try:
        held = await worker.call(begin)
    except BaseException:
        worker.close(lambda: None)
        raise
    drawer = FileDrawer(folder, key, lambda digests: worker.wait(lambda: held.attachments.standing(digests)))
    return Desk(held, drawer)


def _sit_down(
    store: Store,
    worker: Worker,
    reference: Reference,
    actor: Actor,
    loop: asyncio.AbstractEventLoop,
    undo_seconds: int,
    practice: bool,
    clock: Clock | None,
) -> Holdings:
    meta = Meta(store)
    clock = clock or _clock(meta, practice)
    first = Connection(net=Net.STARTING, since=clock.now(), clock_offset_s=clock.offset_s, practice=practice)
    held = Holdings(
        store=store,
        worker=worker,
        reference=reference_of(store, meta, reference),
        actor=actor,
        clock=clock,
        feed=Feed(loop),
        connection=ConnectionState(loop, first),
        undo_seconds=undo_seconds,
        practice=practice,
    )
    recover(held)
    held.calls.recover()
    _tidy(held)
    held.tell_counts()
    return held


def _clock(meta: Meta, practice: bool) -> Clock:
    last = meta.get("clock.last_ms")
    if practice and last is not None:
        return Clock(starts_at=from_ms(int(last)))
    return Clock(float(meta.get("clock.offset_s") or 0.0))


def reference_of(store: Store, meta: Meta, otherwise: Reference) -> Reference:
    """What the centre gave last; the bundled one where there is none, or where it cannot be read by this
    program: then it is asked for anew."""
    version = int(meta.get("reference") or 0)
    if not version:
        return otherwise
    items = ReferenceItems(store).all()
    try:
        return assemble(items, version, meta.get("reference.practice") is not None)
    except ReferenceUnreadable:
        with store.transaction():
            meta.set("reference", None)
        return otherwise


def _tidy(held: Holdings) -> None:
    """Let go of what has had its days."""
    now = held.now_ms()
    with held.store.transaction():
        held.letters.prune(now)
        held.letters.rest_no_longer(now + held.undo_seconds * 1000)
        held.drafts.prune(now)
        held.attachments.prune()
        number_notes.prune(held)
        outages.close_open(held)
        shift_book.prune(held)
    forget_calls(held)
