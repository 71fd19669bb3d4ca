"""The desk's door to shifts: the roster, the handover sheet, what whoever takes a shift finds."""

import asyncio
from collections.abc import Iterable
from datetime import date

from console.desk import drafts, handover, shift_book
from console.desk.errors import SearchOffline
from console.desk.holdings import Holdings
from console.desk.shift_rows import KeptSheet, RosterLine, SheetDraft, Unread
from console.domain.case import Actor
from console.domain.handover import SheetContent
from console.domain.roster import RosterEntry
from console.domain.shifts import Duty
from console.protocol.wire import Colleague, DeskFacts


class ShiftDoor:
    """A part of the desk. Ask again after `Changes.shifts`."""

    _held: Holdings

    # the roster

    async def roster(self, first: date, last: date) -> tuple[RosterLine, ...]:
        """Who works when, on these days, both included."""
        return await self._held.call(lambda: shift_book.roster(self._held, first, last))

    async def write_roster(self, entries: Iterable[RosterEntry]) -> None:
        """Put these on it, or off it; told to the centre when the line allows. Raises RosterNotYours,
        StoreFull."""
        wanted = tuple(entries)
        await self._held.call(lambda: shift_book.write_roster(self._held, wanted))

    async def staff(self) -> tuple[Colleague, ...]:
        """Who may stand on it."""
        return await self._held.call(lambda: shift_book.staff(self._held))

    async def desk_facts(self) -> tuple[DeskFacts, ...]:
        """What each desk last told the centre of itself."""
        return await self._held.call(lambda: shift_book.desks(self._held))

    async def roster_past(self, first: date, last: date) -> tuple[RosterEntry, ...]:
        """Each writing of the roster of these days, in order, as the centre keeps them. Raises SearchOffline
        where it is not reached, and what the line may raise."""
        past = self._held.past
        if past is None:
            raise SearchOffline
        return await asyncio.to_thread(past, first, last)

    # the sheet of a shift

    async def sheet_draft(self, duty: Duty) -> SheetDraft:
        """What was typed for it at this desk."""
        return await self._held.call(lambda: handover.draft(self._held, duty))

    async def keep_sheet_draft(self, duty: Duty, typed: SheetDraft) -> None:
        """On disk when it returns. Raises StoreFull."""
        await self._held.call(lambda: handover.keep_draft(self._held, duty, typed))

    async def gather_sheet(self, duty: Duty) -> SheetContent:
        """The sheet as it would be signed now."""
        return await handover.gather(self._held, duty)

    async def may_hand_over(self, duty: Duty) -> bool:
        """Whether whoever is signed in may sign for it."""
        return await self._held.call(lambda: handover.may_hand_over(self._held, duty))

    async def standing_sheet(self, duty: Duty) -> KeptSheet | None:
        """The signed one of this shift."""
        return await self._held.call(lambda: handover.standing(self._held, duty))

    async def sign_shift(self, duty: Duty, content: SheetContent) -> KeptSheet:
        """Hand the shift over as `content` says. Raises ShiftNotYours, ShiftReasonNeeded, ShiftTaken,
        ShiftWordsLong, StoreFull: nothing is signed then."""
        return await self._held.call(lambda: handover.sign(self._held, duty, content))

    async def accept_shift(
        self, sheet_id: str, words: str = "", by: Actor | None = None, offline: bool = False
    ) -> KeptSheet:
        """Take it over: whoever is signed in, or `by`, whom `vouch` knows. Raises ShiftNotYours,
        ShiftSamePerson, ShiftReasonNeeded, ShiftTaken, ShiftWordsLong, NotHere, StoreFull."""
        return await self._held.call(lambda: handover.accept(self._held, sheet_id, by, words, offline))

    async def vouch(self, user: str, password: str) -> tuple[Actor, bool]:
        """Whose name and password these are, without signing them in; whether this desk's memory alone says
        so. Raises what signing in raises."""
        voucher = self._held.voucher
        if voucher is None:
            raise SearchOffline
        return await asyncio.to_thread(voucher, user, password)

    # signed ones

    async def sheets(self, first: date, last: date) -> tuple[KeptSheet, ...]:
        """Those of shifts of these days, the newest first."""
        return await self._held.call(lambda: shift_book.sheets(self._held, first, last))

    async def mark_sheet_read(self, sheet_id: str) -> None:
        """Whoever is signed in has read it."""

        def mark() -> None:
            kept = shift_book.sheet(self._held, sheet_id)
            if kept is not None:
                shift_book.put_read(self._held, kept.sheet)

        await self._held.call(mark)

    async def unread(self) -> Unread:
        """What whoever takes this shift finds."""
        return await self._held.call(lambda: handover.unread(self._held, len(drafts.open_drafts(self._held))))
