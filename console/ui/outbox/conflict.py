"""A conflict field by field: yours and theirs in words, and the commands that follow from the choices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from console.desk.rows import OutboxItem
from console.domain.case import Case, Event, Reporter
from console.domain.category import Urgency
from console.domain.command import AddNote, AnyBody, Assign, EditReport, FieldChange
from console.domain.deadline import RESOLVE
from console.domain.fields import SHAPES, plain, read, same
from console.domain.limits import Unfit
from console.domain.phone import mask_name, mask_phone, show_phone
from console.domain.place import Place
from console.domain.questions import fits
from console.domain.reference import Reference
from console.domain.refusal import Code
from console.ui.case.event_text import agency_text, line_of
from console.ui.outbox.lines import kind_text
from console.ui.outbox.typed import field_of, text_of, with_text
from console.ui.parts.chip import status_text
from console.ui.parts.failure_text import field_text
from console.ui.parts.time_text import moment_text, short_moment_text
from console.ui.parts.urgency_mark import urgency_text
from console.ui.words import language, t

MINE, THEIRS = "mine", "theirs"
Choices = Mapping[str, str]
Results = Mapping[str, str]
"""By field: its words as they shall stand, written anew out of both sides."""
WRITTEN = ("title", "description")
_QUIET = (
    "add_note",
    "add_call",
    "show_contact",
    "watch",
    "attach",
    "relate",
    "tell_citizen",
    "remind",
)  # nothing that could be in conflict


class Field(NamedTuple):
    """One field. `same`: both say it, there is nothing to choose. `proposed`: the side chosen at first.
    `words`: both sides as typed, of a field whose result may be written anew."""

    name: str
    label: str
    mine: str
    theirs: str
    same: bool = False
    proposed: str = MINE
    words: tuple[str, str] | None = None

    def words_at(self, side: str) -> str:
        """The words of one side."""
        mine, theirs = self.words or ("", "")
        return mine if side == MINE else theirs


def is_conflict(item: OutboxItem) -> bool:
    """Whether there are two sides to choose from."""
    return item.row.conflict and item.now is not None and item.row.refusal is not None


def fields_of(item: OutboxItem, reference: Reference, now: datetime) -> tuple[Field, ...]:
    """What to choose between. The item is a conflict (`is_conflict`)."""
    case, body = item.now, item.command.body
    if case is None or item.row.refusal is None:
        return ()
    if isinstance(body, Assign) and item.row.refusal.code is Code.LEAD_CHANGED:
        return _assign(body, case, reference, now)
    if isinstance(body, EditReport) and item.row.refusal.code is Code.FIELD_CHANGED:
        return tuple(_edited(name, change, case, reference, now) for name, change in body.fields.items())
    theirs = status_text(case.status.value)
    return (Field("whole", t("outbox.field.whole"), kind_text(item.row.kind), theirs, proposed=THEIRS),)


def _assign(body: Assign, case: Case, reference: Reference, now: datetime) -> tuple[Field, ...]:
    def agencies(codes: tuple[str, ...]) -> str:
        return ", ".join(agency_text(code, reference) for code in codes) or t("outbox.none")

    lead = agency_text(case.lead, reference) or t("outbox.none")
    runs = case.deadline is not None and case.deadline.stage == RESOLVE
    running = moment_text(case.deadline.due, now) if runs and case.deadline else t("outbox.due.rule")
    due = moment_text(body.due, now) if body.due else running  # one that runs goes on
    ruled = body.due is None or (case.deadline is not None and body.due == case.deadline.due)
    same_support = set(body.supporting) == set(case.supporting)
    return (
        Field("lead", t("field.lead"), agency_text(body.lead, reference), lead, body.lead == case.lead),
        Field("supporting", t("field.supporting"), agencies(body.supporting), agencies(case.supporting),
              same_support),
        Field("due", t("field.due"), due, running, ruled),
    )  # fmt: skip


def _edited(name: str, change: FieldChange, case: Case, reference: Reference, now: datetime) -> Field:
    theirs = plain(case, name) if name in SHAPES else None
    mine_text = value_text(name, change.new, reference, now)
    theirs_text = value_text(name, theirs, reference, now, masked=True)
    alike = same(case, name, change.new)
    words = (str(change.new or ""), str(theirs or "")) if name in WRITTEN and not alike else None
    return Field(name, field_text(name), mine_text, theirs_text, alike, words=words)


def value_text(name: str, value: Any, reference: Reference, now: datetime, *, masked: bool = False) -> str:
    """A field's plain value as it is read on the screen. `masked`: a reporter whom nobody has revealed."""
    try:
        made = read(name, value) if value is not None else None
    except Unfit:
        made = str(value)
    if made in (None, "", {}):
        return t("outbox.none")
    if isinstance(made, Urgency):
        return urgency_text(made)
    if isinstance(made, Place):
        unit = reference.unit(made.commune)
        return ", ".join(part for part in (made.text, unit.name if unit else made.commune) if part)
    if isinstance(made, Reporter):
        return _reporter(made, masked) or t("outbox.none")
    if isinstance(made, datetime):
        return short_moment_text(made, now)
    if isinstance(made, dict):
        return " · ".join(_answer(code, given, reference) for code, given in made.items())
    return _type_name(made, reference) if name == "type" else str(made)


def _reporter(reporter: Reporter, masked: bool) -> str:
    """What this desk's user typed is shown to them as typed."""
    name, phone = reporter.name or "", reporter.phone or ""
    if masked:
        name, phone = mask_name(name) if name else "", mask_phone(phone) if phone else ""
    elif phone:
        phone = show_phone(phone)
    return " · ".join(part for part in (name, phone, "" if masked else reporter.address or "") if part)


def _answer(code: str, given: str, reference: Reference) -> str:
    """A question with its answer, as the first type that has both asks it; what none has stays as it is."""
    questions = (q for kind in reference.types for q in kind.questions if q.code == code)
    question = next((q for q in questions if fits(q, given)), None)
    if question is None:
        return given
    vietnamese = language() == "vi"
    answer = next((one for one in question.answers if one.code == given), None)
    words = (answer.text if vietnamese else answer.text_en) if answer else given
    return f"{question.text if vietnamese else question.text_en} {words}"


def _type_name(code: str, reference: Reference) -> str:
    return next((x.name for x in reference.types if x.code == code), code)


def heading(item: OutboxItem) -> str:
    """Two people did the same thing, or changed the same report."""
    forwarded = isinstance(item.command.body, Assign) and item.row.refusal is not None
    lead = forwarded and item.row.refusal.code is Code.LEAD_CHANGED  # type: ignore[union-attr]
    return t("conflict.assign" if lead else "conflict.title")


def meanwhile(item: OutboxItem, reference: Reference, now: datetime) -> str:
    """Who acted first, when and how; then what is to be done."""
    loud = [event for event in item.now_events if event.kind not in _QUIET]
    acted = [event for event in loud if event.by.user != item.command.by.user] or loud
    advice = t("outbox.conflict.advice")
    return f"{_acted(acted[-1], reference, now)} {advice}" if acted else advice


def _acted(event: Event, reference: Reference, now: datetime) -> str:
    line = line_of(event, reference, now)
    desk = t("outbox.desk", station=event.by.station) if event.by.station else ""
    return t("outbox.meanwhile", time=short_moment_text(event.at, now), what=line.spoken, desk=desk)


NOTHING: Results = {}


def bodies(item: OutboxItem, choices: Choices, note: str, results: Results = NOTHING) -> tuple[AnyBody, ...]:
    """The commands in the place of the refused one; none where all is theirs and nothing was written."""
    body, case, text = item.command.body, item.now, kept_note(item, choices, note)
    if case is None or not (MINE in choices.values() or _written(case, results)):
        return (AddNote(text=text),) if text else ()
    if "whole" in choices:
        again = with_text(body, text)
        return (again, AddNote(text=text)) if text and not field_of(body) else (again,)
    if isinstance(body, Assign):
        return (_merged(body, case, choices, text),)
    if isinstance(body, EditReport):
        return _edit(body, case, choices, text, results)
    return (with_text(body, text),)


def _written(case: Case, results: Results) -> bool:
    """Whether a field shall say something else than it does now."""
    return any(words.strip() != str(plain(case, name) or "") for name, words in results.items())


def kept_note(item: OutboxItem, choices: Choices, note: str) -> str:
    """What is left to be noted: nothing where the centre already has the very words."""
    text, body = note.strip(), item.command.body
    return "" if not choices and isinstance(body, EditReport) and text == text_of(body) else text


def _merged(body: Assign, case: Case, choices: Choices, text: str) -> Assign:
    lead = body.lead if choices.get("lead", MINE) == MINE or case.lead is None else case.lead
    supporting = body.supporting if choices.get("supporting", MINE) == MINE else case.supporting
    due = body.due if choices.get("due", MINE) == MINE else None
    supporting = tuple(code for code in supporting if code != lead)
    return Assign(lead=lead, expects=case.lead, supporting=supporting, due=due, instruction=text)


def _edit(body: EditReport, case: Case, choices: Choices, text: str, results: Results) -> tuple[AnyBody, ...]:
    wanted = {name: change.new for name, change in body.fields.items() if choices.get(name) == MINE}
    wanted |= {name: words.strip() for name, words in results.items()}
    changes = {
        name: FieldChange(old=plain(case, name), new=new)
        for name, new in wanted.items()
        if not same(case, name, new)
    }
    said = {change.new for change in changes.values() if isinstance(change.new, str)}
    edit = EditReport(fields=changes)
    return (edit, AddNote(text=text)) if text and text not in said else (edit,)


def first_note(item: OutboxItem) -> str:
    """What the author wrote with it; the words of an edit stand in its fields."""
    return "" if isinstance(item.command.body, EditReport) else text_of(item.command.body)


def result_text(
    item: OutboxItem,
    fields: tuple[Field, ...],
    choices: Choices,
    note: str,
    results: Results = NOTHING,
) -> str:
    """What stands there after applying, as a template with **strong** parts already filled in."""
    written = item.now is not None and _written(item.now, results)
    if MINE not in choices.values() and not written:
        return t("outbox.result.theirs" if kept_note(item, choices, note) else "outbox.result.theirsAlone")
    if "whole" in choices:
        return t("outbox.result.whole", kind=kind_text(item.row.kind))
    parts = [f"{f.label}: **{results.get(f.name) or _outcome(f, choices)}**" for f in fields]
    told = item.now is not None and choices.get("lead") == MINE and item.now.lead is not None
    lead = next((f.theirs for f in fields if f.name == "lead"), "")
    return "; ".join(parts) + "." + (f" {t('outbox.result.replaces', agency=lead)}" if told else "")


def _outcome(field: Field, choices: Choices) -> str:
    return field.theirs if field.same or choices.get(field.name) == THEIRS else field.mine
