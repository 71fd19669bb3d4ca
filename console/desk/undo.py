"""Undo: taking back what still rests on this desk."""

from collections.abc import Sequence

from console.desk.acts import HOLDABLE
from console.desk.changes import Cause, Changes
from console.desk.drafts import reopen
from console.desk.holdings import Holdings
from console.desk.standing import confirmed_of, restand
from console.models.letters import HELD, Letter


def undo(held: Holdings, command_ids: Sequence[str]) -> bool:
    """Take back what still rests on this desk: all that can be undone, or nothing.

    Commands that go at once (a report, a note) stay. A report saved and forwarded opens its draft again.
    Raises StoreFull, also where what was saved could not be written up yet.
    """
    held.settle()
    letters = [x for x in map(held.letters.get, command_ids) if x is not None]
    held_ones = [x for x in letters if x.state == HELD]
    undoable = [x for x in command_ids if _holdable(held, x, letters)]
    if not held_ones or len(held_ones) != len(undoable):
        return False
    cases = frozenset(x.case for x in held_ones)
    with held.store.transaction():
        for letter in held_ones:
            held.letters.delete(letter.id)
        for case_id in cases:
            restand(held, case_id, confirmed_of(held, case_id))
        reopened = _reopen_draft(held, letters)
    held.tell(Changes(cause=Cause.HERE, cases=cases, outbox=True, drafts=reopened))
    return True


def _holdable(held: Holdings, command_id: str, letters: Sequence[Letter]) -> bool:
    """Whether it was one that can be called back; one that is gone counts, so that half an undo is none."""
    found = next((x for x in letters if x.id == command_id), None)
    return found is None or found.state == HELD or found.command.kind in HOLDABLE


def _reopen_draft(held: Holdings, letters: Sequence[Letter]) -> bool:
    logged = [x.case for x in letters if x.command.kind == "log_report"]
    return sum(reopen(held, case_id) for case_id in logged) > 0
