"""Attached files of cases and drafts: taken in, listed, read, taken out again.

The order is always bytes, then words, then "send it" (`FilesPort.settle`): whatever ends the program in
between, the next opening of the drawer lets go of bytes without words.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from console.desk.acts import store_act
from console.desk.attachment_list import file_row, is_of, listed, look_up, shown, still_ours
from console.desk.attachment_rows import Attachment, AttachmentRow, Pasted
from console.desk.changes import Cause, Changes
from console.desk.draft_files import command_body
from console.desk.errors import (
    AttachmentCaseFull,
    AttachmentNotHere,
    AttachmentQuota,
    AttachmentSent,
    DeskError,
    NotHere,
    RefusedHere,
    StoreFailure,
)
from console.desk.file_drawer import FileDrawer
from console.desk.file_reading import Chosen, read_chosen
from console.desk.holdings import Holdings
from console.desk.outbox import let_go
from console.desk.rows import Done, Draft
from console.desk.standing import confirmed_of, restand
from console.domain.command import Attach
from console.domain.limits import FILES_MAX, FILES_SIZE_MAX
from console.domain.rights import can
from console.models.attachments import Attached
from console.models.drafts import OPEN
from console.models.files import KEPT, NOTHING, NOW, OTHERS, PIECE, Files
from console.models.letters import REFUSED

MACHINE_MOST = 2 * 1024 * 1024 * 1024
"""Bytes of files on one machine. What the centre has makes room for what it has not."""
SLICE = 16 * PIECE
"""Bytes written in one go, so that a list asked for meanwhile need not wait for all of a file."""


class Attachments:
    """`bell` rings for whoever sends and fetches, with the file somebody waits for or ""; on any thread."""

    def __init__(self, held: Holdings, drawer: FileDrawer, bell: Callable[[str], None]) -> None:
        self._held, self._drawer, self._bell = held, drawer, bell

    # taking in

    async def attach(self, case_id: str, source: Path | Pasted) -> Attachment:
        """To a case that is here."""
        chosen = await self._drawer.run(lambda: read_chosen(source))
        await self._held.call(lambda: self._check_case(case_id, chosen))
        async with self._whole_or_not(chosen):
            await self._store(chosen)
            done = await self._held.call(lambda: self._give(case_id, chosen))
        self._bell("")
        self._tell([chosen.sha256])
        return Attachment(row=await self._row(case_id, chosen), done=done)

    async def attach_to_draft(self, draft: Draft, source: Path | Pasted) -> Attachment:
        """To a report that is still being typed."""
        chosen = await self._drawer.run(lambda: read_chosen(source))
        await self._held.call(lambda: self._check_draft(draft, chosen))
        async with self._whole_or_not(chosen):
            await self._store(chosen)
            await self._held.call(lambda: self._keep(draft, chosen))
        self._tell([chosen.sha256])
        return Attachment(row=await self._row(draft.case, chosen))

    @asynccontextmanager
    async def _whole_or_not(self, chosen: Chosen) -> AsyncIterator[None]:
        """Where it fails, no bytes stay; on a disk that is too full even for that, until the next opening."""
        try:
            yield
        except DeskError:
            with suppress(StoreFailure):
                await self._drop(chosen.sha256)
            raise

    def _check_case(self, case_id: str, chosen: Chosen) -> None:
        """Before the bytes are written: they may be many."""
        held = self._held
        case = held.cases.get(case_id)
        if case is None:
            raise NotHere(case_id)
        refusal = can(held.actor, Attach, case, held.reference)
        if refusal is not None:
            raise RefusedHere(refusal)
        self._check_room(case_id, chosen)

    def _check_draft(self, draft: Draft, chosen: Chosen) -> None:
        if self._held.drafts.state(draft.id) != OPEN:
            raise NotHere(draft.id)
        self._check_room(draft.case, chosen)

    def _check_room(self, case_id: str, chosen: Chosen) -> None:
        others = [row.size for row in listed(self._held, case_id) if row.sha256 != chosen.sha256]
        if len(others) >= FILES_MAX or sum(others) + len(chosen.data) > FILES_SIZE_MAX:
            raise AttachmentCaseFull

    async def _store(self, chosen: Chosen) -> None:
        """The bytes to the disk."""
        known = await self._drawer.call(lambda files: self._begin(files, chosen))
        for start in range(known, len(chosen.data), SLICE):
            await self._drawer.call(_appending(chosen, start))
        await self._drawer.call(lambda files: self._end(files, chosen))

    def _begin(self, files: Files, chosen: Chosen) -> int:
        """How many of its bytes are here already."""
        size, now_ms = len(chosen.data), self._held.now_ms()
        with files.transaction():
            known = files.get(chosen.sha256)
            needed = size - (known.got if known else 0)
            if files.make_room(MACHINE_MOST - needed) > MACHINE_MOST - needed:
                raise AttachmentQuota
            files.add(file_row(chosen.sha256, chosen.media_type, size, mine=KEPT, look=chosen.look), now_ms)
            files.expect(chosen.sha256, size, chosen.sha256)
            row = files.get(chosen.sha256)
        return row.got if row else 0

    def _end(self, files: Files, chosen: Chosen) -> None:
        """All are here: there is nothing to be fetched, also where another desk had named the file before."""
        with files.transaction():
            files.set(chosen.sha256, self._held.now_ms(), wanted=NOTHING)

    def _give(self, case_id: str, chosen: Chosen) -> Done:
        """The command and the row, in one commit."""
        held = self._held
        attached = self._attached(case_id, chosen)
        with held.store.transaction():
            done, _ = store_act(held, case_id, [command_body(attached)])
            held.attachments.put(attached._replace(draft=False, command=done.commands[0]))
        held.tell(Changes(cause=Cause.HERE, cases=frozenset({case_id}), outbox=True))
        return done

    def _keep(self, draft: Draft, chosen: Chosen) -> None:
        held = self._held
        if held.drafts.state(draft.id) != OPEN:
            raise NotHere(draft.id)
        with held.store.transaction():
            held.attachments.put(self._attached(draft.case, chosen))
        held.tell(Changes(cause=Cause.HERE, drafts=True))

    def _attached(self, case_id: str, chosen: Chosen) -> Attached:
        return Attached(
            case=case_id,
            sha256=chosen.sha256,
            name=chosen.name,
            media_type=chosen.media_type,
            size=len(chosen.data),
            at_ms=self._held.now_ms(),
            draft=True,
            command=None,
        )

    # listing and reading

    async def rows(self, case_id: str) -> tuple[AttachmentRow, ...]:
        """The files of a case, or of the case that a draft will be."""
        rows = await self._held.call(lambda: listed(self._held, case_id))
        if not rows:
            return ()
        files, news = await self._drawer.call(lambda files: look_up(files, rows, self._held.now_ms()))
        if news:
            self._bell("")
        return tuple(shown(row, files[row.sha256]) for row in rows)

    async def _row(self, case_id: str, chosen: Chosen) -> AttachmentRow:
        return next(row for row in await self.rows(case_id) if row.sha256 == chosen.sha256)

    async def bytes_of(self, sha256: str) -> bytes:
        """The whole file. Raises AttachmentNotHere."""

        def read(files: Files) -> bytes:
            row = files.get(sha256)
            if row is None or not row.here:
                raise AttachmentNotHere
            with files.transaction():
                files.set(sha256, self._held.now_ms())
            return files.piece(sha256, 0, row.total)

        return await self._drawer.call(read)

    async def fetch(self, sha256: str) -> None:
        """Before everything else that is to be fetched; what the centre did not take is offered to it again.
        Raises AttachmentNotHere for one never heard of."""

        def want(files: Files) -> None:
            row = files.get(sha256)
            if row is None:
                raise AttachmentNotHere
            wanted = row.wanted if row.here else NOW
            with files.transaction():
                files.set(sha256, self._held.now_ms(), wanted=wanted, trouble=None)

        await self._drawer.call(want)
        self._bell(sha256)
        self._tell([sha256])

    # taking out

    async def remove(self, case_id: str, sha256: str) -> None:
        """Before it leaves: out of the draft, or its command out of the outbox. Raises AttachmentSent."""
        await self._held.call(lambda: self._take_out(case_id, sha256))
        await self._drop(sha256)
        self._tell([sha256])

    def _take_out(self, case_id: str, sha256: str) -> None:
        held = self._held
        kept = held.attachments.get(case_id, sha256)
        if kept is not None and kept.draft:
            with held.store.transaction():
                held.attachments.remove(case_id, sha256)
            held.tell(Changes(cause=Cause.HERE, drafts=True))
            return
        letter = next((x for x in held.letters.of_case(case_id) if is_of(x, sha256)), None)
        if letter is None or not still_ours(letter):
            raise AttachmentSent
        if letter.state == REFUSED:
            let_go(held, letter.id)
        with held.store.transaction():
            held.attachments.remove(case_id, sha256)
            if letter.state != REFUSED:
                held.letters.delete(letter.id)
                restand(held, case_id, confirmed_of(held, case_id))
        held.tell(Changes(cause=Cause.HERE, cases=frozenset({case_id}), outbox=True))

    async def _drop(self, sha256: str) -> None:
        """The bytes, where no case or draft of this desk has them any more and the centre has not all."""
        if await self._held.call(lambda: self._held.attachments.standing([sha256])):
            return

        def forget(files: Files) -> None:
            row = files.get(sha256)
            if row is not None and row.mine != OTHERS and not row.there:
                with files.transaction():
                    files.forget(sha256)

        await self._drawer.call(forget)

    def _tell(self, digests: Sequence[str]) -> None:
        if digests:
            self._held.feed.publish(Changes(cause=Cause.HERE, files=frozenset(digests)))


def _appending(chosen: Chosen, start: int) -> Callable[[Files], None]:
    def append(files: Files) -> None:
        with files.transaction():
            for at in range(start, min(start + SLICE, len(chosen.data)), PIECE):
                end = min(at + PIECE, start + SLICE)
                files.append(chosen.sha256, at, chosen.data[at:end])

    return append
