"""Which case is open at this desk, and who has which open elsewhere: in memory, and only while it is known.

Nothing here is kept: a colleague of whom nothing was heard for half a minute is not shown as being there.
"""

import threading
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.steady import steady
from console.protocol.wire import Presence

LASTS_S = 30.0  # as long as the centre itself believes a desk that says nothing more


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague at another desk who has a case open. `typing`: an act on it is being written there."""

    user: str
    name: str
    station: str
    typing: bool = False


class Looking(NamedTuple):
    """What is open here, as the centre is told."""

    case: str | None = None
    typing: bool = False


class _Heard(NamedTuple):
    line: Presence
    at: float  # on the steady clock


class Colleagues:
    """Any thread. `here`: this desk's station, which is never its own colleague; `tell` hears which cases
    changed hands."""

    def __init__(
        self,
        here: Callable[[], str],
        tell: Callable[[Changes], None],
        steady: Callable[[], float] = steady,
    ) -> None:
        self._here, self._tell, self._steady = here, tell, steady
        self._door = threading.Lock()
        self._heard: dict[tuple[str, str], _Heard] = {}
        self._looking = Looking()
        self._movers: list[Callable[[], None]] = []

    # here

    @property
    def looking(self) -> Looking:
        """What is open here now."""
        return self._looking

    def look(self, case: str | None, typing: bool = False) -> None:
        """Another case is open here, or none."""
        looking = Looking(case, typing and case is not None)
        if looking != self._looking:
            self._looking = looking
            for moved in tuple(self._movers):
                moved()

    def on_moved(self, moved: Callable[[], None]) -> None:
        """Call `moved` whenever something else is open here, in the thread that says so."""
        self._movers.append(moved)

    # elsewhere

    def at(self, case: str) -> tuple[Present, ...]:
        """Who has this case open at another desk, by name."""
        since = self._steady() - LASTS_S
        with self._door:
            lines = [heard.line for heard in self._heard.values() if heard.at > since]
        found = [
            Present(user=line.user, name=line.name, station=line.station, typing=line.typing)
            for line in lines
            if line.case == case and line.station != self._here()
        ]
        return tuple(sorted(found, key=lambda present: (present.name, present.station)))

    @property
    def any(self) -> bool:
        """Whether somebody is known to have something open."""
        return any(heard.line.case is not None for heard in self._heard.values())

    def heard(self, line: Presence) -> None:
        """The stream told of one of them."""
        with self._door:
            touched = self._put(line, self._steady())
        self._say(touched)

    def board(self, lines: Iterable[Presence], asked_at: float) -> None:
        """All of them, as the centre answered a question asked at `asked_at` (on the steady clock). What was
        heard after that is newer."""
        now = self._steady()
        touched = set[str]()
        with self._door:
            newer = {key for key, heard in self._heard.items() if heard.at >= asked_at}
            told = {(line.user, line.station): line for line in lines}
            for key in [key for key in self._heard if key not in told and key not in newer]:
                touched |= _case_of(self._heard.pop(key))
            for key, line in told.items():
                if key not in newer:
                    touched |= self._put(line, now)
        self._say(touched)

    def _put(self, line: Presence, now: float) -> set[str]:
        """Cases of which something else is true now."""
        key = (line.user, line.station)
        before = self._heard.get(key)
        self._heard[key] = _Heard(line, now)
        if before is not None and before.line == line and now - before.at < LASTS_S:
            return set()
        return (_case_of(before) if before is not None else set()) | _case_of(self._heard[key])

    def lost(self) -> None:
        """Nothing is known of anybody: the line was away for long, or this machine slept."""
        with self._door:
            touched = {case for heard in self._heard.values() for case in _case_of(heard)}
            self._heard.clear()
        self._say(touched)

    def sweep(self) -> None:
        """Forget those of whom nothing was heard for too long."""
        since = self._steady() - LASTS_S
        with self._door:
            gone = [key for key, heard in self._heard.items() if heard.at <= since]
            touched = {case for key in gone for case in _case_of(self._heard.pop(key))}
        self._say(touched)

    def next_end_s(self) -> float | None:
        """Seconds until the next of them is to be swept; None: there is nobody."""
        with self._door:
            first = min((heard.at for heard in self._heard.values()), default=None)
        return None if first is None else max(0.0, first + LASTS_S - self._steady())

    def _say(self, cases: set[str]) -> None:
        if cases:
            self._tell(Changes(cause=Cause.CENTRE, presence=frozenset(cases)))


def _case_of(heard: _Heard) -> set[str]:
    return {heard.line.case} if heard.line.case is not None else set()
