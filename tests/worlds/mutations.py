"""Deliberate bugs, to be switched on one at a time: a world that catches none of them proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tests.worlds import bugs_centre, bugs_desk
from tests.worlds.bugs_centre import Patch
from tests.worlds.steps import History, Step, history


class Mutation(NamedTuple):
    """A bug in words, and what it puts in the place of what."""

    what: str
    patches: Callable[[], list[Patch]]


@contextmanager
def switched_on(mutation: Mutation) -> Iterator[None]:
    """The bug is in, until the end."""
    patches = mutation.patches()
    before = [(place, name, place.__dict__[name]) for place, name, _ in patches]
    for place, name, value in patches:
        setattr(place, name, value)
    try:
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


MUTATIONS: dict[str, Mutation] = {
    "plain_sequence": Mutation(
        "numbers by a plain sequence, committed in any order", bugs_centre.plain_sequence
    ),
    "answer_before_commit": Mutation(
        "verdicts are answered before they are committed", bugs_centre.answer_before_commit
    ),
    "verdict_stored_apart": Mutation(
        "what a command did is stored before its verdict", bugs_centre.verdict_stored_apart
    ),
    "forgotten_at_restart": Mutation(
        "verdicts are remembered in memory only", bugs_centre.forgotten_at_restart
    ),
    "folded_backwards": Mutation("a request's commands are folded last first", bugs_centre.folded_backwards),
    "cursor_of_the_end": Mutation("a snapshot carries the cursor of its end", bugs_centre.cursor_of_the_end),
    "new_id_on_retry": Mutation("a command sent again bears a new id", bugs_desk.new_id_on_retry),
    "gone_before_the_answer": Mutation(
        "a command leaves the outbox when it is sent", bugs_desk.gone_before_the_answer
    ),
    "sent_backwards": Mutation("the outbox is sent last first", bugs_desk.sent_backwards),
    "held_sent_early": Mutation("what rests for an undo is sent at once", bugs_desk.held_sent_early),
    "nothing_held_back": Mutation("later commands go on behind a refused one", bugs_desk.nothing_held_back),
    "undo_of_what_left": Mutation("undo takes back what was offered already", bugs_desk.undo_of_what_left),
    "refusal_dropped": Mutation("a refused command is thrown away", bugs_desk.refusal_dropped),
    "split_reordered": Mutation("a failing batch is split, its second half first", bugs_desk.split_reordered),
    "leftover_dropped": Mutation(
        "fields that the centre left out of an edit are forgotten", bugs_desk.leftover_dropped
    ),
    "rebase_forgotten": Mutation(
        "changes to cases with waiting commands are passed over", bugs_desk.rebase_forgotten
    ),
    "older_revision_wins": Mutation(
        "a late answer sets the confirmed copy back", bugs_desk.older_revision_wins
    ),
    "cursor_first": Mutation("the cursor is stored before the cases", bugs_desk.cursor_first),
    "bookmark_first": Mutation("a fill's place is stored before its cases", bugs_desk.bookmark_first),
    "draft_ended_first": Mutation("a draft ends before its report is stored", bugs_desk.draft_ended_first),
    "journal_dropped_first": Mutation(
        "the journal forgets before it is written up", bugs_desk.journal_dropped_first
    ),
    "never_synced": Mutation(
        "after a first fill commits no longer wait for the disk", bugs_desk.never_synced
    ),
}

CAUGHT_BY = {
    "plain_sequence": 83,
    "answer_before_commit": 14,
    "verdict_stored_apart": 0,
    "forgotten_at_restart": 14,
    "folded_backwards": 0,
    "cursor_of_the_end": 3,
    "new_id_on_retry": 0,
    "gone_before_the_answer": 0,
    "sent_backwards": 0,
    "held_sent_early": 1,
    "nothing_held_back": 2,
    "undo_of_what_left": 14,
    "refusal_dropped": 1,
    "split_reordered": 7,
    "leftover_dropped": 124,
    "rebase_forgotten": 1,
    "cursor_first": 38,
    "bookmark_first": 44,
    "journal_dropped_first": 33,
    "never_synced": 0,
}
"""Bug -> the first history that catches it."""

BY_HAND = {
    # done, answered by a 500, changed by somebody else, pulled; then the old verdict is asked for again
    "older_revision_wins": (
        Step(do="round", who=0),
        Step(do="round", who=1),
        Step(do="act", who=0, what="note"),
        Step(do="act", who=1, what="title", b=1),
        Step(do="fate", who=0, what="bug_after", b=1),
        Step(do="round", who=0),
        Step(do="round", who=1),
        Step(do="round", who=0),
        Step(do="wait", a=11_000),
        Step(do="round", who=0),
    ),
    # killed between the end of the draft and the report
    "draft_ended_first": (
        Step(do="act", who=0, what="open"),
        Step(do="kill", who=0, what="after"),
        Step(do="act", who=0, what="save"),
        Step(do="go", who=0, a=4),
    ),
}
"""Bug -> the steps that lead to it, where seeds come there too seldom."""


def catching(name: str) -> History:
    """The history that is known to catch a bug."""
    if name in CAUGHT_BY:
        return history(CAUGHT_BY[name])
    return History(seed=-1, consoles=2, agencies=0, cases=1, skews=(0, 0), steps=BY_HAND[name])
