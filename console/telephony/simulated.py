"""The practice line: people who ring, wait, say what they have to say, and hang up; nobody is ever called.

Who comes, when and with what words follows from the seed; only what the operator does is not known before.
"""

import heapq
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from random import Random

from console.desk.errors import LineError
from console.domain.telephone import (
    Answered,
    CallFact,
    CallId,
    CallState,
    Dialled,
    Ended,
    Ending,
    Held,
    LineState,
    Offer,
    Rang,
    Resumed,
    Said,
)
from console.telephony.callers import Caller, in_turn, read_callers
from console.telephony.line import Ear

FIRST_S, BETWEEN_S, AGAIN_S = 60.0, (120.0, 360.0), 15.0
BREATH_S, LETTER_S, LISTENS_S = 1.5, 0.06, 240.0
PICKED_UP, PICKS_UP_S, RINGS_OUT_S = 0.7, 4.0, 20.0
HELLO = "Alo, tôi nghe đây."


class _Call:
    """`turn` goes on with each act: what was planned before it does not happen any more."""

    def __init__(self, says: tuple[str, ...]) -> None:
        self.says = list(says)
        self.state, self.turn = CallState.RINGING, 0


class SimulatedLine:
    """`callers`: how many may call at once (0: nobody does, who is dialled answers all the same). `speed`:
    their seconds in one of ours. Things are planned before they are told: whoever hears may act at once."""

    def __init__(self, seed: str, callers: int = 1, speed: float = 1.0) -> None:
        self._rng, self._luck = Random(seed), Random(f"dialled {seed}")
        self._most, self._speed, self._began = callers, speed, 0.0
        self._next: Iterator[Caller] = in_turn(read_callers(), Random(f"callers {seed}"))
        self._numbers = count(1)
        self._calls: dict[CallId, _Call] = {}
        self._plan: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._door = threading.Condition()
        self._ear: Ear | None = None
        self._resting = False
        self._thread = threading.Thread(target=self._live, name="telephone practice", daemon=True)

    @property
    def state(self) -> LineState:
        """Everything can be practised."""
        return LineState(kind="simulated", up=True, offers=frozenset(Offer), resting=self._resting)

    def start(self, ear: Ear) -> None:
        """People begin to call after a minute."""
        with self._door:
            self._ear, self._began = ear, time.monotonic()
            ear.line_is(self.state)
            if self._most > 0:
                self._in(FIRST_S, self._arrives)
        self._thread.start()

    def answer(self, call: CallId) -> None:
        """They begin to speak. Raises LineError, as all acts do for a call that is not so."""
        with self._door:
            self._picks_up(call)

    def hold(self, call: CallId) -> None:
        """They say nothing more until `resume`, and wait for that as long as for anything."""
        with self._door:
            self._act(call, CallState.TALKING, CallState.HELD)
            self._later(call, LISTENS_S, lambda: self._ends(call, Ending.CALLER))
            self._tell(Held(call=call))

    def resume(self, call: CallId) -> None:
        """They go on where they were."""
        with self._door:
            self._act(call, CallState.HELD, CallState.TALKING)
            self._goes_on(call)
            self._tell(Resumed(call=call))

    def transfer(self, call: CallId, number: str) -> None:
        """Somebody else has them now."""
        with self._door:
            self._known(call)
            self._ends(call, Ending.TRANSFERRED)

    def hang_up(self, call: CallId) -> None:
        """They are cut off, or turned away."""
        with self._door:
            self._known(call)
            self._ends(call, Ending.DESK)

    def dial(self, number: str) -> CallId:
        """Most answer after a few seconds; some do not."""
        with self._door:
            call = f"out {next(self._numbers)}"
            self._calls[call] = _Call((HELLO,))
            if self._luck.random() < PICKED_UP:
                self._later(call, PICKS_UP_S, lambda: self._picks_up(call))
            else:
                self._later(call, RINGS_OUT_S, lambda: self._ends(call, Ending.FAILED))
            self._tell(Dialled(call=call, number=number))
            return call

    def rest(self, on: bool) -> None:
        """Nobody new rings meanwhile."""
        with self._door:
            self._resting = on
            if self._ear is not None:
                self._ear.line_is(self.state)

    def stop(self) -> None:
        """Nobody calls any more."""
        with self._door:
            self._ear = None
            self._door.notify()
        if self._thread.is_alive():
            self._thread.join()

    # what they do, inside the door

    def _arrives(self) -> None:
        if self._resting or len(self._calls) >= self._most:
            self._in(AGAIN_S, self._arrives)
            return
        caller = next(self._next)
        self._in(self._rng.uniform(*BETWEEN_S) / self._most, self._arrives)
        call = f"in {next(self._numbers)}"
        self._calls[call] = _Call(caller.says)
        self._later(call, caller.patience, lambda: self._ends(call, Ending.MISSED))
        self._tell(Rang(call=call, number=caller.number))

    def _picks_up(self, call: CallId) -> None:
        self._act(call, CallState.RINGING, CallState.TALKING)
        self._goes_on(call)
        self._tell(Answered(call=call))

    def _goes_on(self, call: CallId) -> None:
        """The next sentence after a breath; who has said all waits for a while and hangs up."""
        left = self._calls[call].says
        if left:
            self._later(call, BREATH_S, lambda: self._says(call))
        else:
            self._later(call, LISTENS_S, lambda: self._ends(call, Ending.CALLER))

    def _says(self, call: CallId) -> None:
        text = self._calls[call].says.pop(0)
        self._later(call, len(text) * LETTER_S, lambda: self._goes_on(call))
        self._tell(Said(call=call, text=text))

    def _ends(self, call: CallId, how: Ending) -> None:
        del self._calls[call]
        self._tell(Ended(call=call, how=how))

    def _known(self, call: CallId) -> _Call:
        if call not in self._calls or self._ear is None:
            raise LineError("no such call")
        return self._calls[call]

    def _act(self, call: CallId, before: CallState, after: CallState) -> None:
        known = self._known(call)
        if known.state is not before:
            raise LineError(known.state.value)
        known.state = after
        known.turn += 1

    def _tell(self, fact: CallFact) -> None:
        if self._ear is not None:
            self._ear.heard(fact)

    # time, inside the door

    def _later(self, call: CallId, seconds: float, do: Callable[[], None]) -> None:
        """Unless something is done with the call before."""
        planned, turn = self._calls[call], self._calls[call].turn

        def still() -> None:
            if self._calls.get(call) is planned and planned.turn == turn:
                do()

        self._in(seconds, still)

    def _in(self, seconds: float, do: Callable[[], None]) -> None:
        heapq.heappush(self._plan, (self._now() + seconds, next(self._order), do))
        self._door.notify()

    def _now(self) -> float:
        return (time.monotonic() - self._began) * self._speed

    def _live(self) -> None:
        with self._door:
            while self._ear is not None:
                if self._plan and self._plan[0][0] <= self._now():
                    heapq.heappop(self._plan)[2]()
                else:
                    wait = (self._plan[0][0] - self._now()) / self._speed if self._plan else None
                    self._door.wait(wait if wait is None else max(0.0, wait))
