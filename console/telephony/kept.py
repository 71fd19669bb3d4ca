"""A line on a connection that is kept: made, followed, and after a break made anew with full jitter.

One thread of the line's own does all of it. Whoever acts leaves what is to be sent, and waits for the answer.
"""

import logging
import random
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import count
from typing import Generic, TypeVar

import msgspec

from console.desk.errors import LineDown, LineError, LineOffersNot
from console.domain.telephone import CallFact, CallId, Ended, Ending, LineState, Offer
from console.telephony.line import Ear
from console.telephony.wire import Bell, CalledOff, Wire

_replace = msgspec.structs.replace
log = logging.getLogger(__name__)
R = TypeVar("R")
ANSWER_S = 5.0
STOP_S = 5.0
FIRST_S, MOST_S = 1.0, 20.0
LOCKED_OUT_S = (30.0, 120.0)
"""After a refused sign-in: more often would have the exchange shut this address out."""
_DIALABLE = re.compile(r"\A\+?[0-9*#]{1,32}\Z")


class Broke(Exception):
    """The connection is over, or was not made: `why` and `detail` of the line's state."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.why, self.detail = why, detail


def pause(why: str, failures: int) -> float:
    """Seconds until it is tried anew: anything up to a limit that doubles with every failure."""
    if why == "no_login":
        return random.uniform(*LOCKED_OUT_S)
    return random.uniform(0.0, min(MOST_S, FIRST_S * 2.0 ** min(failures, 10)))


def dialable(number: str) -> str:
    """The number, if it is one. Raises LineError."""
    if not _DIALABLE.match(number):
        raise LineError("not a number")
    return number


class KeptLine(ABC, Generic[R]):
    """`R`: what the other side answers to an act."""

    def __init__(self, kind: str, pause: Callable[[str, int], float] = pause) -> None:
        self._state = LineState(kind=kind, up=False, why="starting")
        self._pause = pause
        self._ear: Ear | None = None
        self._bell = Bell()
        self._wire: Wire | None = None
        self._door = threading.Condition()
        self._tokens = count(1)
        self._answers: dict[str, R | None] = {}
        self._failures = 0
        self._thread = threading.Thread(target=self._live, name=f"telephone {kind}", daemon=True)

    @property
    def state(self) -> LineState:
        """As it was told last."""
        return self._state

    def start(self, ear: Ear) -> None:
        """Begin to connect."""
        self._ear = ear
        ear.line_is(self._state)
        self._thread.start()

    def stop(self) -> None:
        """Hang up the connection, not the calls."""
        with self._door:
            self._ear = None
            self._bell.call_off()
            self._door.notify_all()
        if self._thread.is_alive():
            self._thread.join(STOP_S)  # a name server that is asked cannot be called off
        if not self._thread.is_alive():
            self._bell.close()

    # for the kinds of line, in the line's thread

    @abstractmethod
    def _session(self) -> None:
        """Connect and follow until it breaks. Raises Broke, OSError, CalledOff."""

    @abstractmethod
    def _running(self) -> tuple[CallId, ...]:
        """Calls that were told and not ended; forgets them."""

    def _where(self) -> str:
        """What the state is about."""
        return ""

    def _stands(
        self, up: bool, why: str = "", detail: str = "", offers: frozenset[Offer] = frozenset()
    ) -> None:
        state = _replace(self._state, up=up, why=why, detail=detail, offers=offers)
        if state == self._state:
            return
        level = logging.INFO if up or why == "starting" else logging.WARNING
        log.log(level, "%s line: %s", state.kind, why or "up")
        self._state = state
        self._failures = 0 if up else self._failures
        ear = self._ear
        if ear is not None:
            ear.line_is(state)

    def _rests(self, on: bool) -> None:
        """The other side has agreed; it keeps to it through a break."""
        self._state = _replace(self._state, resting=on)
        ear = self._ear
        if ear is not None:
            ear.line_is(self._state)

    def _tell(self, facts: list[CallFact]) -> None:
        ear = self._ear
        if ear is not None:
            for fact in facts:
                ear.heard(fact)

    def _answered(self, token: str, answer: R) -> None:
        with self._door:
            if token in self._answers:
                self._answers[token] = answer
                self._door.notify_all()

    # for the acts, in a thread that may wait

    def _ask(self, said: Callable[[str], bytes], token: str = "") -> R:
        """What the other side answers. Raises LineError."""
        token = token or str(next(self._tokens))
        with self._door:
            wire = self._wire
            if wire is None or not self._state.up:
                raise LineDown(self._state.why)
            self._answers[token] = None
        try:
            wire.put(said(token))
        except OSError as error:
            raise LineError("not sent") from error
        with self._door:
            self._door.wait_for(lambda: self._answers[token] is not None or self._wire is not wire, ANSWER_S)
            answer = self._answers.pop(token)
        if answer is None:
            raise LineError("no answer")
        return answer

    def _until(self, true: Callable[[], bool], seconds: float = ANSWER_S) -> bool:
        """Whether it becomes so within a while. What changes it notifies `_door`."""
        with self._door:
            return (
                self._door.wait_for(lambda: self._bell.over.is_set() or self._wire is None or true(), seconds)
                and true()
            )

    def _can(self, offer: Offer) -> None:
        if not self._state.up:
            raise LineDown(self._state.why)
        if offer not in self._state.offers:
            raise LineOffersNot(offer.value)

    def _live(self) -> None:
        while not self._bell.over.is_set():
            why, detail = "lost", self._where()
            try:
                self._session()
            except Broke as broke:
                why, detail = broke.why, broke.detail or detail
            except CalledOff:
                log.debug("%s line: called off", self._state.kind)
            except OSError as error:
                log.info("%s line: %s", self._state.kind, type(error).__name__)
            self._break()
            if not self._bell.over.is_set():
                self._stands(False, why, detail)
                self._failures += 1
                self._bell.over.wait(self._pause(why, self._failures))

    def _break(self) -> None:
        with self._door:
            wire, self._wire = self._wire, None
            ended: list[CallFact] = [Ended(call=call, how=Ending.FAILED) for call in self._running()]
            self._door.notify_all()
        if wire is not None:
            wire.close()
        self._tell(ended)
