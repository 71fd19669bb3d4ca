"""A telephone line as the console sees it: what it offers, what happens on it, what becomes of a call.

Every kind of line (an exchange, a softphone, practice) tells the same few facts in the same words, and
`fold_call` makes of them what a call is now. Pure: threads and sockets are in `console.telephony`.
"""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import msgspec

CallId = str
"""Given by the line, unique while the console runs; the desk gives a call its own UUIDv7 for the store."""

EMERGENCY = ("113", "114", "115")
"""Police, fire and rescue, ambulance."""


class Offer(StrEnum):
    """What can be done from the console on this line; what a line does not offer is shown as disabled."""

    ANSWER = "answer"
    HOLD = "hold"
    TRANSFER = "transfer"
    HANG_UP = "hang_up"
    DIAL = "dial"
    REST = "rest"
    """Calls go to others for a while."""


class Ending(StrEnum):
    """How a call came to its end."""

    CALLER = "caller"
    """The other side hung up after talking."""
    DESK = "desk"
    """Hung up here."""
    MISSED = "missed"
    """It rang and nobody took it."""
    ELSEWHERE = "elsewhere"
    """It rang here and was taken at another telephone."""
    TRANSFERRED = "transferred"
    FAILED = "failed"
    """The line broke, or the number that was dialled did not answer."""


class CallKind(StrEnum):
    """What a call turned out to be."""

    REPORT = "report"
    ENQUIRY = "enquiry"
    EMERGENCY = "emergency"
    """Sent on to 113, 114 or 115."""
    WRONG_NUMBER = "wrong_number"
    HANG_UP = "hang_up"
    """Nobody spoke."""
    PRANK = "prank"


class CallState(StrEnum):
    """How a call stands."""

    RINGING = "ringing"
    """Here, or at the number that was dialled."""
    TALKING = "talking"
    HELD = "held"
    ENDED = "ended"


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something that happened to one call just now: whoever hears of it looks at the clock."""

    call: CallId


class Rang(Fact, frozen=True, kw_only=True, tag="rang"):
    """It rings here. `number`: as the exchange writes it, "" where withheld; `name`: what it shows, or "".
    May come again once more is known."""

    number: str
    name: str = ""


class Dialled(Fact, frozen=True, kw_only=True, tag="dialled"):
    """The desk calls out."""

    number: str


class Answered(Fact, frozen=True, kw_only=True, tag="answered"):
    """Both sides can speak."""


class Held(Fact, frozen=True, kw_only=True, tag="held"):
    """The other side hears music."""


class Resumed(Fact, frozen=True, kw_only=True, tag="resumed"):
    """Both sides can speak again."""


class Said(Fact, frozen=True, kw_only=True, tag="said"):
    """What a practice caller says, as text."""

    text: str


class Ended(Fact, frozen=True, kw_only=True, tag="ended"):
    """It is over."""

    how: Ending


CallFact = Rang | Dialled | Answered | Held | Resumed | Said | Ended


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call as it stands. `incoming` False: dialled here. `held_at`: since when it is held."""

    number: str
    name: str = ""
    incoming: bool = True
    state: CallState = CallState.RINGING
    rang_at: datetime
    answered_at: datetime | None = None
    held_at: datetime | None = None
    ended_at: datetime | None = None  # of an ended one None: the program was not there to hear of it
    how: Ending | None = None
    said: tuple[str, ...] = ()

    @property
    def missed(self) -> bool:
        """It came in, is over, and nobody spoke with the caller."""
        unheard = self.answered_at is None and self.how not in (Ending.ELSEWHERE, Ending.TRANSFERRED)
        return self.incoming and self.state is CallState.ENDED and unheard


C = TypeVar("C", bound=Call)


def fold_call(call: C, fact: CallFact, at: datetime) -> C:
    """The call after a fact that was heard `at`. What does not fit its state (an exchange that repeats itself
    or tells things in another order) changes nothing; nothing changes a call that is over."""
    state, change = call.state, msgspec.structs.replace
    match fact:
        case _ if state is CallState.ENDED:
            return call
        case Rang():
            return change(call, number=call.number or fact.number, name=call.name or fact.name)
        case Answered() if state is CallState.RINGING:
            return change(call, state=CallState.TALKING, answered_at=at)
        case Held() if state is CallState.TALKING:
            return change(call, state=CallState.HELD, held_at=at)
        case Resumed() if state is CallState.HELD:
            return change(call, state=CallState.TALKING, held_at=None)
        case Said():
            return change(call, said=(*call.said, fact.text))
        case Ended():
            return change(call, state=CallState.ENDED, held_at=None, ended_at=at, how=fact.how)
        case _:
            return call


class LineState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether calls can come. `why`: a code for the screen's words ("", "starting", "refused", "no_login",
    "lost", "not_found", "not_set_up"); `detail`: host, port or file it is about, never a caller's number or a
    secret. `since`: set by the desk when it heard of it. `resting`: calls go to others, as was asked."""

    kind: str
    up: bool
    why: str = ""
    detail: str = ""
    offers: frozenset[Offer] = frozenset()
    since: datetime | None = None
    resting: bool = False


BY_HAND = LineState(kind="manual", up=True)
"""Nobody tells the console of calls: they are logged by hand."""
