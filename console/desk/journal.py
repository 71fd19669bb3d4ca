"""A new report is saved twice: as it was given, in one small commit, and written up right behind it.

The first makes it durable: its commands and its draft as one row of the journal, as little as a disk can be
asked for. Then whoever saved is told so. The second - letters, case, timeline, search words, the draft's
end - follows on the same thread before anything else is asked there, and takes the row out of the journal
in the same commit. After a kill or a full disk between the two, the opening of the store (or the next
write) does it: nothing that was reported saved is lost, and nothing is written up twice.
"""

from datetime import datetime

import msgspec

from console.desk.acts import Judged, write_case
from console.desk.changes import Cause, Changes
from console.desk.draft_files import mark_given
from console.desk.draft_rows import put_draft
from console.desk.holdings import Holdings
from console.desk.rows import Draft
from console.desk.standing import restand
from console.domain.command import Attach, Command, LogReport
from console.domain.telephone import CallKind
from console.models.drafts import SAVED
from console.models.letters import HELD, WAITING
from console.models.times import to_ms


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A report with what was said with it. `holds`: until when each command may be undone."""

    commands: tuple[Command, ...]
    holds: tuple[datetime | None, ...]
    draft: Draft


_encode = msgspec.json.Encoder().encode
_entry = msgspec.json.Decoder(Entry)


def save_new(held: Holdings, draft: Draft, judged: Judged) -> None:
    """Make it durable; it is written up when the caller has its answer. Raises StoreFull: nothing stored."""
    entry = Entry(commands=judged.folded.commands, holds=judged.holds, draft=draft)
    with held.store.transaction():
        n = held.journal.append(_encode(entry))
    case = frozenset({draft.case})
    news = Changes(cause=Cause.HERE, cases=case, added=case, outbox=True, drafts=True)
    held.owe(lambda: _write_up(held, n, entry, judged), news)


def recover(held: Holdings) -> None:
    """At the opening: what an end in the middle has left. The feed has no listener yet."""
    for n, body in held.journal.entries():
        _write_up(held, n, _entry.decode(body))


def _write_up(held: Holdings, n: int, entry: Entry, judged: Judged | None = None) -> None:
    """In one transaction; without `judged` the commands are folded anew. It need not wait for the disk: a
    power cut that takes it back leaves the entry in the journal."""
    case_id = entry.draft.case
    with held.store.relaxed(), held.store.transaction():
        _append(held, entry)
        if judged is not None:
            write_case(held, judged.folded, blocked=False)
        else:
            restand(held, case_id, None)
            held.cases.mark_seen(case_id)
        mark_given(held, case_id, [c.body for c in entry.commands if isinstance(c.body, Attach)])
        put_draft(held, entry.draft, SAVED)
        held.calls.log.saved(entry.draft.id, case_id, CallKind.REPORT, to_ms(entry.commands[0].at))
        held.journal.drop(n)


def _append(held: Holdings, entry: Entry) -> None:
    report = entry.commands[0].body
    assert isinstance(report, LogReport)
    for command, hold in zip(entry.commands, entry.holds, strict=True):
        state, hold_ms = (HELD, to_ms(hold)) if hold else (WAITING, None)
        held.letters.append(command, report.number, report.title, state, hold_ms=hold_ms)
