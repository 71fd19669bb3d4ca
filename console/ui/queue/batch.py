"""The same act on many cases, one case after the other, each its own command: what was done, what the rules
refused, and taking back what can be taken back."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from console.desk.errors import DeskError, NotHere, RefusedHere
from console.desk.rows import Done, QueueRow
from console.domain.command import AnyBody
from console.ui.queue.list_desk import ListDesk

SLICE = 25  # rows read at once, right before they are acted on


class Refused(NamedTuple):
    """A case that was left as it is. `number`: "" where it is not here at all."""

    case: str
    number: str
    error: DeskError


class Batch:
    """`build`: the act on a case as it stands. `stopped`: what ended it before its time, if anything did;
    cases after that were not tried."""

    def __init__(self, desk: ListDesk, ids: Sequence[str], build: Callable[[QueueRow], AnyBody]) -> None:
        self._desk, self.ids, self._build = desk, tuple(ids), build
        self._user = desk.actor.user
        self.done: list[Done] = []
        self.refused: list[Refused] = []
        self.stopped: DeskError | None = None
        self.cancelled = False

    @property
    def tried(self) -> int:
        """How many cases were come to."""
        return len(self.done) + len(self.refused)

    def cancel(self) -> None:
        """No further cases; what was done stays done."""
        self.cancelled = True

    async def run(self, told: Callable[[], None]) -> None:
        """All of them; `told` after each. Raises nothing that is known: see `refused` and `stopped`."""
        for start in range(0, len(self.ids), SLICE):
            part = self.ids[start : start + SLICE]
            try:
                rows = await self._desk.rows(part)
                for case in part:
                    if self.cancelled or self._desk.actor.user != self._user:  # each acts for himself
                        return
                    await self._one(case, rows.get(case))
                    told()
            except DeskError as error:
                self.stopped = error
                return

    async def _one(self, case: str, row: QueueRow | None) -> None:
        if row is None:
            self.refused.append(Refused(case, "", NotHere()))
            return
        try:
            self.done.append(await self._desk.act(case, self._build(row)))
        except (RefusedHere, NotHere) as error:
            self.refused.append(Refused(case, row.number, error))

    @property
    def undoable(self) -> list[Done]:
        """Those that rest on this desk for a while."""
        return [done for done in self.done if done.undo_until is not None]

    async def take_back(self) -> tuple[list[str], int]:
        """Undo them, the last first: cases that were taken back, and how many had left already."""
        back, gone = list[str](), 0
        for done in reversed(self.undoable):
            if await self._desk.undo(done.commands):
                back.append(done.case)
            else:
                gone += 1
        return back, gone
