"""What the exchange's events mean for the calls of one telephone. Pure: messages in, facts out.

A call is the channel of this desk's telephone; what the rest of the exchange does is passed over.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from console.domain.telephone import (
    Answered,
    CallFact,
    CallId,
    Dialled,
    Ended,
    Ending,
    Held,
    Rang,
    Resumed,
)
from console.telephony.ami_wire import Message
from console.telephony.spelling import number_in

MOST_CALLS = 64
NAME_MAX = 80
ANSWERED_ELSEWHERE = "26"
INCOMING = ("appdial", "appqueue")
"""What the exchange says that a channel does which it has called."""
UNNAMED = ("<unknown>", "<null>")


@dataclass(frozen=True)
class Leg:
    """The telephone's side of a call. `other`: the channel that it talks with. `told`: known as a call."""

    call: CallId
    channel: str
    linked: str = ""
    exten: str = ""
    other: str = ""
    incoming: bool = True
    told: bool = False
    answered: bool = False
    how: Ending | None = None
    """What is known of its end before it comes."""


class DeskCalls:
    """`telephone`: as the exchange names it, "PJSIP/103". `before` goes before the names of calls, so that
    one that is met again after a break is a new one."""

    def __init__(self, telephone: str, before: str = "") -> None:
        self._telephone, self._before = telephone.lower(), before
        self._legs: dict[str, Leg] = {}
        self._hears: dict[str, Callable[[Message], list[CallFact]]] = {
            "Newchannel": self._appears, "DialBegin": self._is_called, "DialEnd": self._was_called,
            "BridgeEnter": self._talks, "Hold": self._is_held, "Unhold": self._is_resumed,
            "HangupRequest": self._puts_down, "BlindTransfer": self._transferred,
            "AttendedTransfer": self._transferred, "Rename": self._is_renamed, "Hangup": self._is_over,
            "OriginateResponse": self._picked_up, "CoreShowChannel": self._was_there,
        }  # fmt: skip

    def leg(self, call: CallId) -> Leg | None:
        """The telephone's side of it."""
        return self._legs.get(call.removeprefix(self._before)) if call.startswith(self._before) else None

    @property
    def told(self) -> tuple[CallId, ...]:
        """All calls that are not over."""
        return tuple(leg.call for leg in self._legs.values() if leg.told)

    def dials(self, unique: str, number: str) -> CallId:
        """The exchange is asked to call the telephone, and then that number. `unique`: its name, and that of
        the asking."""
        call = self._before + unique
        self._legs[unique] = Leg(call, "", exten=number, incoming=False)
        return call

    def ends(self, call: CallId, how: Ending) -> None:
        """It was asked for here, and will come."""
        leg = self.leg(call)
        if leg is not None:
            self._set(replace(leg, how=how))

    def hear(self, event: Message) -> list[CallFact]:
        """What it means."""
        hears = self._hears.get(event.get("event", ""))
        return hears(event) if hears is not None else []

    def dialled(self, answer: Message) -> list[CallFact]:
        """What the exchange says to a call that it was asked for."""
        leg = self._legs.get(answer.get("actionid", ""))
        if leg is None or leg.told:
            return []
        if answer.get("response") != "Success":
            del self._legs[answer["actionid"]]
            return []
        self._set(replace(leg, told=True))
        return [Dialled(call=leg.call, number=leg.exten)]

    # one for each event that matters

    def _appears(self, event: Message) -> list[CallFact]:
        unique = event.get("uniqueid", "")
        if self._is_mine(event.get("channel", "")) and unique:
            leg = self._legs.get(unique)
            if leg is not None:  # the one that was asked for
                self._set(replace(leg, channel=event["channel"], linked=event.get("linkedid", "")))
            else:
                self._meet(event, "")
        return []

    def _is_called(self, event: Message) -> list[CallFact]:
        caller = self._legs.get(event.get("uniqueid", ""))
        if caller is not None:
            self._set(replace(caller, other=event.get("destchannel", ""), told=True, incoming=False))
            number = number_in(caller.exten) or number_in(event.get("dialstring", "")) or ""
            return [] if caller.told else [Dialled(call=caller.call, number=number)]
        if not self._is_mine(event.get("destchannel", "")) or "channel" not in event:
            return []
        leg = self._legs.get(event.get("destuniqueid", "")) or self._meet(event, "dest")
        if leg is None or leg.told:
            return []
        self._set(replace(leg, told=True, incoming=True, other=event["channel"]))
        return [_rang(leg.call, event.get("calleridnum", ""), event.get("calleridname", ""))]

    def _was_called(self, event: Message) -> list[CallFact]:
        answered = event.get("dialstatus") == "ANSWER"
        called = self._legs.get(event.get("destuniqueid", ""))
        leg = called or self._legs.get(event.get("uniqueid", ""))
        if leg is not None and leg.incoming is (called is not None):
            return self._answer(leg) if answered else []
        if answered:
            self._taken_elsewhere(event.get("destlinkedid") or event.get("linkedid", ""))
        return []

    def _talks(self, event: Message) -> list[CallFact]:
        leg = self._legs.get(event.get("uniqueid", ""))
        if leg is None:
            return []
        number = number_in(event.get("connectedlinenum", ""))
        if not leg.told and number:  # taken from another telephone, or from where it was parked
            leg = self._set(replace(leg, told=True, incoming=True))
            name = event.get("connectedlinename", "")
            return [_rang(leg.call, number, name), *self._answer(leg)]
        return self._answer(leg) if leg.told else []

    def _is_held(self, event: Message) -> list[CallFact]:
        leg = self._legs.get(event.get("uniqueid", ""))
        return [Held(call=leg.call)] if leg is not None and leg.answered else []

    def _is_resumed(self, event: Message) -> list[CallFact]:
        leg = self._legs.get(event.get("uniqueid", ""))
        return [Resumed(call=leg.call)] if leg is not None and leg.answered else []

    def _puts_down(self, event: Message) -> list[CallFact]:
        """Who put the receiver down."""
        leg = self._legs.get(event.get("uniqueid", ""))
        if leg is not None and leg.how is None:
            self._set(replace(leg, how=Ending.DESK))
        for leg in tuple(self._legs.values()):
            if leg.other == event.get("channel") and leg.answered and leg.how is None and is_real(leg.other):
                self._set(replace(leg, how=Ending.CALLER))
        return []

    def _transferred(self, event: Message) -> list[CallFact]:
        if event.get("result") == "Success":
            for whose in ("transferer", "origtransferer", "secondtransferer"):
                leg = self._legs.get(event.get(f"{whose}uniqueid", ""))
                if leg is not None:
                    self._set(replace(leg, how=Ending.TRANSFERRED))
        return []

    def _is_renamed(self, event: Message) -> list[CallFact]:
        leg = self._legs.get(event.get("uniqueid", ""))
        if leg is not None:
            self._set(replace(leg, channel=event.get("newname", leg.channel)))
        return []

    def _is_over(self, event: Message) -> list[CallFact]:
        leg = self._legs.pop(event.get("uniqueid", ""), None)
        if leg is None or not leg.told:
            return []
        if leg.answered:
            how = leg.how or Ending.CALLER
        elif leg.how in (Ending.DESK, Ending.TRANSFERRED, Ending.ELSEWHERE):
            how = leg.how
        elif event.get("cause") == ANSWERED_ELSEWHERE:
            how = Ending.ELSEWHERE
        else:
            how = Ending.MISSED if leg.incoming else Ending.FAILED
        return [Ended(call=leg.call, how=how)]

    def _picked_up(self, event: Message) -> list[CallFact]:
        """The telephone was not picked up, or is not there."""
        leg = self._legs.get(event.get("actionid", ""))
        if leg is None or event.get("response") == "Success":
            return []
        del self._legs[event["actionid"]]
        return [Ended(call=leg.call, how=leg.how or Ending.FAILED)]

    def _was_there(self, event: Message) -> list[CallFact]:
        """It was there before the connection."""
        unique = event.get("uniqueid", "")
        if not self._is_mine(event.get("channel", "")) or not unique or unique in self._legs:
            return []
        ringing, talking = event.get("channelstatedesc") == "Ringing", bool(event.get("bridgeid"))
        leg = self._meet(event, "")
        if leg is None or not (ringing or talking):
            return []
        incoming = ringing or event.get("application", "").lower() in INCOMING
        leg = self._set(replace(leg, told=True, incoming=incoming))
        number, name = event.get("connectedlinenum", ""), event.get("connectedlinename", "")
        first = _rang(leg.call, number, name) if incoming else Dialled(call=leg.call, number=leg.exten)
        return [first, *(self._answer(leg) if talking else [])]

    # the same for several

    def _is_mine(self, channel: str) -> bool:
        return channel.lower().rpartition("-")[0] == self._telephone

    def _meet(self, event: Message, side: str) -> Leg | None:
        unique, channel = event.get(f"{side}uniqueid", ""), event.get(f"{side}channel", "")
        if len(self._legs) >= MOST_CALLS or not unique:
            return None
        leg = Leg(
            self._before + unique, channel, event.get(f"{side}linkedid", ""), event.get(f"{side}exten", "")
        )
        return self._set(leg)

    def _set(self, leg: Leg) -> Leg:
        self._legs[leg.call.removeprefix(self._before)] = leg
        return leg

    def _answer(self, leg: Leg) -> list[CallFact]:
        if leg.answered:
            return []
        self._set(replace(leg, answered=True, how=None))
        return [Answered(call=leg.call)]

    def _taken_elsewhere(self, linked: str) -> None:
        for leg in tuple(self._legs.values()):
            if linked and leg.linked == linked and leg.incoming and not leg.answered and leg.how is None:
                self._set(replace(leg, how=Ending.ELSEWHERE))


def is_real(channel: str) -> bool:
    """Not one of the exchange's own, which come and go within a call."""
    return not channel.startswith("Local/")


def _rang(call: CallId, number: str, name: str) -> Rang:
    """Where the caller withholds the number, the exchange says so in several ways."""
    shown = "" if name.strip() in UNNAMED else name.strip()[:NAME_MAX]
    return Rang(call=call, number=number_in(number) or "", name=shown)
