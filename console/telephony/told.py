"""A line that is only told of calls: the telephone itself is used to answer them and to hang up.

Who answers or ends a call on the screen says that it was done there; where the telephone tells the same, too,
once is enough. A ring that nobody ends is missed after a while, for whoever tells may have died.
"""

import threading

from console.desk.errors import LineError
from console.domain.telephone import (
    Answered,
    CallFact,
    CallId,
    Dialled,
    Ended,
    Ending,
    LineState,
    Offer,
    Rang,
)
from console.telephony.line import Ear
from console.telephony.manual import ManualLine

RINGS_S = 120.0
MOST_CALLS = 64
OFFERS = frozenset({Offer.ANSWER, Offer.HANG_UP})


class TooManyCalls(LineError):
    """More calls at once than any desk has: whoever tells of them has lost count."""


class UnknownCall(LineError):
    """Something happened to a call that nobody told of, or that is over."""


class ToldLine(ManualLine):
    """`tell` is for whoever brings the facts, in any thread."""

    def __init__(self, kind: str, rings_s: float = RINGS_S) -> None:
        self._state = LineState(kind=kind, up=False, why="starting")
        self._rings_s = rings_s
        self._door = threading.Lock()
        self._ear: Ear | None = None
        self._running: dict[CallId, threading.Timer | None] = {}  # the timer of those that ring
        self._over: list[threading.Timer] = []  # no longer waited for, and perhaps not ended yet

    @property
    def state(self) -> LineState:
        """As it was told last."""
        return self._state

    def start(self, ear: Ear) -> None:
        """Hear of calls from now on."""
        self._ear = ear
        self.stands(True)

    def stands(self, up: bool, why: str = "", detail: str = "") -> None:
        """How the way is by which facts come."""
        offers = OFFERS if up else frozenset[Offer]()
        self._state = LineState(kind=self._state.kind, up=up, why=why, detail=detail, offers=offers)
        if self._ear is not None:
            self._ear.line_is(self._state)

    def tell(self, fact: CallFact) -> None:
        """Something happened. Raises TooManyCalls, UnknownCall: nothing was heard then."""
        with self._door:
            self._tell(fact)

    def _tell(self, fact: CallFact) -> None:
        if isinstance(fact, Rang | Dialled):
            self._begin(fact)
        elif fact.call not in self._running:
            raise UnknownCall
        elif isinstance(fact, Answered | Ended):
            self._end_ring(fact.call)
        if isinstance(fact, Ended):
            del self._running[fact.call]
        if self._ear is not None:
            self._ear.heard(fact)

    def rings(self, call: CallId) -> bool | None:
        """Whether it still rings; None: there is no such call."""
        with self._door:
            return self._running[call] is not None if call in self._running else None

    def answer(self, call: CallId) -> None:
        """It was answered at the telephone. Raises UnknownCall."""
        self.tell(Answered(call=call))

    def hang_up(self, call: CallId) -> None:
        """It is over. Raises UnknownCall."""
        self.tell(Ended(call=call, how=Ending.DESK))

    def stop(self) -> None:
        """Wait for nothing any more."""
        with self._door:
            self._ear = None
            for call in self._running:
                self._end_ring(call)
            self._running.clear()
            over, self._over = self._over, []
        for timer in over:
            timer.join()

    def _begin(self, fact: Rang | Dialled) -> None:
        if fact.call in self._running:
            return
        if len(self._running) >= MOST_CALLS:
            raise TooManyCalls
        how = Ending.MISSED if isinstance(fact, Rang) else Ending.FAILED
        timer = threading.Timer(self._rings_s, self._rang_out, (Ended(call=fact.call, how=how),))
        timer.name, timer.daemon = "telephone ring", True
        self._running[fact.call] = timer
        timer.start()

    def _rang_out(self, end: Ended) -> None:
        with self._door:
            if self._running.get(end.call) is not None:
                self._tell(end)

    def _end_ring(self, call: CallId) -> None:
        timer = self._running.get(call)
        if timer is not None:
            timer.cancel()
            self._running[call] = None
            self._over = [other for other in self._over if other.is_alive()] + [timer]
