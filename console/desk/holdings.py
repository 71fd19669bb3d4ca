"""What lies on this desk, shared by its acts, its questions and the port of the synchronization."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from console.desk.changes import Changes
from console.desk.clock import Clock
from console.desk.feed import ConnectionState, Feed
from console.desk.presence import Colleagues
from console.desk.worker import Worker
from console.domain.case import Actor, Case
from console.domain.reference import Reference
from console.models.attachments import AttachmentTable
from console.models.cases import Cases
from console.models.confirmed import Confirmed
from console.models.drafts import Counters, Drafts, Meta
from console.models.failures import StoreCorrupt
from console.models.letters import Letters
from console.models.reference_items import ReferenceItems
from console.models.store import Store
from console.models.times import to_ms

T = TypeVar("T")


class Holdings:
    """The store's tables, the reference in force, the clock, and the ways to tell others.

    Tables are touched on the worker's thread only.
    """

    def __init__(
        self,
        *,
        store: Store,
        worker: Worker,
        reference: Reference,
        actor: Actor,
        clock: Clock,
        feed: Feed,
        connection: ConnectionState,
        undo_seconds: int,
        practice: bool = False,
    ) -> None:
        self.store, self.worker, self.clock = store, worker, clock
        self.reference, self.actor, self.undo_seconds = reference, actor, undo_seconds
        self.feed, self.connection, self.practice = feed, connection, practice
        self.cases, self.confirmed = Cases(store, reference), Confirmed(store)
        self.letters, self.drafts = Letters(store), Drafts(store)
        self.attachments = AttachmentTable(store)
        self.counters, self.meta = Counters(store), Meta(store)
        self.reference_items = ReferenceItems(store)
        self.colleagues = Colleagues(lambda: self.actor.station, feed.publish)
        self.on_wake: list[Callable[[], None]] = []

    async def call(self, work: Callable[[], T]) -> T:
        """Run it on the worker at once; damage found there is noted for the next opening."""
        return await self.worker.call(lambda: self.guarded(work))

    def guarded(self, work: Callable[[], T]) -> T:
        """On the worker: what shows damage of the file is remembered beside it."""
        try:
            return work()
        except StoreCorrupt:
            self.store.suspect()
            raise

    def now_ms(self) -> int:
        """The centre's time as the store keeps it."""
        return to_ms(self.clock.now())

    def lookup(self, case_id: str) -> Case | None:
        """Another case, for the rules."""
        return self.cases.get(case_id)

    def tell(self, changes: Changes) -> None:
        """After a commit: the feed, the counts beside the connection, and whoever sends."""
        if changes.outbox:
            self.tell_counts()
        self.feed.publish(changes)
        if changes.outbox:
            for wake in tuple(self.on_wake):
                wake()

    def tell_counts(self) -> None:
        """The connection with the outbox as it is now."""
        tally = self.letters.tally()
        self.connection.update(
            lambda now: msgspec.structs.replace(now, waiting=tally.waiting, attention=tally.attention)
        )
