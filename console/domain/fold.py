"""One pure function: command + case -> case + events, or why not. The same at desk and centre."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from console.domain import acts_agency, acts_any, acts_approval, acts_chase, acts_end, acts_report
from console.domain.case import Case, Event
from console.domain.command import AddCall, CallTimes, Command, LogReport
from console.domain.delegation import in_place_of
from console.domain.fields import LATEST_ENTRY
from console.domain.given import Given, Lookup, Step
from console.domain.limits import Unfit
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.domain.rights import can, may
from console.domain.table import APPROVALS, HANDLED, NO_MOVE, OPERATORS


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """The case after the command. `partial`: fields of an EditReport that were refused alone."""

    case: Case
    events: tuple[Event, ...]
    partial: tuple[Refusal, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """Nothing changed."""

    refusal: Refusal


Outcome = Accepted | Refused

ACTS: dict[str, Callable[[Any, Any, Given], Step]] = {
    "log_report": acts_report.log_report,
    "edit_report": acts_report.edit_report,
    "set_urgency": acts_report.set_urgency,
    "ask_info": acts_report.ask_info,
    "give_info": acts_report.give_info,
    "assign": acts_agency.assign,
    "accept": acts_agency.accept,
    "return": acts_agency.return_,
    "ask_extension": acts_agency.ask_extension,
    "grant_extension": acts_agency.grant_extension,
    "refuse_extension": acts_agency.refuse_extension,
    "resolve": acts_agency.resolve,
    "rework": acts_agency.rework,
    "close": acts_end.close,
    "reject": acts_end.reject,
    "merge": acts_end.merge,
    "unmerge": acts_end.unmerge,
    "refer": acts_end.refer,
    "reopen": acts_end.reopen,
    "record_callback": acts_any.record_callback,
    "add_note": acts_any.add_note,
    "add_call": acts_any.add_call,
    "attach": acts_any.attach,
    "watch": acts_any.watch,
    "show_contact": acts_any.show_contact,
    "remind": acts_chase.remind,
    "escalate": acts_chase.escalate,
    "release_contact": acts_any.release_contact,
    "relate": acts_any.relate,
    "withdraw": acts_agency.withdraw,
    "ask_approval": acts_approval.ask_approval,
    "approve": acts_approval.approve,
    "decline": acts_approval.decline,
    "drop_request": acts_approval.drop_request,
    "tell_citizen": acts_any.tell_citizen,
}
"""Kind of command -> what it does to a case that admits it."""

_YEARS = range(2000, 9000)


def fold(case: Case | None, command: Command, reference: Reference, lookup: Lookup) -> Outcome:
    """Apply `command` to `case` (None before LogReport). `lookup` finds another case by id, for Merge.

    Refuses in this order: no such case or one too many, wrong status, rights, then the fields. The one
    event of a command bears the command's id. `Case.revision` and `Event.seq` are the host's to set.
    """
    kind = command.kind
    refusal = can(command.by, kind, case, reference, command.at)
    if refusal is not None:
        return Refused(refusal)
    if command.at.tzinfo is None or command.at.year not in _YEARS:
        return Refused(Refusal(code=Code.BAD_VALUE, field="at"))
    try:
        step = ACTS[kind](case, command.body, Given(command, reference, lookup))
    except Unfit as unfit:
        return Refused(unfit.refusal)
    event = Event(
        id=command.id,
        case=command.case,
        kind=kind,
        at=command.at,
        by=command.by,
        data=step.data | _in_place(command, case, reference),
        public=step.public,
    )
    after = _moved(_handled(_overtaken(case, step.case), command), command)
    return Accepted(case=after, events=(event,), partial=step.partial)


def not_ahead(command: Command, now: datetime) -> Command:
    """As the centre takes it: never later than `now`. The clock of a desk that was ahead was so for a
    report's time too, which stays as long before `at` as it was."""
    ahead = command.at - now
    if ahead <= timedelta(0):
        return command
    body = command.body
    if isinstance(body, LogReport) and _told_before(body.happened_at, command.at):
        call = _earlier(body.call, ahead, command.at)
        body = msgspec.structs.replace(body, happened_at=body.happened_at - ahead, call=call)
    elif isinstance(body, AddCall):
        body = msgspec.structs.replace(body, call=_earlier(body.call, ahead, command.at))
    return msgspec.structs.replace(command, at=now, body=body)


def _earlier(call: CallTimes | None, ahead: timedelta, at: datetime) -> CallTimes | None:
    if call is None or not call.fits(at):
        return call
    return CallTimes(rang_at=call.rang_at - ahead, answered_at=call.answered_at - ahead)


def _told_before(happened_at: datetime, at: datetime) -> bool:
    return happened_at.tzinfo is not None and happened_at >= at - LATEST_ENTRY


def _in_place(command: Command, case: Case | None, reference: Reference) -> dict[str, str]:
    """In whose place it was decided, where its author may do it by a delegation alone."""
    if command.kind not in APPROVALS or may(command.by, command.kind, case, reference) is None:
        return {}
    found = in_place_of(command.by, reference.delegations, command.at)
    return {"in_place_of": found.by_name} if found is not None else {}


def _overtaken(before: Case | None, case: Case) -> Case:
    """What waits for approval does so for the status that it was asked in."""
    if case.request is None or before is None or before.status is case.status:
        return case
    return msgspec.structs.replace(case, request=None)


def _moved(case: Case, command: Command) -> Case:
    """When something last happened in it. Commands of several desks come in any order of their times."""
    at = command.at if case.moved_at is None else max(case.moved_at, command.at)
    if command.kind in NO_MOVE or at == case.moved_at:
        return case
    return msgspec.structs.replace(case, moved_at=at)


def _handled(case: Case, command: Command) -> Case:
    if command.kind not in HANDLED or command.by.role not in OPERATORS or case.handler == command.by.user:
        return case
    return msgspec.structs.replace(case, handler=command.by.user)
