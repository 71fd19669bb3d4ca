"""Acts that end a report or take it up again: closing, rejecting, merging, referring, reopening."""

import msgspec

from console.domain import limits
from console.domain.case import Case, Role, Status
from console.domain.command import Close, Merge, Refer, Reject, Reopen, Unmerge
from console.domain.deadline import ASSIGN, deadline_for
from console.domain.given import Given, Step, moved, withdrawn, without_empty
from console.domain.limits import unfit
from console.domain.refusal import Code

replace = msgspec.structs.replace


def close(case: Case, body: Close, given: Given) -> Step:
    """Done: with the answer for the public, published or not."""
    answer = limits.required(body.public_answer, "public_answer")
    case_after = moved(
        case,
        Status.CLOSED,
        public_answer=answer,
        published=body.publish,
        closed_at=given.at,
        stopped=None,
        released_to=(),
    )
    return Step(case_after, {"public_answer": answer, "publish": body.publish})


def reject(case: Case, body: Reject, given: Given) -> Step:
    """Not accepted, for a reason of the list, in words for the citizen."""
    if not body.reason:
        raise unfit(Code.MISSING, "reason")
    if given.reference.reject_on(body.reason, given.day) is None:
        raise unfit(Code.UNKNOWN_REASON, "reason")
    text = limits.required(body.text, "text")
    case_after = moved(
        case,
        Status.REJECTED,
        reject_reason=body.reason,
        public_answer=text,
        closed_at=given.at,
        deadline=None,
        stopped=None,
        released_to=(),
        question="",
        back_to=None,
        extensions=withdrawn(case, given),
    )
    return Step(case_after, {"reason": body.reason, "text": text})


def merge(case: Case, body: Merge, given: Given) -> Step:
    """Part of another case from now on. That one is not written to: who its parts are is asked of them."""
    parent = _parent(case, body.into, given)
    case_after = moved(
        case,
        Status.MERGED,
        merged_into=parent.id,
        merged_from=case.status,
        deadline=None,
        stopped=case.stopped if case.status is Status.RESOLVED else case.deadline,
    )
    return Step(case_after, {"into": parent.id, "number": parent.number})


def _parent(case: Case, into: str, given: Given) -> Case:
    if not into:
        raise unfit(Code.MISSING, "into")
    parent = case if into == case.id else given.lookup(into)
    if parent is None:
        raise unfit(Code.UNKNOWN_CASE, "into")
    if _leads_to(parent, case.id, given):
        raise unfit(Code.MERGE_CYCLE, "into")
    if parent.status is Status.MERGED:
        raise unfit(Code.MERGED_PARENT, "into", now=parent.merged_into)
    if parent.status is Status.REJECTED:
        raise unfit(Code.WRONG_STATUS, "into", now=parent.status.value)
    return parent


def _leads_to(start: Case, sought: str, given: Given) -> bool:
    """Whether the chain of merges from `start` comes to the case `sought`."""
    seen: set[str] = set()
    step: Case | None = start
    while step is not None and step.id not in seen:
        if step.id == sought:
            return True
        seen.add(step.id)
        step = given.lookup(step.merged_into) if step.merged_into else None
    return False


def unmerge(case: Case, body: Unmerge, _: Given) -> Step:
    """A case of its own again, where it stood; the deadline ran on meanwhile."""
    note = limits.optional(body.note, "note")
    back = case.merged_from or Status.NEW
    stays = back is Status.RESOLVED
    case_after = moved(
        case,
        back,
        merged_into=None,
        merged_from=None,
        deadline=None if stays else case.stopped,
        stopped=case.stopped if stays else None,
    )
    return Step(case_after, without_empty(note=note, into=case.merged_into))


def refer(case: Case, body: Refer, given: Given) -> Step:
    """Not a field report: answered at once or sent on."""
    if body.to not in limits.REFERRALS:
        raise unfit(Code.BAD_VALUE if body.to else Code.MISSING, "to")
    note = limits.optional(body.note, "note")
    case_after = moved(
        case, Status.CLOSED, referred_to=body.to, closed_at=given.at, deadline=None, stopped=None
    )
    return Step(case_after, without_empty(to=body.to, note=note))


def reopen(case: Case, body: Reopen, given: Given) -> Step:
    """New again, under its number, with a new time to assign; nobody leads. The timeline keeps the rest."""
    if given.by.role in (Role.OPERATOR, Role.DISPATCHER) and not body.on_line:
        raise unfit(Code.NOT_ALLOWED, "on_line")
    reason = limits.required(body.reason, "reason")
    type_ = given.type_of(case)
    deadline = deadline_for(type_, case.urgency, ASSIGN, given.at, given.reference) if type_ else None
    case_after = moved(
        case,
        Status.NEW,
        deadline=deadline,
        stopped=None,
        reopened=case.reopened + 1,
        chased=None,
        reminders=0,
        lead=None,
        supporting=(),
        instruction="",
        instructions={},
        released_to=(),
        assigned_at=None,
        accepted_at=None,
        resolved_at=None,
        closed_at=None,
        resolve_due=None,
        resolve_original=None,
        return_reason="",
        result="",
        public_answer="",
        published=False,
        reject_reason="",
        referred_to="",
    )
    return Step(case_after, without_empty(reason=reason, on_line=body.on_line or None))
