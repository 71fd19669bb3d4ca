"""The one door the screens use. Every method is awaited and done on the database thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk import (
    acts,
    bin,
    carrying,
    composing,
    drafts,
    kept_search,
    outbox,
    questions,
    undo,
)
from console.desk.administration_door import AdministrationDoor
from console.desk.advice_door import AdviceDoor
from console.desk.attachment_rows import Attachment, AttachmentRow, Pasted
from console.desk.attachments import Attachments
from console.desk.audit_door import AuditDoor
from console.desk.board.board_door import BoardDoor
from console.desk.caller_door import CallerDoor
from console.desk.calls_door import CallsDoor
from console.desk.case_door import CaseDoor
from console.desk.clock import Clock
from console.desk.connection import Connection
from console.desk.feed import Feed
from console.desk.file_drawer import FileDrawer
from console.desk.files_port import FilesPort
from console.desk.hand_door import HandDoor
from console.desk.holdings import Holdings
from console.desk.parcel import Parcel
from console.desk.post_door import PostDoor
from console.desk.presence import Present
from console.desk.reports_door import ReportsDoor
from console.desk.rows import (
    Composed,
    DistrictRow,
    Done,
    Draft,
    Filter,
    Outbox,
    OutboxItem,
    OutboxRow,
    Page,
    ParcelView,
    Points,
    Question,
    QueueRow,
    Sort,
    View,
)
from console.desk.search_door import SearchDoor
from console.desk.shift_door import ShiftDoor
from console.desk.store_door import StoreDoor
from console.desk.sync_port import SyncPort
from console.desk.views_door import ViewsDoor
from console.domain.case import Actor, Channel, Reporter
from console.domain.command import AddNote, AnyBody, Assign, LogReport
from console.domain.reference import Reference

if TYPE_CHECKING:
    from console.desk.communes import Communes
    from console.desk.spots import Spots

NO_FILTER = Filter()


class Desk(
    AdministrationDoor,
    AdviceDoor,
    AuditDoor,
    BoardDoor,
    CallerDoor,
    CallsDoor,
    CaseDoor,
    HandDoor,
    PostDoor,
    ReportsDoor,
    SearchDoor,
    ShiftDoor,
    StoreDoor,
    ViewsDoor,
):
    """Made by `console.desk.opening.open_desk`. Known failures are DeskErrors (see `errors`)."""

    def __init__(self, held: Holdings, drawer: FileDrawer) -> None:
        self._held, self._drawer = held, drawer
        self.sync_port = SyncPort(held)
        self.files_port = FilesPort(held, drawer)
        self._attachments = Attachments(held, drawer, self.files_port.ring)

    @property
    def clock(self) -> Clock:
        """The centre's time; the only "now" at the desk."""
        return self._held.clock

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self._held.actor

    def sign_in(self, actor: Actor) -> None:
        """From now on acts are this person's."""
        self._held.actor = actor

    @property
    def reference(self) -> Reference:
        """The reference data in force; a new value after `Changes.reference`."""
        return self._held.reference

    @property
    def practice(self) -> bool:
        """Whether this desk's file is practice mode's."""
        return self._held.practice

    @property
    def connection(self) -> Connection:
        """The connection as it stands."""
        return self._held.connection.current

    def on_connection(self, listener: Callable[[Connection], None]) -> Callable[[], None]:
        """Hear of every new state, on the loop's thread; the answer ends it."""
        return self._held.connection.subscribe(listener)

    @property
    def feed(self) -> Feed:
        """What changed, by subscription."""
        return self._held.feed

    # who else is there

    def presence(self, case_id: str) -> tuple[Present, ...]:
        """Who has this case open at another desk; ask again after `Changes.presence` that names it."""
        return self._held.colleagues.at(case_id)

    def look_at(self, case_id: str | None, typing: bool = False) -> None:
        """Which case is open on this desk's screen (None: none), and whether an act on it is being written:
        others see it within a second or so."""
        self._held.colleagues.look(case_id, typing)

    @property
    def undo_seconds(self) -> int:
        """How long what tells others rests on this desk; 0: not at all."""
        return self._held.undo_seconds

    def set_undo_seconds(self, seconds: int) -> None:
        """Another rest for what is given from now on."""
        self._held.undo_seconds = seconds

    # drafts

    async def open_draft(self, channel: Channel = Channel.PHONE) -> Draft:
        """Take the next number and begin. Raises StoreFull."""
        return await self._held.call(lambda: drafts.open_draft(self._held, channel))

    async def save_draft(self, draft: Draft) -> Draft:
        """Put what is typed on disk. Raises StoreFull: what is typed is still in `draft`."""
        return await self._held.call(lambda: drafts.save_draft(self._held, draft))

    async def drafts(self) -> tuple[Draft, ...]:
        """Open drafts, oldest first."""
        return await self._held.call(lambda: drafts.open_drafts(self._held))

    async def discard_draft(self, draft_id: str) -> None:
        """Out of sight, kept for seven days."""
        await self._held.call(lambda: drafts.discard(self._held, draft_id))

    async def take_back_draft(self, draft_id: str) -> Draft:
        """A discarded one again. Raises NotHere."""
        return await self._held.call(lambda: drafts.take_back(self._held, draft_id))

    async def open_refused(self, command_id: str) -> Draft:
        """A new report that came back, as a draft again with all that was typed. Raises NotHere."""
        return await self._held.call(lambda: drafts.open_refused(self._held, command_id))

    # acts

    async def log_report(
        self, draft: Draft, body: LogReport, assign: Assign | None, note: AddNote | None = None
    ) -> Done:
        """Save a draft as a report with its files, and forward it. Raises RefusedHere, StoreFull: nothing
        stored then."""
        done = await self._held.call(lambda: drafts.log_report(self._held, draft, body, assign, note))
        self.files_port.ring()
        return done

    async def act(self, case_id: str, *bodies: AnyBody) -> Done:
        """Give commands on a case, all or none. Raises RefusedHere, NotHere, StoreFull."""
        return await self._held.call(lambda: acts.act(self._held, case_id, bodies))

    async def undo(self, command_ids: Sequence[str]) -> bool:
        """Take back what still rests here: False where it has left already."""
        return await self._held.call(lambda: undo.undo(self._held, command_ids))

    async def reveal(self, case_id: str, reason: str) -> Reporter:
        """The reporter's contact, after storing that it was shown. Raises NotHere, RefusedHere."""
        return await self._held.call(lambda: acts.reveal(self._held, case_id, reason))

    async def mark_read(self, case_id: str) -> None:
        """It was opened at this desk."""
        await self._held.call(lambda: acts.mark_read(self._held, case_id))

    # attached files

    async def attach(self, case_id: str, source: Path | Pasted) -> Attachment:
        """Attach a file to a case that is here: read and judged by its content, its bytes and small picture
        on the disk, then the command, all before this returns; it is sent when the line allows. The same
        file again is one file.

        Raises AttachmentTooBig (50 MiB), AttachmentType, AttachmentUnreadable, AttachmentCaseFull (20 files,
        200 MiB), AttachmentQuota, StoreFull, RefusedHere, NotHere: nothing is stored then.
        """
        return await self._attachments.attach(case_id, source)

    async def attach_to_draft(self, draft: Draft, source: Path | Pasted) -> Attachment:
        """The same for a report that is still being typed: kept with the draft, given with `log_report`
        (after its note, before it is forwarded), and listed by `attachments(draft.case)`. Raises NotHere for
        a draft that is no longer open."""
        return await self._attachments.attach_to_draft(draft, source)

    async def attachments(self, case_id: str) -> tuple[AttachmentRow, ...]:
        """Files of a case (or `draft.case`), oldest first. Ask when the case is opened, after its `Changes`,
        and after `Changes.files` that names one of the rows. Asking lets files of other desks up to 2 MiB be
        fetched, and small pictures of larger ones."""
        return await self._attachments.rows(case_id)

    async def attachment_bytes(self, sha256: str) -> bytes:
        """The whole file. Raises AttachmentNotHere: `fetch_attachment` first, until its row is `here`."""
        return await self._attachments.bytes_of(sha256)

    async def fetch_attachment(self, sha256: str) -> None:
        """Fetch it before all others; also again after MISSING, and send again after REFUSED. Raises
        AttachmentNotHere for one that `attachments` has never listed."""
        await self._attachments.fetch(sha256)

    async def remove_unsent_attachment(self, case_id: str, sha256: str) -> None:
        """Out of the draft (case_id: `draft.case`), or its command out of the outbox, and the bytes off the
        disk. Raises AttachmentSent where the centre may have it (`AttachmentRow.removable` is False)."""
        await self._attachments.remove(case_id, sha256)

    async def composed(self, case_id: str) -> tuple[Composed, ...]:
        """What is being written on a case and not given yet."""
        return await self._held.call(lambda: composing.of_case(self._held, case_id))

    async def keep_composed(self, composed: Composed) -> None:
        """Put it on disk. Raises StoreFull: it is still on the screen."""
        await self._held.call(lambda: composing.keep(self._held, composed))

    async def forget_composed(self, case_id: str, slot: str) -> None:
        """It was given, or discarded."""
        await self._held.call(lambda: composing.forget(self._held, case_id, slot))

    # outbox

    async def outbox(self) -> Outbox:
        """What needs somebody, what waits, what was sent last."""
        return await self._held.call(lambda: outbox.outbox(self._held))

    async def outbox_item(self, command_id: str) -> OutboxItem:
        """One command, and its case as the centre has it. Raises NotHere."""
        return await self._held.call(lambda: outbox.item(self._held, command_id))

    async def give_again(self, command_id: str, *bodies: AnyBody) -> Done:
        """New commands in the place of one that came back. Raises RefusedHere, NotHere."""
        return await self._held.call(lambda: outbox.give_again(self._held, command_id, bodies))

    async def let_go(self, command_id: str) -> None:
        """Into the bin for thirty days; later commands of the case go on. Raises NotHere."""
        await self._held.call(lambda: outbox.let_go(self._held, command_id))

    async def binned(self) -> tuple[OutboxRow, ...]:
        """What was let go in the last thirty days."""
        return await self._held.call(lambda: bin.binned(self._held))

    async def binned_item(self, command_id: str) -> OutboxItem:
        """One of them in full. Raises NotHere."""
        return await self._held.call(lambda: bin.binned_item(self._held, command_id))

    async def out_of_bin(self, command_id: str) -> Done:
        """Into the outbox again. Raises NotHere, also where another was given in its place."""
        return await self._held.call(lambda: bin.take_back(self._held, command_id))

    # the outbox on a stick

    async def pack_outbox(self) -> Parcel:
        """All that may go, to be sealed by `parcel.write_parcel`. Raises ParcelEmpty."""
        return await self._held.call(lambda: carrying.pack(self._held))

    async def look_into(self, parcel: Parcel) -> ParcelView:
        """What a parcel of another desk holds."""
        return await self._held.call(lambda: carrying.look_into(self._held, parcel))

    async def take_in(self, parcel: Parcel) -> int:
        """Send from here what this desk does not have; how many. Raises ParcelPractice, ParcelElsewhere."""
        return await self._held.call(lambda: carrying.take_in(self._held, parcel))

    async def put_away(self, command_id: str) -> None:
        """A carried command that came back leaves the list here. Raises NotHere."""
        await self._held.call(lambda: carrying.put_away(self._held, command_id))

    # questions

    async def queue(
        self,
        view: View,
        filter: Filter = NO_FILTER,
        sort: Sort = Sort.DUE,
        offset: int = 0,
        limit: int = 50,
        *,
        reverse: bool = False,
        answer: int | None = None,
        around: str = "",
    ) -> Page:
        """A stretch of a view, `reverse`: in the opposite order. `answer`: of an earlier page of the same
        question, to read on in it (see `Page`). `around`: the stretch that has this case, if any has."""
        asked = Question(view=view, filter=filter, sort=sort, reverse=reverse)
        return await questions.page(self._held, asked, offset, limit, answer, around)

    async def counts(self, filter: Filter | None = None) -> dict[View, int]:
        """How many each built-in view holds."""
        return await questions.counts(self._held, filter or NO_FILTER)

    async def count(self, view: View, filter: Filter = NO_FILTER) -> int:
        """How many one view holds, also one that is not built in."""
        return await questions.count(self._held, view, filter)

    async def among(self, view: View, filter: Filter, ids: Sequence[str]) -> frozenset[str]:
        """Those of `ids` that a view holds under the filter."""
        return await questions.among(self._held, view, filter, tuple(ids))

    async def keep_index(self) -> None:
        """Read all cases into memory, from where any question is answered at once: behind the first painted
        queue, which does without. Takes seconds for a million, as background work; behind it the search
        catches up after an upgrade."""
        await self._held.index.parts_ready()
        await kept_search.catch_up(self._held)

    async def row(self, case_id: str) -> QueueRow | None:
        """One row."""
        return (await self.rows([case_id])).get(case_id)

    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]:
        """Rows by id; those that are not here are left out."""
        return await self._held.call(lambda: questions.rows(self._held, tuple(ids)))

    async def points(self) -> Points:
        """All open cases for the map."""

        def read() -> Points:
            from console.desk.points import points  # numpy with it, which the start does without

            return points(self._held)

        return await self._held.call(read)

    async def spots(self, from_ms: int, until_ms: int, new_only: bool = False) -> Spots:
        """All cases kept here that were open at some moment of the period, closed ones too: entered before
        `until_ms`, not closed before `from_ms` (UTC ms). `new_only`: all that were entered within it."""
        from console.desk import spots  # numpy with it, which the start does without

        read = spots.entered_spots if new_only else spots.standing_spots
        return await read(self._held, from_ms, until_ms)

    async def districts(self) -> tuple[DistrictRow, ...]:
        """Open, soon and overdue by district."""
        return await self._held.call(lambda: questions.districts(self._held))

    async def communes(self, day: date) -> Communes:
        """Open, soon and overdue by commune, of the units in force on a day."""

        def read() -> Communes:
            from console.desk.communes import communes  # nothing at the start asks for it

            return communes(self._held, day)

        return await self._held.call(read)

    # the end

    def close(self) -> None:
        """Finish what waits, close both files, end both threads. Blocks; call it after the synchronization
        has stopped. Safe to call twice."""
        self._drawer.close()
        self._held.worker.close(self._held.store.close)
