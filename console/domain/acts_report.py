"""Acts on the report itself: logging, editing, urgency, asking for information."""

from datetime import timedelta
from typing import Any

import msgspec

from console.domain import fields, limits
from console.domain.case import Case, Role, Status
from console.domain.command import (
    AskInfo,
    EditReport,
    FieldChange,
    GiveInfo,
    LogReport,
    SetUrgency,
)
from console.domain.deadline import ASSIGN, by_rule_again, deadline_for, rest, resume
from console.domain.given import Given, Step, called, moved, without_empty
from console.domain.limits import unfit
from console.domain.number import BadNumber, parse_number
from console.domain.questions import consistent
from console.domain.refusal import Code, Refusal
from console.domain.zone import month_code

replace = msgspec.structs.replace

OWN_STATION = "00"
"""The centre's own reports (portal, app) bear this station."""
_DAY = timedelta(days=1)


def log_report(_: Case | None, body: LogReport, given: Given) -> Step:
    """A new case. Raises Unfit."""
    number = _number(body, given)
    happened_at = fields.fit_happened(body.happened_at, given.at)
    where = fields.situation(given.reference, given.at, happened_at)
    type_ = fields.fit_type(body.type, where)
    case = Case(
        id=given.command.case,
        number=number,
        channel=body.channel,
        status=Status.NEW,
        urgency=body.urgency,
        type=body.type,
        title=limits.optional(body.title, "title", limits.TITLE_MAX) or type_.name,
        description=limits.description(body.description),
        place=fields.fit_place(body.place, where),
        happened_at=happened_at,
        entered_at=given.at,
        logged_by=given.by,
        reporter=fields.fit_reporter(body.reporter),
        answers=consistent(type_, limits.answers(body.answers)),
        deadline=deadline_for(type_, body.urgency, ASSIGN, happened_at, given.reference),
    )
    return Step(
        case,
        without_empty(
            number=number,
            channel=body.channel,
            type=body.type,
            urgency=body.urgency,
            title=case.title,
            **called(body.call, given),
        ),
    )


def _number(body: LogReport, given: Given) -> str:
    """A valid number of this month or an earlier one: the actor's station's, or another's whose draft was
    handed on; whether it was, the centre knows. Raises Unfit (bad_number)."""
    number = parse_number(body.number)
    if isinstance(number, BadNumber):
        raise unfit(Code.MISSING if number is BadNumber.EMPTY else Code.BAD_NUMBER, "number")
    station = OWN_STATION if given.by.role is Role.SYSTEM else given.by.station
    # a day of grace: at the turn of a month the desk's clock may have been a little ahead
    own = number.station == station or bool(body.handed)
    if not own or number.month > month_code(given.at + _DAY):
        raise unfit(Code.BAD_NUMBER, "number")
    return str(number)


def edit_report(case: Case, body: EditReport, given: Given) -> Step:
    """Field by field: one that changed meanwhile is refused alone. Raises Unfit for a value that never
    fits, and (field_changed) when no field is left."""
    if not body.fields:
        raise unfit(Code.MISSING, "fields")
    for name in body.fields:
        if name not in fields.SHAPES:
            raise unfit(Code.BAD_VALUE, name[: limits.NAME_MAX])
    refused = tuple(_conflicts(case, body.fields))
    barred = {refusal.field for refusal in refused}
    if len(refused) == len(body.fields):
        raise limits.Unfit(refused[0])
    changes = {
        name: change
        for name, change in body.fields.items()
        if name not in barred and not fields.same(case, name, change.new)
    }
    edited = _followed(case, _applied(case, changes, given), given)
    return Step(edited, without_empty(fields=_shown(changes)), partial=refused)


def _conflicts(case: Case, changes: dict[str, FieldChange]) -> list[Refusal]:
    return [
        Refusal(code=Code.FIELD_CHANGED, field=name, now=fields.plain(case, name))
        for name, change in changes.items()
        if not fields.same(case, name, change.new) and not fields.same(case, name, change.old)
    ]


def _applied(case: Case, changes: dict[str, FieldChange], given: Given) -> Case:
    values = {name: fields.read(name, change.new) for name, change in changes.items()}
    if "happened_at" in values:
        values["happened_at"] = fields.fit_happened(values["happened_at"], given.at)
    happened_at = values.get("happened_at", case.happened_at)
    where = fields.situation(given.reference, given.at, happened_at)
    return replace(case, **{name: fields.fit(name, value, where) for name, value in values.items()})


def _followed(before: Case, case: Case, given: Given) -> Case:
    """What follows from other fields: the title that was the type's name, the answers that are still asked
    for, and the deadline."""
    old_type, new_type = given.type_of(before), given.type_of(case)
    title = case.title
    if not title or (old_type is not None and title == before.title == old_type.name):
        title = new_type.name if new_type else before.title
    case = replace(case, title=title)
    if new_type is not None and (case.type, case.answers) != (before.type, before.answers):
        case = replace(case, answers=consistent(new_type, case.answers))
    if case.happened_at != before.happened_at:
        case = _started_with(before, case, given)
    if case.type != before.type or case.urgency != before.urgency:
        case = _rated(case, given)
    return case


def _started_with(before: Case, case: Case, given: Given) -> Case:
    """The first deadline to assign counts from when the report happened, and moves with it."""
    if case.deadline is None or case.deadline.stage != ASSIGN or case.reopened:
        return case
    start = case.deadline.start + (case.happened_at - before.happened_at)
    return _rated(replace(case, deadline=replace(case.deadline, start=start)), given)


def _rated(case: Case, given: Given) -> Case:
    """The running deadline (or the one that waits) by the rule of the case's type and urgency."""
    type_ = given.type_of(case)
    if type_ is None:
        return case
    return replace(
        case,
        deadline=by_rule_again(case.deadline, type_, case.urgency, given.reference),
        stopped=case.stopped
        if case.resolved_at
        else by_rule_again(case.stopped, type_, case.urgency, given.reference),
    )


def _shown(changes: dict[str, FieldChange]) -> dict[str, dict[str, Any]]:
    """Old and new for the timeline; the reporter's are left out: the timeline holds no personal data."""
    return {
        name: {} if name == "reporter" else {"old": change.old, "new": change.new}
        for name, change in changes.items()
    }


def set_urgency(case: Case, body: SetUrgency, given: Given) -> Step:
    """Another urgency; a deadline by rule follows it."""
    reason = limits.optional(body.reason, "reason")
    data = without_empty(old=case.urgency, urgency=body.urgency, reason=reason)
    if body.urgency is case.urgency:
        return Step(case, data)
    return Step(_rated(replace(case, urgency=body.urgency), given), data)


def ask_info(case: Case, body: AskInfo, given: Given) -> Step:
    """The clock rests until the answer."""
    question = limits.required(body.question, "question")
    deadline = rest(case.deadline, given.at, given.reference) if case.deadline else None
    case = moved(case, Status.NEED_INFO, question=question, back_to=case.status, deadline=deadline)
    return Step(case, {"question": question})


def give_info(case: Case, body: GiveInfo, given: Given) -> Step:
    """Back to where it came from; the clock goes on with what was left."""
    answer = limits.required(body.answer, "answer")
    deadline = resume(case.deadline, given.at, given.reference) if case.deadline else None
    case = moved(case, case.back_to or Status.NEW, question="", back_to=None, deadline=deadline)
    return Step(case, {"answer": answer})
