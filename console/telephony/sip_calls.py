"""What the softphone's events mean for the calls of this desk. Pure: what it said in, facts out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from console.domain.telephone import (
    Answered,
    CallFact,
    CallId,
    CallState,
    Dialled,
    Ended,
    Ending,
    Held,
    Rang,
    Resumed,
)
from console.telephony.sip_wire import Listed, Said
from console.telephony.spelling import number_in

MOST_CALLS = 64
NAME_MAX = 80


@dataclass(frozen=True)
class SoftCall:
    """`id`: baresip's name of it, "" while that is not known (one that is dialled, one that was found).
    `answering`: it was picked up, and the other side is told so. `marked`: on hold before it was answered.
    `refused`: it could not be handed on."""

    call: CallId
    id: str
    number: str
    incoming: bool = True
    state: CallState = CallState.RINGING
    answering: bool = False
    marked: bool = False
    refused: bool = False
    how: Ending | None = None


@dataclass
class SoftCalls:
    """All calls of the softphone by the desk's name of them."""

    running: dict[CallId, SoftCall] = field(default_factory=dict)
    _names: Iterator[int] = field(default_factory=lambda: count(1))

    def hear(self, said: Said) -> list[CallFact]:
        """What an event means."""
        if said.type == "CALL_INCOMING":
            return self._rings(said)
        call = self._of(said)
        if call is None:
            return []
        match said.type:
            case "CALL_ESTABLISHED":
                return self.becomes(call.call, CallState.TALKING)
            case "CALL_CLOSED" | "AUDIO_ERROR":
                return self.end(call.call, _how(call, said))
            case "CALL_LOCAL_SDP" if said.param == "answer":
                self.change(call.call, answering=True)
            case "TRANSFER_FAILED" | "CALL_TRANSFER_FAILED":
                self.change(call.call, refused=True)
        return []

    def dials(self, number: str) -> CallId:
        """It is asked to call out; `begun` when it does."""
        call = f"out {next(self._names)}"
        self.running[call] = SoftCall(call, "", number, incoming=False, state=CallState.ENDED)
        return call

    def begun(self, call: CallId, ok: bool) -> list[CallFact]:
        """What became of that."""
        known = self.running.get(call)
        if known is None or known.state is not CallState.ENDED:
            return []
        if not ok:
            del self.running[call]
            return []
        self.change(call, state=CallState.RINGING)
        return [Dialled(call=call, number=known.number)]

    def find(self, listed: Listed) -> list[CallFact]:
        """A call that was there before the console."""
        talking, number = listed.state == "ESTABLISHED", number_in(listed.uri) or ""
        incoming = talking or listed.state == "INCOMING"
        call = f"{'in' if incoming else 'out'} {next(self._names)}"
        self.running[call] = SoftCall(call, "", number, incoming)
        first = Rang(call=call, number=number) if incoming else Dialled(call=call, number=number)
        facts = self.becomes(call, CallState.TALKING) if talking else []
        return [first, *facts, *(self.becomes(call, CallState.HELD) if talking and listed.held else [])]

    def becomes(self, call: CallId, state: CallState) -> list[CallFact]:
        """Answered, held or talked with again; nothing where it cannot be."""
        known = self.running.get(call)
        if known is None:
            return []
        before = known.state
        if state is CallState.TALKING and before is CallState.RINGING:
            fact: CallFact = Answered(call=call)
        elif state is CallState.TALKING and before is CallState.HELD:
            fact = Resumed(call=call)
        elif state is CallState.HELD and before is CallState.TALKING:
            fact = Held(call=call)
        else:
            return []
        self.change(call, state=state)
        return [fact]

    def end(self, call: CallId, how: Ending) -> list[CallFact]:
        """It is over; one that was never begun was never a call."""
        known = self.running.pop(call, None)
        return [] if known is None or known.state is CallState.ENDED else [Ended(call=call, how=how)]

    def change(self, call: CallId, **more: object) -> None:
        """Know more of it."""
        if call in self.running:
            self.running[call] = replace(self.running[call], **more)  # type: ignore[arg-type]

    def _rings(self, said: Said) -> list[CallFact]:
        if (
            len(self.running) >= MOST_CALLS
            or not said.id
            or any(c.id == said.id for c in self.running.values())
        ):
            return []
        number, call = number_in(said.peeruri), f"in {next(self._names)}"
        name = said.peerdisplayname.replace('\\"', '"').strip()
        if number is None and not name:  # somebody who is called by a name at their exchange
            name = said.peeruri.partition(":")[2].partition("@")[0]
        self.running[call] = SoftCall(call, said.id, number or "")
        return [Rang(call=call, number=number or "", name=name[:NAME_MAX])]

    def _of(self, said: Said) -> SoftCall | None:
        """The call that it is about; one whose id is not known yet by its number."""
        for known in self.running.values():
            if said.id and known.id == said.id:
                return known
        number, incoming = number_in(said.peeruri) or "", said.direction == "incoming"
        for known in self.running.values():
            if not known.id and known.incoming is incoming and known.number == number:
                self.change(known.call, id=said.id)
                return self.running[known.call]
        return None


def _how(call: SoftCall, said: Said) -> Ending:
    if call.how is not None:
        return call.how
    if "transfer" in said.param.lower():
        return Ending.TRANSFERRED
    if said.type == "AUDIO_ERROR":
        return Ending.FAILED
    if call.state is not CallState.RINGING:
        return Ending.CALLER
    return Ending.MISSED if call.incoming else Ending.FAILED
