"""What every telephone line offers, whatever is behind it."""

from typing import Protocol

from console.desk.errors import LineError
from console.domain.telephone import CallFact, CallId, LineState

__all__ = ["Ear", "LineError", "TelephoneLine"]


class Ear(Protocol):
    """Who listens. Both are called in a thread of the line's, in the order in which things happened; they
    return at once and raise nothing."""

    def heard(self, fact: CallFact) -> None: ...
    def line_is(self, state: LineState) -> None: ...


class TelephoneLine(Protocol):
    """A line, driven from one thread that may wait (never the interface's).

    `start` returns at once; connecting and connecting anew after a break (full jitter) is the line's own
    affair and shown by `line_is`. A break tells each call that it cannot follow any more as ended (FAILED),
    and raises nothing. Acts raise LineError where the other side refuses, does not answer within 5 s, the
    line is down, the call is unknown, or does not offer it; what came of an act is heard as a fact, also
    where somebody did it at the telephone itself. `stop` ends all threads and sockets, safe to call twice;
    calls go on at the exchange.
    """

    @property
    def state(self) -> LineState: ...
    def start(self, ear: Ear) -> None: ...
    def answer(self, call: CallId) -> None: ...
    def hold(self, call: CallId) -> None: ...
    def resume(self, call: CallId) -> None: ...
    def transfer(self, call: CallId, number: str) -> None: ...
    def hang_up(self, call: CallId) -> None: ...
    def dial(self, number: str) -> CallId: ...
    def rest(self, on: bool) -> None: ...
    def stop(self) -> None: ...
