"""The desk's door to telephone calls."""

from datetime import datetime

import msgspec

from console.desk import callbacks, telling
from console.desk.call_rows import LineHands, LiveCall, MissedCall
from console.desk.calls import CallBoard
from console.desk.errors import NotHere
from console.desk.holdings import Holdings
from console.desk.telling import Telling
from console.domain.telephone import CallKind, CallState, Dialled, LineState, Offer

_replace = msgspec.structs.replace


class CallsDoor:
    """A part of the desk. Look again after `Changes.calls`."""

    _held: Holdings

    # how it stands, at once

    def calls(self) -> tuple[LiveCall, ...]:
        """Calls on the strip by place, then those that wait for one. From memory."""
        return self._held.calls.now

    @property
    def line(self) -> LineState:
        """The telephone line, and since when it is so."""
        return self._held.calls.line

    # for the line

    @property
    def ear(self) -> CallBoard:
        """Who hears what the line tells; from any thread."""
        return self._held.calls

    def set_line(self, hands: LineHands | None) -> None:
        """Who acts on the line from now on."""
        self._held.calls.hands = hands

    # what is done on the line; what comes of it is heard from the line

    async def answer_call(self, call_id: str) -> None:
        """Take it; who is being talked with is put on hold before, where the line can. Raises CallGone,
        LineError."""
        board = self._held.calls
        call = board.one(call_id)
        hands = board.can(Offer.ANSWER, call)
        await self._hold_others(call_id)
        await hands.answer(call.line)

    async def hold_call(self, call_id: str) -> None:
        """Raises CallGone, LineError."""
        call = self._held.calls.one(call_id)
        await self._held.calls.can(Offer.HOLD, call).hold(call.line)

    async def resume_call(self, call_id: str) -> None:
        """Talk with it again; another one is put on hold before. Raises CallGone, LineError."""
        call = self._held.calls.one(call_id)
        hands = self._held.calls.can(Offer.HOLD, call)
        await self._hold_others(call_id)
        await hands.resume(call.line)

    async def transfer_call(self, call_id: str, number: str) -> None:
        """Hand it on. Raises CallGone, LineError."""
        call = self._held.calls.one(call_id)
        await self._held.calls.can(Offer.TRANSFER, call).transfer(call.line, number)

    async def hang_up_call(self, call_id: str) -> None:
        """End it, or turn away one that rings. Raises CallGone, LineError."""
        call = self._held.calls.one(call_id)
        await self._held.calls.can(Offer.HANG_UP, call).hang_up(call.line)

    async def dial(self, number: str) -> str:
        """Call out; who is being talked with is put on hold before. The call's id. Raises LineError."""
        hands = self._held.calls.can(Offer.DIAL)
        await self._hold_others("")
        line = await hands.dial(number)
        self._held.calls.heard(Dialled(call=line, number=number))  # the line may not have told it yet
        call = self._held.calls.of_line(line)
        return call.id if call is not None else ""

    async def rest(self, on: bool) -> None:
        """Calls go to others for a while, or come here again. Raises LineError."""
        await self._held.calls.can(Offer.REST).rest(on)

    async def _hold_others(self, call_id: str) -> None:
        if Offer.HOLD not in self.line.offers:
            return
        for call in self.calls():
            if call.id != call_id and call.state is CallState.TALKING:
                await self.hold_call(call.id)

    # what is said of a call here; on disk when it returns

    async def attach_call(self, call_id: str, draft_id: str) -> None:
        """This draft is written for this call, whatever was said of it before: saved as a report, it takes
        the call's times. Raises CallGone, NotHere, StoreFull."""

        def attach() -> None:
            if self._held.drafts.state(draft_id) is None:
                raise NotHere(draft_id)
            self._held.calls.change(call_id, lambda call: _replace(call, draft=draft_id, kind=None))
            self._held.calls.write()

        await self._held.call(attach)

    async def settle_call(self, call_id: str, kind: CallKind, note: str = "") -> None:
        """What it was; it leaves the strip, or does once it is over. Raises CallGone, StoreFull."""

        def settle() -> None:
            self._held.calls.change(call_id, lambda call: _replace(call, kind=kind, note=note))
            self._held.calls.write()

        await self._held.call(settle)

    # calls to give back

    async def missed_calls(self) -> tuple[MissedCall, ...]:
        """Who rang in vain or was promised a call, newest first; several rings of one number are one."""
        return await self._held.call(lambda: callbacks.missed_calls(self._held))

    async def called_back(self, entry_id: str, reached: bool, note: str = "") -> None:
        """They were called: off the list, or tried once more in vain. Raises CallGone, StoreFull."""
        await self._held.call(lambda: callbacks.called_back(self._held, entry_id, reached, note))

    async def drop_callback(self, entry_id: str, note: str = "") -> None:
        """Nobody will call them: off the list. Raises CallGone, StoreFull."""
        await self._held.call(lambda: callbacks.drop_callback(self._held, entry_id, note))

    async def promise_callback(self, call_id: str, when: datetime, note: str = "") -> None:
        """Whoever calls is told that they will be called. Raises CallGone where there is no number to call,
        StoreFull."""
        await self._held.call(lambda: callbacks.promise(self._held, call_id, when, note))

    # results to tell

    async def telling(self, case_id: str) -> Telling | None:
        """What to know who calls the reporter of a case back; None where it, or what it is part of, is not
        here."""
        return await self._held.call(lambda: telling.telling(self._held, case_id))
