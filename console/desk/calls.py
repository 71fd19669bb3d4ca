"""The calls of this desk: in memory for whoever looks, on disk for whoever comes after a kill.

What a line tells is seen at once, also where the disk is full; it is written right behind it, in the order in
which it was heard, and what could not be written is written with the next that can.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import msgspec

from console.desk.call_rows import SLOTS, LineHands, LiveCall
from console.desk.changes import Cause, Changes
from console.desk.errors import CallGone, DeskClosed, LineDown, LineOffersNot, StoreFull, StoreUnwritable
from console.domain.command import AddCall, CallTimes, LogReport
from console.domain.identity import new_id
from console.domain.phone import parse_phone
from console.domain.telephone import (
    BY_HAND,
    CallFact,
    CallId,
    CallKind,
    CallState,
    Dialled,
    Ending,
    LineState,
    Offer,
    Rang,
    fold_call,
)
from console.models.calls import CallbackRow, Callbacks, CallLog, CallRow
from console.models.times import from_ms, from_ms_or_none, to_ms, to_ms_or_none

if TYPE_CHECKING:
    from console.desk.holdings import Holdings

log = logging.getLogger(__name__)
_replace = msgspec.structs.replace
B = TypeVar("B", LogReport, AddCall)
NEWS = Changes(cause=Cause.HERE, calls=True)


class CallBoard:
    """An Ear for the line. Any thread may look and tell; `write` and `recover` on the worker."""

    def __init__(self, held: "Holdings") -> None:
        self._held = held
        self.log, self.callbacks = CallLog(held.store), Callbacks(held.store)
        self.line: LineState = BY_HAND
        self.hands: LineHands | None = None
        self.now: tuple[LiveCall, ...] = ()
        self._door = threading.Lock()
        self._calls: dict[str, LiveCall] = {}
        self._unwritten: dict[str, LiveCall] = {}

    # what the line tells

    def heard(self, fact: CallFact) -> None:
        """Something happened to a call; of one that is unknown here only that it rings or was dialled."""
        phone = parse_phone(fact.number) if isinstance(fact, Rang | Dialled) else None
        at = self._held.clock.now()
        with self._door:
            call = self._of_line(fact.call)
            if call is not None:
                following = fold_call(call, fact, at)
                if following == call:
                    return
                following = _replace(following, phone=following.phone or phone)
            elif isinstance(fact, Rang | Dialled):
                name = fact.name if isinstance(fact, Rang) else ""
                following = LiveCall(
                    id=new_id(), line=fact.call, number=fact.number, name=name, phone=phone,
                    incoming=isinstance(fact, Rang), rang_at=at,
                )  # fmt: skip
            else:
                return
            self._set(following)
        self._tell()

    def line_is(self, state: LineState) -> None:
        """How the line stands."""
        if _replace(state, since=self.line.since) == self.line:
            return
        self.line = _replace(state, since=self._held.clock.now())
        self._held.feed.publish(NEWS)

    # what is done here

    def one(self, call_id: str) -> LiveCall:
        """A call on the strip. Raises CallGone."""
        for call in self.now:
            if call.id == call_id:
                return call
        raise CallGone(call_id)

    def change(self, call_id: str, change: Callable[[LiveCall], LiveCall]) -> None:
        """Something was said of a call here. Raises CallGone."""
        with self._door:
            if call_id not in self._calls:
                raise CallGone(call_id)
            self._set(change(self._calls[call_id]))
        self._tell()

    def saved(self, draft_id: str, case_id: str) -> None:
        """What was written for these calls is a report."""
        with self._door:
            calls = [call for call in self._calls.values() if call.draft == draft_id]
            for call in calls:
                self._set(_replace(call, case=case_id, kind=CallKind.REPORT))
        if calls:
            self._tell()

    def timed(self, draft_id: str, body: B) -> B:
        """What is saved of it with the times of the first call that it was written for. On the worker."""
        row = self.log.of_draft(draft_id)
        if row is None or row.answered_ms is None:
            return body
        call = CallTimes(rang_at=from_ms(row.rang_ms), answered_at=from_ms(row.answered_ms))
        return _replace(body, call=call)

    def can(self, offer: Offer, call: LiveCall | None = None) -> LineHands:
        """Who does it. Raises LineDown, LineOffersNot, CallGone."""
        if not self.line.up or self.hands is None:
            raise LineDown(self.line.why)
        if offer not in self.line.offers:
            raise LineOffersNot(offer.value)
        if call is not None and (not call.line or call.state is CallState.ENDED):
            raise CallGone(call.id)
        return self.hands

    def of_line(self, line: CallId) -> LiveCall | None:
        """The call that the line knows by this name."""
        with self._door:
            return self._of_line(line)

    # on the worker

    def write(self) -> None:
        """What is not on disk yet. Raises StoreFull, StoreUnwritable: it stays unwritten."""
        with self._door:
            unwritten, self._unwritten = self._unwritten, {}
        if not unwritten:
            return
        try:
            with self._held.store.transaction():
                listed = [self._write(call) for call in unwritten.values()]
        except BaseException:
            with self._door:
                self._unwritten = unwritten | self._unwritten
            raise
        if any(listed):
            self._held.feed.publish(NEWS)

    def recover(self) -> None:
        """At the opening: calls that stood on the strip at an end of the program are over by now."""
        with self._door:
            for row in self.log.here():
                self._set(_over(_live(row)))
        self.write()

    def _write(self, call: LiveCall) -> bool:
        """Whether the list of calls to give back may be another for it."""
        now = self._held.now_ms()
        self.log.put(self._row(call, now if call.leaves else None))
        party = call.phone or call.number
        if not party:
            return False
        if call.missed and call.leaves:
            row = CallbackRow(
                new_id(), party, call.number, call.phone, call.name, 1, to_ms(call.ended_at or call.rang_at)
            )
            self.callbacks.rang_in_vain(row)
        elif call.answered_at is not None:
            self.callbacks.spoken(party, to_ms(call.answered_at), now)
        else:
            return False
        return True

    def _row(self, call: LiveCall, left_ms: int | None) -> CallRow:
        actor = self._held.actor
        return CallRow(
            id=call.id, station=actor.station, user=actor.user, incoming=call.incoming, number=call.number,
            phone=call.phone, name=call.name, rang_ms=to_ms(call.rang_at),
            answered_ms=to_ms_or_none(call.answered_at), ended_ms=to_ms_or_none(call.ended_at),
            how=call.how, kind=call.kind, note=call.note, slot=call.slot, draft_id=call.draft,
            case_id=call.case, saved_ms=self._held.now_ms() if call.case else None, left_ms=left_ms,
        )  # fmt: skip

    # inside the door

    def _of_line(self, line: CallId) -> LiveCall | None:
        return next((call for call in self._calls.values() if call.line == line), None)

    def _set(self, call: LiveCall) -> None:
        before = self._calls.get(call.id)
        if call.leaves:
            self._calls.pop(call.id, None)
        else:
            self._calls[call.id] = call
        if before is None or _lasting(before) != _lasting(call):
            self._unwritten[call.id] = call
        self._give_places()
        places = sorted(self._calls.values(), key=lambda call: (call.slot or SLOTS + 1, call.id))
        self.now = tuple(places)

    def _give_places(self) -> None:
        """Whoever waits longest gets the lowest free place; nobody who has one is moved."""
        free = sorted(set(range(1, SLOTS + 1)) - {call.slot for call in self._calls.values()})
        waiting = sorted((call for call in self._calls.values() if not call.slot), key=lambda call: call.id)
        for slot, call in zip(free, waiting, strict=False):
            self._calls[call.id] = placed = _replace(call, slot=slot)
            self._unwritten[call.id] = placed

    def _tell(self) -> None:
        self._held.feed.publish(NEWS)
        with suppress(DeskClosed):
            self._held.worker.post(lambda: self._held.guarded(self._write_or_later))

    def _write_or_later(self) -> None:
        try:
            self.write()
        except (StoreFull, StoreUnwritable) as failure:
            log.warning("calls are not written yet: %s", type(failure).__name__)


def _lasting(call: LiveCall) -> LiveCall:
    """What of a call is kept on disk; what a practice caller says and a hold are not."""
    talking = CallState.TALKING if call.state is CallState.HELD else call.state
    return _replace(call, said=(), held_at=None, state=talking)


def _live(row: CallRow) -> LiveCall:
    return LiveCall(
        id=row.id, number=row.number, phone=row.phone, name=row.name, incoming=row.incoming, slot=row.slot,
        rang_at=from_ms(row.rang_ms), answered_at=from_ms_or_none(row.answered_ms),
        ended_at=from_ms_or_none(row.ended_ms), how=Ending(row.how) if row.how else None,
        kind=CallKind(row.kind) if row.kind else None, note=row.note, draft=row.draft_id, case=row.case_id,
    )  # fmt: skip


def _over(call: LiveCall) -> LiveCall:
    """Nobody was there to hear how it ended."""
    return _replace(call, state=CallState.ENDED, how=call.how or Ending.FAILED)
