"""The same matter again: what was typed for a call goes to a case that is there, instead of a new one."""

import msgspec

from console.desk.acts import store_act
from console.desk.changes import Cause, Changes
from console.desk.draft_files import attach_bodies
from console.desk.draft_rows import KEEP, put_draft
from console.desk.holdings import Holdings
from console.desk.rows import Done, Draft
from console.domain.command import AddCall, AddNote, AnyBody, Attach
from console.models.drafts import DISCARDED
from console.models.times import to_ms


def add_call(held: Holdings, draft: Draft, case_id: str, body: AddCall, note: AddNote | None) -> Done:
    """The call onto the case, with the draft's note and files; the draft is closed (kept for seven days), its
    telephone call is the case's. Raises RefusedHere, NotHere, StoreFull: nothing stored, the draft stays."""
    files = attach_bodies(held, draft.case)
    bodies: list[AnyBody] = [held.calls.timed(draft.id, body)]
    bodies += [extra for extra in (note, *files) if extra is not None]
    with held.store.transaction():
        done, folded = store_act(held, case_id, bodies)
        given = {c.body.sha256: c.id for c in folded.commands if isinstance(c.body, Attach)}
        held.attachments.moved(draft.case, case_id, given)
        now = held.clock.now()
        put_draft(held, msgspec.structs.replace(draft, saved_at=now))
        held.drafts.end(draft.id, DISCARDED, to_ms(now + KEEP))
    held.calls.saved(draft.id, case_id)
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({case_id}), outbox=True, drafts=True))
    return done
