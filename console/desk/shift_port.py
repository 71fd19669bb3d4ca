"""The port of the synchronization to the book of the shifts."""

from collections.abc import Callable
from typing import TypeVar

from console.desk import shift_book
from console.desk.changes import Changes
from console.desk.holdings import Holdings, Past, Vouch
from console.domain.handover import Handover, HandoverRead
from console.domain.roster import RosterEntry
from console.protocol.wire import DeskFacts, ShiftBookAnswer

T = TypeVar("T")
ShiftWriting = RosterEntry | Handover | HandoverRead


class ShiftPort:
    """A part of the port: every method blocks."""

    _held: Holdings

    def _wait(self, work: Callable[[], T]) -> T:
        return self._held.worker.wait(lambda: self._held.guarded(work))

    def _say(self, changes: Changes | None) -> None:
        if changes is not None:
            self._wait(lambda: self._held.tell(changes))

    def shifts_to_tell(self) -> list[ShiftWriting]:
        """What the centre has not heard of, in the order in which it must."""
        held = self._held
        return self._wait(
            lambda: [
                *shift_book.entries_to_tell(held),
                *shift_book.sheets_to_tell(held),
                *shift_book.reads_to_tell(held),
            ]
        )

    def shift_facts(self) -> DeskFacts:
        """What this desk tells of itself."""
        return self._wait(lambda: shift_book.facts(self._held))

    def shifts_version(self) -> int:
        """The centre's version up to which all is here."""
        return self._wait(lambda: shift_book.book_after(self._held))

    def apply_shifts(self, answer: ShiftBookAnswer) -> None:
        """The centre's word on all that changed."""
        self._say(self._wait(lambda: shift_book.take_book(self._held, answer)))

    def shift_answered(self, stands: ShiftWriting) -> None:
        """The centre's word on one that it was told."""
        self._say(self._wait(lambda: shift_book.take_answer(self._held, stands)))

    def shift_refused(self, one: ShiftWriting, code: str) -> None:
        """The centre will never take it."""
        self._say(self._wait(lambda: shift_book.refused(self._held, one, code)))

    def vouches(self, voucher: Vouch | None, past: Past | None) -> None:
        """Who knows a name and password, and who asks for the roster's past; None: nobody does any more."""
        self._held.voucher, self._held.past = voucher, past
