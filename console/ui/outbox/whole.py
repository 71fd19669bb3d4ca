"""A command read in full: every field of it that says something, in words. The reporter stays masked: whoever
sits here next reads it too, and showing a contact is logged on the case."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from console.domain.category import Urgency
from console.domain.command import AnyBody, EditReport, LogReport, Refer, Reject
from console.domain.questions import asked
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.ui.case.event_text import agency_text
from console.ui.outbox.conflict import value_text
from console.ui.outbox.typed import field_of
from console.ui.parts.failure_text import field_text
from console.ui.parts.time_text import moment_text
from console.ui.parts.urgency_mark import urgency_text
from console.ui.words import has, t

Fact = tuple[str, str]
_AGENCIES = ("lead", "supporting")
_UNSAID = ("expects", "into")  # ids and what only the centre compares
_REPORT = ("type", "urgency", "place", "reporter", "happened_at")


def facts_of(body: AnyBody, reference: Reference, now: datetime) -> list[Fact]:
    """Name and value of each field besides the words (`typed.text_of`), in the order they are typed."""
    if isinstance(body, LogReport):
        return list(_report(body, reference, now))
    if isinstance(body, EditReport):
        shown = [name for name in body.fields if name != field_of(body)]
        new = {name: body.fields[name].new for name in shown}
        return [(field_text(n), value_text(n, new[n], reference, now, masked=True)) for n in shown]
    names = [n for n in body.__struct_fields__ if n != field_of(body) and n not in _UNSAID]
    found = [(n, _plain(body, n, reference, now)) for n in names if has(f"field.{n}")]
    return [(field_text(name), words) for name, words in found if words]


def _report(body: LogReport, reference: Reference, now: datetime) -> Iterator[Fact]:
    for name in _REPORT:
        plain = msgspec.to_builtins(getattr(body, name))
        yield field_text(name), value_text(name, plain, reference, now, masked=True)
    kind = reference.type_of(body.type, local_day(body.happened_at))
    for question in asked(kind, body.answers) if kind else ():
        given = body.answers.get(question.code, "")
        answer = next(
            (a.text for a in question.answers if a.code == given), "" if question.answers else given
        )
        if answer:
            yield question.text, answer


def _plain(body: AnyBody, name: str, reference: Reference, now: datetime) -> str:
    value: Any = getattr(body, name)
    if name in _AGENCIES and value:
        return ", ".join(agency_text(c, reference) for c in ((value,) if isinstance(value, str) else value))
    if isinstance(body, Reject) and name == "reason":
        return next((r.text for r in reference.reject_reasons if r.code == value), value)
    if isinstance(body, Refer) and name == "to":
        return t(f"refer.{value}") if has(f"refer.{value}") else str(value)
    if isinstance(value, datetime):
        return moment_text(value, now)
    if isinstance(value, Urgency):
        return urgency_text(value)
    if isinstance(value, bool):
        return t("outbox.yes" if value else "outbox.no")
    return str(value) if isinstance(value, str | int) else ""
