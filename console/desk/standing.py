"""How a case stands on this desk: the centre's copy with the waiting commands folded in, on disk."""

from collections.abc import Sequence

from console.desk.holdings import Holdings
from console.desk.rebase import Waiting, replay
from console.domain.case import Case, Event
from console.domain.command import LogReport
from console.models.case_rows import Local
from console.models.cases import Known, Stored
from console.models.letters import HELD_BACK, ON_THEIR_WAY, REFUSED, Letter


def confirmed_of(held: Holdings, case_id: str) -> Case | None:
    """The case as the centre last told it; None where it does not know it."""
    kept = held.confirmed.get(case_id)
    if kept is not None:
        return kept
    case = held.cases.get(case_id)
    return case if case is not None and case.revision else None


def restand(held: Holdings, case_id: str, confirmed: Case | None, events: Sequence[Event] = ()) -> None:
    """Write the case anew on top of `confirmed`, with new confirmed `events`. Inside a transaction.

    A case that the centre does not know and that has no command left is forgotten.
    """
    letters = held.letters.of_case(case_id)
    waiting = [Waiting(command=x.command, refused=x.state == REFUSED) for x in letters]
    replayed = replay(confirmed, waiting, held.reference, held.lookup)
    for letter in letters:
        if letter.unfit != (letter.id in replayed.unfit):
            held.letters.set_unfit(letter.id, letter.id in replayed.unfit)
    if confirmed is not None and _goes_ahead(letters):
        held.confirmed.keep(confirmed)
    else:
        held.confirmed.drop(case_id)
    if replayed.case is None:
        held.cases.remove(case_id)
        return
    known = held.cases.known([case_id])
    local = local_of(known.get(case_id), letters)
    held.cases.put([Stored(replayed.case, local, events, replayed.events)], known)


def _goes_ahead(letters: Sequence[Letter]) -> bool:
    """Whether the row differs, or may, from what the centre has."""
    return any(letter.state in ON_THEIR_WAY for letter in letters)


def local_of(known: Known | None, letters: Sequence[Letter]) -> Local:
    """The marks beside the row."""
    return Local(
        seen=known.seen if known else False,
        waiting=any(letter.state in ON_THEIR_WAY for letter in letters),
        attention=any(letter.state in (REFUSED, HELD_BACK) for letter in letters),
    )


def is_blocked(letters: Sequence[Letter]) -> bool:
    """Whether a refused command stands in the way of later ones of its case."""
    return any(letter.blocks and letter.state == REFUSED for letter in letters)


def never_taken(confirmed: Case | None, letter: Letter) -> bool:
    """A report that the centre does not know: without it, nothing else of its case can be done."""
    return confirmed is None and isinstance(letter.command.body, LogReport)
