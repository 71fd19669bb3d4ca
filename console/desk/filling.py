"""The store as the first fill writes it from a process of its own, beside the console that owns it.

It writes only in turns that the console gives it (`console.sync.fill_apart`), never takes the console's lock
on the store, and has one of its own: two fills never run at once.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.desk.clock import Clock
from console.desk.connection import Connection, Net
from console.desk.feed import ConnectionState, Feed
from console.desk.holdings import Holdings
from console.desk.incoming import Incoming
from console.desk.opening import reference_of
from console.desk.sync_port import SnapshotState, snapshot_state
from console.desk.worker import Worker
from console.domain.case import Actor, Role
from console.models.cases import Made
from console.models.drafts import Meta
from console.models.store import Store, join_store
from console.protocol.wire import CaseRecord
from console.reference import bundled


class Written:
    """Keys of what was written, as a `models.cases.Watch`."""

    def __init__(self) -> None:
        self.keys: list[int] = []

    def put(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Of these rows."""
        self.keys += [row[0] for row in rows]

    def remove(self, keys: Sequence[int]) -> None:
        """A key without a row is written, too."""
        self.keys += keys

    def clear(self) -> None:
        """A fill never forgets everything."""
        raise AssertionError


class Filling:
    """One thread; `close` in the end. Raises StoreBusy where another fill runs, StoreLocked, StoreCorrupt,
    StoreUnwritable."""

    def __init__(self, folder: str, key: bytes) -> None:
        self._store = join_store(Path(folder), key)
        self._store.read("PRAGMA synchronous = NORMAL")  # what a power cut takes back is fetched again
        self._store.read("PRAGMA wal_autocheckpoint = 0")  # `checkpoint` does it, outside of the turns
        self._held = _holdings(self._store)
        self._incoming = Incoming(self._held)

    def state(self) -> SnapshotState:
        """Where it stands."""
        return snapshot_state(self._held)

    def made(self, records: Sequence[CaseRecord]) -> list[Made]:
        """Rows of these cases, as they are where this desk does not have them yet. Touches no file."""
        return self._incoming.made(records)

    def write(
        self,
        records: Sequence[CaseRecord],
        made: Sequence[Made],
        next_token: str | None,
        cursor: int | None,
        total: int,
    ) -> tuple[int, tuple[int, ...]]:
        """One slice in one transaction; how many cases are done in all, and the keys of the rows that were
        written. Raises StoreFull, …"""
        self._held.cases.refresh()
        self._held.cases.watch = written = Written()
        self._incoming.snapshot(records, next_token, cursor, total, made)
        return int(self._held.meta.get("fill.done") or 0), tuple(written.keys)

    def checkpoint(self) -> None:
        """Bring what was written into the file itself, once it is worth it; nobody waits for that."""
        self._store.checkpoint()

    def close(self) -> None:
        """Close the file, let others fill."""
        self._store.close()


def _holdings(store: Store) -> Holdings:
    """What the rules of incoming cases ask for. Nobody listens, nobody is signed in, no time passes."""
    loop = asyncio.new_event_loop()
    loop.close()
    clock = Clock()
    first = Connection(net=Net.FILLING, since=clock.now())
    return Holdings(
        store=store,
        worker=Worker("unused"),
        reference=reference_of(store, Meta(store), bundled()),
        actor=Actor(user="", name="", role=Role.OPERATOR, station=""),
        clock=clock,
        feed=Feed(loop),
        connection=ConnectionState(loop, first),
        undo_seconds=0,
    )
