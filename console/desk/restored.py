"""The centre was restored from a backup: it is behind what this desk has seen of it.

What it forgot is not known, so nothing that it said counts any more: its cases are filled in anew, its
reference data read from the start. What was given at this desk stays: drafts, what waits, what came back, the
bin. Commands that the centre had accepted are given again under their own ids, as far back as this desk keeps
them: a centre that knows one repeats its verdict, one that forgot it decides anew, and its author hears of it
if that is a refusal. No case is carried over from here: where nobody has a command of it any more, the
centre's word is that there is none.
"""

from console.desk import handing, shift_book
from console.desk.board.scoring import VERSION as SCORES_VERSION
from console.desk.changes import Cause, Changes
from console.desk.holdings import Holdings
from console.desk.number_notes import VERSION as NOTES_VERSION
from console.desk.standing import restand
from console.desk.views import VERSION
from console.desk.window import FILLED_FROM, PUT_AWAY

AGAIN = "fill.again"
"""A fact in `meta` as long as the fill after a restored backup is not complete."""
SEEN = "ledger.seen"
"""The newest event that came by a pull or the fill, as `seq.id`."""
_FILL = ("fill.cursor", "fill.next", "fill.done", "fill.total", FILLED_FROM)
_FORGOTTEN = ("cursor", SEEN, "reference", VERSION, NOTES_VERSION, SCORES_VERSION, PUT_AWAY, *_FILL)


def begin_again(held: Holdings) -> Changes:
    """In one transaction; the fill follows. Cases with commands of this desk stand on those alone until
    then."""
    with held.store.transaction():
        held.letters.give_sent_again()
        held.cases.clear()
        held.confirmed.clear()
        held.reference_items.clear()
        held.saved_views.tell_again()
        held.number_notes.tell_again()
        held.sample_scores.tell_again()
        handing.tell_again(held)
        shift_book.tell_again(held)
        for case_id in held.letters.cases():
            restand(held, case_id, None)
        for key in _FORGOTTEN:
            held.meta.set(key, None)
        held.meta.set(AGAIN, "1")
    return Changes(cause=Cause.CENTRE, filled=True, outbox=True)
