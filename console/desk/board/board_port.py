"""The port of the synchronization to what the board is told."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from console.desk.board import desk_days, scoring
from console.desk.changes import Changes
from console.desk.holdings import Holdings
from console.domain.table import DISPATCHERS, OPERATORS, SUPERVISORS
from console.protocol.board import DeskDay, SampleScore

T = TypeVar("T")


class BoardPort:
    """A part of the port: every method blocks."""

    _held: Holdings

    def _on_worker(self, work: Callable[[], T]) -> T:
        return self._held.worker.wait(lambda: self._held.guarded(work))

    def _publish(self, changes: Changes | None) -> None:
        if changes is not None:
            self._held.feed.publish(changes)

    def day_to_tell(self) -> DeskDay | None:
        """What this desk did today; None where nobody is signed in who takes calls."""
        if self._held.actor.role not in OPERATORS:
            return None
        return self._on_worker(lambda: desk_days.own_day(self._held))

    def apply_days(self, days: Sequence[DeskDay]) -> None:
        """What the centre told of all desks; nothing to those who do not lead."""
        if self._held.actor.role in DISPATCHERS:
            now = self._held.clock.now()
            self._publish(self._on_worker(lambda: desk_days.take_days(self._held, days, now)))

    def has_scores(self) -> bool:
        """Whether whoever is signed in may know of them."""
        return self._held.actor.role in SUPERVISORS

    def scores_to_tell(self) -> list[SampleScore]:
        """Those that the centre has not heard of as they are."""
        return self._on_worker(lambda: scoring.to_tell(self._held))

    def scores_version(self) -> int:
        """The centre's version up to which all are here."""
        return self._on_worker(lambda: scoring.scores_after(self._held))

    def apply_scores(self, told: Sequence[SampleScore], version: int | None = None) -> None:
        """The centre's word on some; with `version`, up to there all is here."""
        self._publish(self._on_worker(lambda: scoring.take_scores(self._held, told, version)))
