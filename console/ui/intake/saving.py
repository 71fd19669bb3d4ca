"""From a finished draft to a report on disk, forwarded or merged, and back again."""

import dataclasses
from dataclasses import dataclass
from typing import Protocol

from console.desk.connection import Connection
from console.desk.errors import DeskError
from console.desk.rows import CaseView, Done, Draft
from console.domain.case import Event
from console.domain.command import AddCall, AddNote, AnyBody, Assign, LogReport, Merge
from console.domain.text import clean
from console.ui.intake.reading import Reading
from console.ui.intake.report_bodies import add_call, assign, internal_note, log_report


class SavingDesk(Protocol):
    """What saving asks of the desk."""

    @property
    def connection(self) -> Connection: ...

    async def log_report(
        self, draft: Draft, body: LogReport, assign: Assign | None, note: AddNote | None = None
    ) -> Done: ...
    async def add_call(
        self, draft: Draft, case_id: str, body: AddCall, note: AddNote | None = None
    ) -> Done: ...
    async def act(self, case_id: str, *bodies: AnyBody) -> Done: ...
    async def case(self, case_id: str) -> CaseView | None: ...
    async def events(self, case_id: str, before: int, limit: int) -> tuple[Event, ...]: ...
    async def undo(self, command_ids: tuple[str, ...]) -> bool: ...
    async def take_back_draft(self, draft_id: str) -> Draft: ...


@dataclass(frozen=True)
class Saved:
    """A report on disk. `commands`: what an undo takes back; `lead`: name of the agency it goes to, or "";
    `into`: number of the report it was merged into, or ""; `undoable`: whether Ctrl+Z still can;
    `not_merged`: logged, but the merge failed for this reason; `again`: no report, but a further call about
    the one of `done`."""

    draft: Draft
    done: Done
    commands: tuple[str, ...]
    lead: str = ""
    into: str = ""
    undoable: bool = True
    not_merged: DeskError | None = None
    again: bool = False


async def save(desk: SavingDesk, draft: Draft, reading: Reading, forward: bool) -> Saved:
    """Raises RefusedHere, StoreFull, …: then nothing was stored and the draft stays."""
    given = assign(reading) if forward else None
    note = await _new_note(desk, draft)
    done = await desk.log_report(draft, log_report(draft, reading), given, note)
    lead = reading.lead.short if given and reading.lead else ""
    gone = given is not None and done.undo_until is None
    return Saved(draft, done, done.commands, lead=lead, undoable=not gone)


async def save_merged(desk: SavingDesk, draft: Draft, reading: Reading, into: str, number: str) -> Saved:
    """Logged, then merged into another report. Raises as `save`; a merge that fails leaves it logged."""
    saved = await save(desk, draft, reading, forward=False)
    try:
        done = await desk.act(saved.done.case, Merge(into=into))
    except DeskError as error:
        return dataclasses.replace(saved, not_merged=error)
    commands = (*saved.commands, *done.commands)
    return Saved(saved.draft, saved.done, commands, into=number, undoable=done.undo_until is not None)


async def save_again(desk: SavingDesk, draft: Draft, reading: Reading, case: str) -> Saved:
    """Onto a case that is there. Raises as `save`. An undo takes back the call; notes and files, which tell
    nobody, stay where they are, so there is none where it had any."""
    done = await desk.add_call(draft, case, add_call(draft, reading), internal_note(draft))
    alone = done.undo_until is not None and len(done.commands) == 1
    return Saved(draft, done, done.commands, undoable=alone, again=True)


async def _new_note(desk: SavingDesk, draft: Draft) -> AddNote | None:
    """The note, unless the report, saved before and undone, has it already."""
    note = internal_note(draft)
    if note is None or not draft.logged:
        return note
    view = await desk.case(draft.case)
    events = (*await desk.events(draft.case, view.earlier, view.earlier), *view.events) if view else ()
    there = any(e.kind == "add_note" and clean(str(e.data.get("text", ""))) == note.text for e in events)
    return None if there else note


async def take_back(desk: SavingDesk, saved: Saved) -> Draft | None:
    """The draft, open again; None where what was told to others has left already."""
    tells_others = bool(saved.lead or saved.into or saved.again)
    if tells_others and not await desk.undo(saved.commands):
        return None
    return await desk.take_back_draft(saved.draft.id)
