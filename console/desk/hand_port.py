"""The port of the synchronization to drafts that are handed from desk to desk."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from console.desk import handing
from console.desk.changes import Changes
from console.desk.holdings import Holdings
from console.protocol.wire import HandedAnswer, HandedDraft

T = TypeVar("T")


class HandPort:
    """A part of the port: every method blocks."""

    _held: Holdings

    def _wait(self, work: Callable[[], T]) -> T:
        return self._held.worker.wait(lambda: self._held.guarded(work))

    def hands_to_tell(self) -> list[HandedDraft]:
        """Hand-overs of which the centre must hear. From now on it may know of them."""
        return self._wait(lambda: handing.to_tell(self._held))

    def hands_version(self) -> int:
        """The centre's version up to which all are here."""
        return self._wait(lambda: handing.handed_after(self._held))

    def apply_hands(self, told: Sequence[HandedDraft]) -> None:
        """The centre's word on some."""
        self._say(self._wait(lambda: handing.take_handed(self._held, told)))

    def read_hands(self, answer: HandedAnswer) -> None:
        """The centre's word on all that changed."""
        self._say(self._wait(lambda: handing.read_handed(self._held, answer)))

    def hand_refused(self, hand_id: str) -> None:
        """The centre will never take this offer, and has nothing of it."""
        self._say(self._wait(lambda: handing.refused(self._held, hand_id)))

    def send_handed_files(self) -> None:
        """Files of handed drafts go to their reports."""
        self._say(self._wait(lambda: handing.send_files(self._held)))

    def desks_wanted(self) -> bool:
        """Whether somebody asked for the other desks since this was asked last."""
        wanted = self._held.desks_wanted.is_set()
        self._held.desks_wanted.clear()
        return wanted

    def station(self) -> str:
        """This desk's."""
        return self._held.actor.station

    def _say(self, changes: Changes | None) -> None:
        if changes is not None:
            self._wait(lambda: self._held.tell(changes))
