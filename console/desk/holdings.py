"""What lies on this desk, shared by its acts, its questions and the port of the synchronization."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from console.desk.board.board_rows import Heard
from console.desk.calls import CallBoard
from console.desk.changes import Changes
from console.desk.clock import Clock
from console.desk.feed import ConnectionState, Feed
from console.desk.kept_index import KeptIndex
from console.desk.kept_learning import KeptLearning
from console.desk.openings import Openings
from console.desk.presence import Colleagues
from console.desk.progress import Works
from console.desk.worker import Worker
from console.domain.case import Actor, Case, Event
from console.domain.reference import Reference
from console.domain.roster import RosterEntry
from console.models.attachments import AttachmentTable
from console.models.audit_acts import AuditActs
from console.models.cases import Cases
from console.models.confirmed import Confirmed
from console.models.drafts import Counters, Drafts, Meta
from console.models.failures import StoreCorrupt, StoreFull, StoreUnwritable
from console.models.handed_drafts import HandedDrafts
from console.models.journal import Journal
from console.models.letters import Letters
from console.models.number_notes import NumberNotes
from console.models.reference_items import ReferenceItems
from console.models.sample_scores import SampleScores
from console.models.saved_views import SavedViews
from console.models.search import Search
from console.models.shift_rows import ShiftRows
from console.models.store import Store
from console.models.times import to_ms

if TYPE_CHECKING:
    from console.desk.administration.administration import AdminCentre
    from console.desk.audit_door import AuditCentre
    from console.desk.post_door import PostCentre
    from console.desk.reports.period_reports import ReportsCentre
    from console.desk.searching_centre import Centre

T = TypeVar("T")
Vouch = Callable[[str, str], tuple[Actor, bool]]
"""Whose name and password these are; whether only this desk's memory says so. Blocks, raises DeskError."""
Past = Callable[[date, date], tuple[RosterEntry, ...]]
"""Each writing of the roster of these days, as the centre keeps them. The same."""
log = logging.getLogger(__name__)


class Owed(NamedTuple):
    """What is durable in the journal and not written up yet; `late`: it was tried in vain."""

    write: Callable[[], None]
    news: Changes
    late: bool = False


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
        self.works = Works(feed.loop)
        self.cases, self.confirmed = Cases(store, reference), Confirmed(store)
        self.search = Search(store, self.cases.search.vocabulary)
        self.centre: Centre | None = None
        self.admin_centre: AdminCentre | None = None
        self.reference_news: Callable[[], None] = lambda: None
        self.reports_centre: ReportsCentre | None = None
        self.index, self.learning = KeptIndex(self), KeptLearning(self)
        self.letters, self.drafts = Letters(store), Drafts(store)
        self.attachments = AttachmentTable(store)
        self.counters, self.meta = Counters(store), Meta(store)
        self.reference_items, self.saved_views = ReferenceItems(store), SavedViews(store)
        self.number_notes, self.handed = NumberNotes(store), HandedDrafts(store)
        self.sample_scores, self.desks_heard = SampleScores(store), Heard()
        self.shifts = ShiftRows(store)
        self.audit_acts, self.openings = AuditActs(store), Openings()
        self.audit_centre: AuditCentre | None = None
        self.post_centre: PostCentre | None = None
        self.voucher: Vouch | None = None
        self.past: Past | None = None
        self.desks_wanted = threading.Event()  # somebody looks at the list of other desks
        self.colleagues = Colleagues(lambda: self.actor.station, feed.publish)
        self.on_wake: list[Callable[[], None]] = []
        self.on_heard: list[Callable[[Sequence[Event]], None]] = []  # news of the centre, on the wire thread
        self._named_by: Reference | None = None
        self._agency_names: dict[str, str] = {}
        self.journal = Journal(store)
        self.calls = CallBoard(self)
        self._owed: deque[Owed] = deque()
        self._settling = False
        store.owed = self.settle

    async def call(self, work: Callable[[], T]) -> T:
        """Run it on the worker at once; damage found there is noted for the next opening."""
        return await self.worker.call(lambda: self.guarded(work))

    async def call_later(self, work: Callable[[], T]) -> T:
        """The same behind whatever somebody waits for."""
        return await self.worker.call_later(lambda: self.guarded(work))

    def guarded(self, work: Callable[[], T]) -> T:
        """On the worker: what is owed comes first; what shows damage of the file is remembered beside it.

        Where the disk has no room for what is owed, questions are answered from what is there: it is told to
        whoever writes next, for no transaction begins before.
        """
        try:
            with contextlib.suppress(StoreFull, StoreUnwritable):
                self.settle()
            return work()
        except StoreCorrupt:
            self.store.suspect()
            raise

    def owe(self, write: Callable[[], None], news: Changes) -> None:
        """What the journal has on disk is written up right behind the answer, before any question: so the
        `news` are told now, and once more if it could not be done at once."""
        self._owed.append(Owed(write, news))
        self.feed.publish(news)
        self.worker.at_once(lambda: self.guarded(lambda: None))

    def settle(self) -> None:
        """Write up what is owed, oldest first. Raises StoreFull, StoreUnwritable: it stays owed."""
        while self._owed and not self._settling:
            owed = self._owed[0]
            self._settling = True
            try:
                owed.write()
            except (StoreFull, StoreUnwritable) as failure:
                if not owed.late:
                    log.warning("saved, but not written up yet: %s", type(failure).__name__)
                self._owed[0] = owed._replace(late=True)
                raise
            finally:
                self._settling = False
            self._owed.popleft()
            self.tell_counts()
            if owed.late:
                self.feed.publish(owed.news)
            self.wake()

    def now_ms(self) -> int:
        """The centre's time as the store keeps it."""
        return to_ms(self.clock.now())

    @property
    def agency_names(self) -> dict[str, str]:
        """Short names by code, of the reference in force."""
        if self._named_by is not self.reference:
            self._named_by = self.reference
            self._agency_names = {agency.code: agency.short for agency in self.reference.agencies}
        return self._agency_names

    def lookup(self, case_id: str) -> Case | None:
        """Another case, for the rules."""
        return self.cases.get(case_id)

    def tell(self, changes: Changes) -> None:
        """After a commit: the feed, the counts beside the connection, and whoever sends. Cases whose row
        turned with another one's are told with it."""
        turned, self.cases.turned = frozenset(self.cases.turned), set()
        if turned and changes.cases:
            changes = msgspec.structs.replace(changes, cases=changes.cases | turned)
        if changes.outbox:
            self.tell_counts()
        self.feed.publish(changes)
        if changes.outbox:
            self.wake()

    def wake(self) -> None:
        """There is something to tell the centre."""
        for wake in tuple(self.on_wake):
            wake()

    def tell_counts(self) -> None:
        """The connection with the outbox as it is now."""
        tally = self.letters.tally()
        self.connection.update(
            lambda now: msgspec.structs.replace(now, waiting=tally.waiting, attention=tally.attention)
        )
