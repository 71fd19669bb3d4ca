"""Drafts: what is being typed, on disk from the first keystroke, with the number it will carry."""

import msgspec

from console.desk.acts import judge, store_act
from console.desk.changes import Cause, Changes
from console.desk.draft_files import attach_bodies, mark_given
from console.desk.draft_rows import KEEP, put_draft
from console.desk.errors import NotHere
from console.desk.holdings import Holdings
from console.desk.journal import save_new
from console.desk.mending import draft_of, refused_report, report_again
from console.desk.rows import Done, Draft
from console.desk.standing import confirmed_of, restand
from console.domain import fields
from console.domain.case import Case, Channel
from console.domain.command import AddNote, AnyBody, Assign, Command, EditReport, FieldChange, LogReport
from console.domain.identity import new_id
from console.domain.number import make_number
from console.domain.zone import month_code
from console.models.drafts import DISCARDED, GIVEN, HANDED, OPEN, SAVED
from console.models.letters import WAITING
from console.models.times import to_ms

_draft = msgspec.json.Decoder(Draft)
_replace = msgspec.structs.replace


def open_draft(held: Holdings, channel: Channel) -> Draft:
    """Take the next number and put the first draft on disk, both or neither."""
    now, station = held.clock.now(), held.actor.station
    month = month_code(now)
    with held.store.transaction():
        number = make_number(month, station, held.counters.take(station, month))
        draft = Draft(
            id=new_id(),
            case=new_id(),
            number=number,
            station=station,
            user=held.actor.user,
            opened_at=now,
            saved_at=now,
            channel=channel,
        )
        put_draft(held, draft)
    held.tell(Changes(cause=Cause.HERE, drafts=True))
    return draft


def save_draft(held: Holdings, draft: Draft) -> Draft:
    """Write what is typed so far. One that was saved as a report or handed on meanwhile stays as it is; a
    discarded one too, unless there is more in it now: then it is open again, for nothing typed is lost."""
    state = held.drafts.state(draft.id)
    if state in (SAVED, HANDED, GIVEN) or (state == DISCARDED and _same_words(held, draft)):
        return draft
    saved = _replace(draft, saved_at=held.clock.now())
    with held.store.transaction():
        put_draft(held, saved)
    if state == DISCARDED:
        held.tell(Changes(cause=Cause.HERE, drafts=True))
    return saved


def _same_words(held: Holdings, draft: Draft) -> bool:
    """Whether the disk has all of it; where the cursor stood does not count."""
    body = held.drafts.get(draft.id)
    if body is None:
        return False
    kept = _draft.decode(body)
    return _replace(draft, saved_at=kept.saved_at, focus=kept.focus, caret=kept.caret) == kept


def open_drafts(held: Holdings) -> tuple[Draft, ...]:
    """Those that are neither saved nor discarded, oldest first."""
    return tuple(_draft.decode(body) for body in held.drafts.open())


def discard(held: Holdings, draft_id: str) -> None:
    """Out of sight; kept for seven days. Its number is not used again."""
    if held.drafts.state(draft_id) in (HANDED, GIVEN):
        return
    with held.store.transaction():
        held.drafts.end(draft_id, DISCARDED, to_ms(held.clock.now() + KEEP))
    held.tell(Changes(cause=Cause.HERE, drafts=True))


def take_back(held: Holdings, draft_id: str) -> Draft:
    """A discarded or saved one, open again. Raises NotHere after its seven days, and for one handed on."""
    with held.store.transaction():
        body = held.drafts.get(draft_id)
        if body is None or held.drafts.state(draft_id) in (HANDED, GIVEN):
            raise NotHere(draft_id)
        draft = _replace(_draft.decode(body), saved_at=held.clock.now())
        put_draft(held, draft)
    held.tell(Changes(cause=Cause.HERE, drafts=True))
    return draft


def reopen(held: Holdings, case_id: str) -> bool:
    """After an undo: the draft that the case was logged from, open again and marked as logged. Its note
    stands in the timeline already."""
    body = held.drafts.of_case(case_id)
    if body is None:
        return False
    put_draft(held, _replace(_draft.decode(body), logged=True, note=""))
    return True


def open_refused(held: Holdings, command_id: str) -> Draft:
    """A report that came back, as a draft again with everything that was typed. Its note and what else was
    done on the case wait behind it. Raises NotHere."""
    letter = held.letters.get(command_id)
    refused = refused_report(held, letter.case) if letter is not None else None
    if letter is None or refused is None or refused.id != command_id:
        raise NotHere(command_id)
    body = held.drafts.of_case(letter.case)
    draft = draft_of(held, letter) if body is None else _draft.decode(body)
    if body is None or held.drafts.state(draft.id) != OPEN:
        draft = _replace(draft, logged=True, note="", saved_at=held.clock.now())
        with held.store.transaction():
            put_draft(held, draft)
    held.tell(Changes(cause=Cause.HERE, drafts=True))
    return draft


def log_report(
    held: Holdings, draft: Draft, body: LogReport, assign: Assign | None, note: AddNote | None
) -> Done:
    """Save a draft as a report, and forward it; a new one by way of the journal.

    Raises RefusedHere (nothing stored, the draft stays), NotHere (handed on), StoreFull.
    """
    body = _replace(held.calls.timed(draft.id, body), handed=draft.handed)
    files = attach_bodies(held, draft.case)
    more: list[AnyBody] = [extra for extra in (note, *files, assign) if extra is not None]
    saved = _replace(draft, saved_at=held.clock.now())
    if held.drafts.state(draft.id) in (HANDED, GIVEN):
        raise NotHere(draft.id)
    case, refused = held.cases.get(draft.case), refused_report(held, draft.case)
    if case is None and refused is None:
        judged = judge(held, draft.case, None, [body, *more])
        save_new(held, saved, judged)
        held.calls.saved(draft.id, draft.case)
        return judged.done
    with held.store.transaction():
        if refused is not None:
            done = report_again(held, refused, body, more)
        elif case is not None:
            done = _log_again(held, case, body, more)
        mark_given(held, draft.case, files)
        put_draft(held, saved, SAVED)
    held.calls.saved(draft.id, draft.case)
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({draft.case}), outbox=True, drafts=True))
    return done


def _log_again(held: Holdings, case: Case, body: LogReport, more: list[AnyBody]) -> Done:
    """Saved before and undone: a report that never left is rewritten, any other is edited."""
    if (unsent := _unsent_report(held, case.id)) is not None:
        held.letters.replace_body(_replace(unsent, body=body), body.title)
        restand(held, case.id, confirmed_of(held, case.id))
        bodies = more
    elif (edit := edit_between(case, body)) is not None:
        bodies = [edit, *more]
    else:
        bodies = more
    if not bodies:
        return Done(case=case.id, number=case.number, commands=(), undo_until=None)
    done, _ = store_act(held, case.id, bodies)
    logged = [x.id for x in held.letters.of_case(case.id) if x.command.kind == "log_report"]
    return _replace(done, commands=(*logged, *done.commands))


def _unsent_report(held: Holdings, case_id: str) -> Command | None:
    """The report's command, while the centre cannot know it yet."""
    for letter in held.letters.of_case(case_id):
        if isinstance(letter.command.body, LogReport) and letter.state == WAITING and not letter.offered:
            return letter.command
    return None


def edit_between(case: Case, body: LogReport) -> EditReport | None:
    """The fields of `body` that differ from the case, with both values; None where all are equal."""
    wanted = {name: msgspec.to_builtins(getattr(body, name)) for name in fields.SHAPES}
    changed = {
        name: FieldChange(fields.plain(case, name), value)
        for name, value in wanted.items()
        if not fields.same(case, name, value)
    }
    return EditReport(fields=changed) if changed else None
