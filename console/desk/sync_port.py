"""The desk's door for the synchronization: what waits to be sent, and what the centre says.

Every method blocks and belongs to the thread that talks to the centre, never to the event loop's. Work
is cut into slices, each its own transaction behind whatever an operator waits for.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import msgspec

from console.desk import number_notes, views, window
from console.desk.audit_port import AuditPort
from console.desk.board.board_port import BoardPort
from console.desk.carrying import may_leave
from console.desk.changes import Cause, Changes
from console.desk.connection import RESTORED, Connection, Net
from console.desk.fill_news import FillNews
from console.desk.hand_port import HandPort
from console.desk.holdings import Holdings
from console.desk.incoming import Incoming
from console.desk.outages import Outages
from console.desk.presence import Colleagues
from console.desk.restored import AGAIN, SEEN, begin_again
from console.desk.searching_centre import Centre
from console.desk.shift_port import ShiftPort
from console.domain.command import Command
from console.domain.table import OPERATORS
from console.models.times import from_ms, to_ms
from console.protocol.wire import CaseRecord, ChangesAnswer, NumberNote, ReferenceAnswer, SharedView, Verdict
from console.reference import assemble

if TYPE_CHECKING:
    from console.desk.administration.administration import AdminCentre
    from console.desk.reports.period_reports import ReportsCentre

T = TypeVar("T")
L = TypeVar("L", bound="Wrote")
VERDICT_SLICE = 20
RECORD_SLICE = 40
FILL_NEWS_S = 0.5  # how often the screens hear of a first fill


class Wrote(Protocol):
    """What a process says that wrote cases here."""

    @property
    def keys(self) -> Sequence[int]:
        """Of their rows."""
        ...


class SnapshotState(msgspec.Struct, frozen=True, kw_only=True):
    """Where the first fill stands. `next`: pass it as `before` to go on after a break."""

    finished: bool
    cursor: int | None = None
    next: str | None = None
    done: int = 0
    total: int = 0
    closed_after: int | None = None  # UTC ms: cases ended before are not asked for


def snapshot_state(held: Holdings) -> SnapshotState:
    """The same, on the thread of the store."""
    get = held.meta.get
    started = get("fill.cursor")
    return SnapshotState(
        finished=get("cursor") is not None,
        cursor=int(started) if started is not None else None,
        next=get("fill.next"),
        done=int(get("fill.done") or 0),
        total=int(get("fill.total") or 0),
        closed_after=window.fill_from(held),
    )


class StorePlace(NamedTuple):
    """Where the store lies, and its 32-byte key."""

    folder: Path
    key: bytes


class SyncPort(AuditPort, BoardPort, HandPort, ShiftPort):
    """Made by `Desk`; one per desk."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._incoming = Incoming(held)
        self._filled_told = 0.0
        self.fill_news = FillNews(held)
        self._outages = Outages(held)
        self._offset: float | None = None

    def now(self) -> datetime:
        """The centre's time."""
        return self._held.clock.now()

    @property
    def colleagues(self) -> Colleagues:
        """What is open here, and who has what open elsewhere; it never waits for the disk."""
        return self._held.colleagues

    @property
    def connection(self) -> Connection:
        """The connection as it was shown last."""
        return self._held.connection.current

    def on_wake(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` (on the database thread) when the outbox changed; the answer ends it."""
        self._held.on_wake.append(wake)
        return lambda: self._held.on_wake.remove(wake)

    # outward

    def next_batch(self, limit: int) -> list[Command]:
        """What may go now, in order: nothing behind a held or refused one of its case."""
        return self._wait(lambda: self._next_batch(limit))

    def _next_batch(self, limit: int) -> list[Command]:
        held = self._held
        due = held.letters.next_hold_ms()
        with held.store.transaction():
            if due is not None and due <= held.now_ms():
                held.letters.release_held(held.now_ms())
            letters = may_leave(held, limit)
            held.letters.offer([letter.id for letter in letters if not letter.offered])
        return [letter.command for letter in letters]

    def next_hold(self) -> datetime | None:
        """When the next held command may go."""
        ms = self._wait(self._held.letters.next_hold_ms)
        return from_ms(ms) if ms is not None else None

    def apply_verdicts(self, verdicts: list[Verdict], server_time: datetime | None) -> None:
        """The centre's answers; ones already known change nothing."""
        sent_ms = to_ms(server_time or self.now())
        for part in _cut(verdicts, VERDICT_SLICE):
            changes = self._wait(lambda part=part: self._incoming.verdicts(part, sent_ms))  # type: ignore[misc]
            self._tell(changes)

    # inward

    def cursor(self) -> int | None:
        """Up to where this desk has pulled; None before the first fill is complete."""
        value = self._wait(lambda: self._held.meta.get("cursor"))
        return int(value) if value is not None else None

    def whole_before(self) -> int:
        """Cases entered before that (UTC ms) may have been put away here: they are asked for whole."""
        return self._wait(lambda: window.put_away_before(self._held))

    def seen(self) -> str | None:
        """The newest event that came from the centre, as `seq.id`: where it has another one there, it was
        restored from a backup and has gone on since."""
        return self._wait(lambda: self._held.meta.get(SEEN))

    def apply_changes(self, answer: ChangesAnswer) -> None:
        """Cases that changed at the centre; the cursor moves with the last of them."""
        parts = _cut(answer.records, RECORD_SLICE) or [answer.records]
        for place, part in enumerate(parts):
            cursor = answer.cursor if place == len(parts) - 1 else None
            changes = self._wait(lambda part=part, cursor=cursor: self._incoming.records(part, cursor))  # type: ignore[misc]
            self._tell(changes)
        events = [event for record in answer.records for event in record.events]
        for hear in self._held.on_heard:
            hear(events)

    def snapshot_state(self) -> SnapshotState:
        """Whether the first fill is complete, and how to go on with it."""
        return self._wait(lambda: snapshot_state(self._held))

    def apply_snapshot(
        self, records: Sequence[CaseRecord], next_token: str | None, cursor: int | None, total: int
    ) -> None:
        """A slice of the first fill. The first `cursor` given counts: what came early is as old as that."""
        changes = self._wait(lambda: self._incoming.snapshot(records, next_token, cursor, total))
        self._tell_filled(changes)

    def store_place(self) -> StorePlace:
        """Which store it is, for a process of this program that fills it."""
        return StorePlace(self._held.store.folder, self._held.store.key)

    def lend(self, turn: Callable[[], L | None]) -> L | None:
        """Let a process of this program write during `turn`, which waits for it, while nothing here does.
        None: nobody knows what it has written."""

        def lent() -> L | None:
            wrote = None
            try:
                wrote = turn()
            finally:
                self._held.cases.refresh()
                self._held.cases.search.vocabulary.forget()
                if wrote is None:
                    self._held.index.begin_again()
                else:
                    self._held.index.look_again(wrote.keys)
            return wrote

        answer = self._wait(lent)
        self._tell_filled(Changes(cause=Cause.CENTRE, filled=True))
        return answer

    def _tell_filled(self, changes: Changes) -> None:
        if time.monotonic() - self._filled_told >= FILL_NEWS_S:
            self._filled_told = time.monotonic()
            self._tell(changes)

    def begin_again(self) -> None:
        """The centre was restored from a backup: all that it ever said is filled in anew."""
        self._tell(self._wait(lambda: begin_again(self._held)))

    def finish_snapshot(self) -> None:
        """The first fill is complete: changes are pulled from its cursor on."""
        self._tell(self._wait(self._incoming.finish_snapshot))

    # reference data

    def reference_version(self) -> int:
        """The version this desk has from the centre; 0: none."""
        return int(self._wait(lambda: self._held.meta.get("reference")) or 0)

    def apply_reference(self, answer: ReferenceAnswer) -> None:
        """Newer reference data: kept, put together on this thread, then used by everyone at once.

        Raises ReferenceUnreadable: the version is then not advanced.
        """
        items = self._wait(lambda: self._incoming.reference_items(answer))
        reference = assemble(items, answer.version, answer.practice)
        self._tell(self._wait(lambda: self._incoming.use_reference(reference)))

    def raise_counters(self, station: str, counters: dict[str, int]) -> None:
        """Numbers that the centre has seen of this station: none of them is given out again."""
        self._wait(lambda: self._incoming.raise_counters(station, counters))

    # saved views

    def views_to_tell(self) -> list[SharedView]:
        """Shared views of whoever is signed in that the centre has not heard of as they are."""
        return self._wait(lambda: views.to_tell(self._held))

    def views_version(self) -> int:
        """The centre's version up to which all shared views are here."""
        return self._wait(lambda: views.views_after(self._held))

    def apply_views(self, told: Sequence[SharedView], version: int | None = None) -> None:
        """The centre's word on some; with `version`, up to there all is here."""
        self._tell(self._wait(lambda: views.take_views(self._held, told, version)))

    # notes on numbers

    def notes_to_tell(self) -> list[NumberNote]:
        """Those that the centre has not heard of as they are."""
        return self._wait(lambda: number_notes.to_tell(self._held))

    def has_notes(self) -> bool:
        """Whether whoever is signed in may know of them."""
        return self._held.actor.role in OPERATORS

    def notes_version(self) -> int:
        """The centre's version up to which all are here."""
        return self._wait(lambda: number_notes.notes_after(self._held))

    def apply_notes(self, told: Sequence[NumberNote], version: int | None = None) -> None:
        """The centre's word on some; with `version`, up to there all is here."""
        self._tell(self._wait(lambda: number_notes.take_notes(self._held, told, version)))

    def answers(self, centre: Centre | None) -> None:
        """Who asks the centre when somebody searches there; None: nobody does any more."""
        self._held.centre = centre

    def reports(self, centre: "ReportsCentre") -> None:
        """Who asks the centre for reports of a period."""
        self._held.reports_centre = centre

    def administers(self, centre: "AdminCentre", news: Callable[[], None]) -> None:
        """Who asks the centre for administrators; `news`: there is newer reference data to read."""
        self._held.admin_centre, self._held.reference_news = centre, news

    # secrets of this desk, where no keyring answers

    def secret(self, name: str) -> str | None:
        """A secret kept in the encrypted store; None: there is none."""
        return self._wait(lambda: self._held.meta.get(f"secret.{name}"))

    def keep_secret(self, name: str, value: str | None) -> None:
        """Keep it; None forgets it."""
        self._wait(lambda: self._keep_secret(name, value))

    def _keep_secret(self, name: str, value: str | None) -> None:
        with self._held.store.transaction():
            self._held.meta.set(f"secret.{name}", value)

    # what is shown

    def set_connection(self, connection: Connection) -> None:
        """Publish it with the outbox's counts; the clock follows what was measured."""
        self.follow_clock(connection.clock_offset_s or None)
        tally = self._wait(self._held.letters.tally)
        if connection.net is Net.FILLING and self._wait(lambda: self._held.meta.get(AGAIN)):
            connection = msgspec.structs.replace(connection, reason=RESTORED)
        self.fill_news.follow(connection)
        self._outages.follow(connection)
        practice = self._held.practice or connection.practice
        self._held.connection.update(
            lambda _: msgspec.structs.replace(
                connection, waiting=tally.waiting, attention=tally.attention, practice=practice
            )
        )

    def follow_clock(self, offset_s: float | None) -> timedelta:
        """The desk's clock follows what was measured (None: nothing was yet); how far `now` moved by it."""
        if offset_s is None or offset_s == self._offset:
            return timedelta(0)
        self._offset, before = offset_s, self.now()
        self._held.clock.set_offset(offset_s)
        self._wait(self._incoming.keep_clock)
        return self.now() - before

    def _tell(self, changes: Changes | None) -> None:
        """On this thread; the counts are read on the worker."""
        if changes is None:
            return
        self._wait(lambda: self._held.tell(changes))


def _cut(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
