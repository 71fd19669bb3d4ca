"""Commands on which the centre failed although it was well: waited for, then set aside for their author."""

import time
from collections.abc import Callable, Iterable

import msgspec

from console.domain.command import Command
from console.sync.pace import Backoff, Pace

SEVERAL = 3


class _Suspect(msgspec.Struct, kw_only=True):
    case: str
    others_go: bool  # another command got through while this one failed: the fault is this one's
    failures: int = 0
    due: float = 0.0


class Suspects:
    """Keeps order per case: while a suspect waits, the later commands of its case wait with it."""

    def __init__(self, pace: Pace, backoff: Backoff, steady: Callable[[], float] = time.monotonic) -> None:
        self._pace, self._backoff, self._steady = pace, backoff, steady
        self._by_id: dict[str, _Suspect] = {}
        self._went = False

    def may_go(self, commands: Iterable[Command]) -> list[Command]:
        """Those that are not of a case whose suspect still waits."""
        now = self._steady()
        waiting = {s.case for s in self._by_id.values() if s.due > now}
        return [c for c in commands if c.case not in waiting]

    def batch_begins(self) -> None:
        """What goes through from now on goes through beside the ones that fail from now on."""
        self._went = False

    def delivered(self, commands: Iterable[Command]) -> None:
        """The centre gave verdicts on these."""
        self._went = True
        for command in commands:
            self._by_id.pop(command.id, None)
        for suspect in self._by_id.values():
            suspect.others_go = True

    def failed(self, command: Command) -> bool:
        """One more failure on it. True: give it up."""
        suspect = self._by_id.setdefault(command.id, _Suspect(case=command.case, others_go=self._went))
        suspect.failures += 1
        suspect.due = self._steady() + self._backoff.after(suspect.failures)
        return suspect.failures >= (self._pace.patience if suspect.others_go else self._pace.long_patience)

    def given_up(self, command: Command) -> None:
        """It is with its author now."""
        self._by_id.pop(command.id, None)

    @property
    def nothing_goes(self) -> bool:
        """Several fail and none gets through: the centre's fault, no command's."""
        return len(self._by_id) >= SEVERAL and not any(s.others_go for s in self._by_id.values())

    def next_due_s(self) -> float | None:
        """Seconds until one may be tried again; None: there is none."""
        if not self._by_id:
            return None
        return max(0.0, min(s.due for s in self._by_id.values()) - self._steady())
