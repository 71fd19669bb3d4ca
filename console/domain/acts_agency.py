"""Acts between the switchboard and the agencies: forwarding, accepting, returning, more time, results."""

from datetime import datetime

import msgspec

from console.domain import limits
from console.domain.case import Case, Deadline, Extension, Status
from console.domain.category import Clock
from console.domain.command import (
    Accept,
    AskExtension,
    Assign,
    GrantExtension,
    RefuseExtension,
    Resolve,
    Return,
    Rework,
    Withdraw,
)
from console.domain.deadline import ASSIGN, RESOLVE, deadline_for, due_by_hand, extended, term_of
from console.domain.given import Given, Step, decided, moved, withdrawn, without_empty
from console.domain.limits import unfit
from console.domain.refusal import Code

replace = msgspec.structs.replace


def assign(case: Case, body: Assign, given: Given) -> Step:
    """To a lead agency, if the one it means to replace still stands there (else lead_changed)."""
    if body.expects != case.lead:
        raise unfit(Code.LEAD_CHANGED, "lead", now=case.lead)
    lead = given.agency(body.lead, "lead")
    supporting = tuple(dict.fromkeys(given.agency(s, "supporting") for s in body.supporting if s != lead))
    deadline = _to_resolve(case, body.due, given)
    instruction = limits.optional(body.instruction, "instruction")
    instructions = {
        agency: limits.required(text, "instructions")
        for agency, text in body.instructions.items()
        if agency in supporting and text.strip()
    }
    case_after = moved(
        case,
        Status.ASSIGNED,
        lead=lead,
        supporting=supporting,
        instruction=instruction,
        instructions=instructions,
        released_to=tuple(agency for agency in case.released_to if agency in (lead, *supporting)),
        deadline=deadline,
        stopped=None,
        assigned_at=given.at,
        accepted_at=None,
        return_reason="",
        reminders=case.reminders if lead == case.lead else 0,
        extensions=case.extensions if lead == case.lead else withdrawn(case, given),
    )
    due = deadline.due if deadline else None
    return Step(
        case_after,
        without_empty(
            lead=lead,
            replaced=case.lead,
            supporting=supporting,
            due=due,
            instruction=instruction,
            instructions=instructions,
        ),
    )


def _to_resolve(case: Case, due: datetime | None, given: Given) -> Deadline | None:
    """One that runs goes on, and so does that of a withdrawn case; the first is by rule from now; one set by
    hand comes before all."""
    running = next((d for d in (case.deadline, case.stopped) if d and d.stage == RESOLVE), None)
    if due is not None:
        clock = running.clock if running else _clock(case, given)
        return due_by_hand(running, clock, given.due(due, "due"), given.at, given.reference)
    type_ = given.type_of(case)
    if running is not None or type_ is None:
        return running
    return deadline_for(type_, case.urgency, RESOLVE, given.at, given.reference)


def _clock(case: Case, given: Given) -> Clock:
    type_ = given.type_of(case)
    term = term_of(type_, case.urgency, RESOLVE) if type_ else None
    return term.clock if term else Clock.ROUND


def accept(case: Case, body: Accept, given: Given) -> Step:
    """The agency has taken it up."""
    note = limits.optional(body.note, "note")
    return Step(moved(case, Status.IN_PROGRESS, accepted_at=given.at), without_empty(note=note))


def return_(case: Case, body: Return, given: Given) -> Step:
    """The agency gives it back. The deadline goes on; the lead stays until another is assigned."""
    reason = limits.required(body.reason, "reason")
    case_after = moved(
        case,
        Status.RETURNED,
        return_reason=reason,
        accepted_at=None,
        released_to=(),
        extensions=withdrawn(case, given),
    )
    return Step(case_after, {"reason": reason, "lead": case.lead})


def withdraw(case: Case, body: Withdraw, given: Given) -> Step:
    """Taken back: new again, with a time to assign; the time to resolve goes on with the next lead."""
    if body.expects != case.lead:
        raise unfit(Code.LEAD_CHANGED, "lead", now=case.lead)
    reason = limits.required(body.reason, "reason")
    type_ = given.type_of(case)
    again = deadline_for(type_, case.urgency, ASSIGN, given.at, given.reference) if type_ else None
    case_after = moved(
        case,
        Status.NEW,
        lead=None,
        supporting=(),
        instruction="",
        instructions={},
        released_to=(),
        assigned_at=None,
        accepted_at=None,
        deadline=again,
        stopped=case.deadline,
        extensions=withdrawn(case, given),
    )
    return Step(case_after, without_empty(lead=case.lead, supporting=case.supporting, reason=reason))


def ask_extension(case: Case, body: AskExtension, given: Given) -> Step:
    """A request for more time; one at a time."""
    if _pending(case) is not None:
        raise unfit(Code.EXTENSION_PENDING)
    old = case.deadline.due if case.deadline else None
    new_due = given.due(body.new_due, "new_due", after=old)
    reason = limits.required(body.reason, "reason")
    asked = Extension(
        id=given.command.id, asked_at=given.at, asked_by=given.by, old_due=old, new_due=new_due, reason=reason
    )
    case_after = replace(case, extensions=(*case.extensions, asked))
    return Step(case_after, without_empty(old_due=old, new_due=new_due, reason=reason))


def grant_extension(case: Case, body: GrantExtension, given: Given) -> Step:
    """The deadline moves; its original stays beside it."""
    asked = _the_pending(case)
    note = limits.optional(body.note, "note")
    if case.deadline is None:
        deadline = due_by_hand(None, _clock(case, given), asked.new_due, given.at, given.reference)
    else:
        deadline = extended(case.deadline, max(case.deadline.due, asked.new_due), given.reference)
    case_after = replace(case, deadline=deadline, extensions=decided(case, "granted", note, given))
    return Step(case_after, without_empty(old_due=asked.old_due, new_due=deadline.due, note=note))


def refuse_extension(case: Case, body: RefuseExtension, given: Given) -> Step:
    """The deadline stays."""
    asked = _the_pending(case)
    reason = limits.required(body.reason, "reason")
    case_after = replace(case, extensions=decided(case, "refused", reason, given))
    return Step(case_after, without_empty(new_due=asked.new_due, reason=reason))


def _pending(case: Case) -> Extension | None:
    return next((e for e in case.extensions if e.state == "pending"), None)


def _the_pending(case: Case) -> Extension:
    asked = _pending(case)
    if asked is None:
        raise unfit(Code.NO_EXTENSION_PENDING)
    return asked


def resolve(case: Case, body: Resolve, given: Given) -> Step:
    """There is a result; the clock stops, and the deadline is kept for judging."""
    result = limits.required(body.result, "result")
    files = tuple(limits.digest(sha256, "attachments") for sha256 in body.attachments)
    ran = case.deadline
    case_after = moved(
        case,
        Status.RESOLVED,
        result=result,
        attachments=limits.files((*case.attachments, *files), "attachments"),
        resolved_at=given.at,
        resolve_due=ran.due if ran else None,
        resolve_original=ran.original if ran else None,
        deadline=None,
        stopped=ran,
        extensions=withdrawn(case, given),
    )
    return Step(case_after, without_empty(result=result, attachments=files))


def rework(case: Case, body: Rework, given: Given) -> Step:
    """The result does not do: the deadline that ran goes on as if it had not stopped."""
    missing = limits.required(body.missing, "missing")
    case_after = moved(
        case,
        Status.IN_PROGRESS,
        resolved_at=None,
        resolve_due=None,
        resolve_original=None,
        deadline=case.stopped,
        stopped=None,
    )
    return Step(case_after, {"missing": missing})
