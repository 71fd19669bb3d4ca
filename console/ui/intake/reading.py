"""What follows from a draft: what is proposed and why, what is missing, what is wrong."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from console.desk.rows import Draft
from console.domain.advice import Past, proposal_by_past, urgency_by_past
from console.domain.agency import Agency
from console.domain.area import Area
from console.domain.case import Actor, Deadline
from console.domain.category import Question, ReportType, Urgency
from console.domain.command import Assign
from console.domain.deadline import deadline_for
from console.domain.form import Frame
from console.domain.limits import DESCRIPTION_MIN
from console.domain.phone import parse_phone
from console.domain.place import Unit
from console.domain.places.unread import Unreadable
from console.domain.questions import asked, pruned
from console.domain.reference import Reference
from console.domain.refusal import Code
from console.domain.rights import may
from console.domain.suggest import Proposal, propose_agency, propose_urgency
from console.domain.text import clean
from console.domain.zone import local_day as day_of
from console.ui.intake.fields import FIELDS, Field, Problem
from console.ui.intake.problems import Facts, find_problems


@dataclass(frozen=True)
class Reading:
    """`lead` and `supporting`: chosen, else proposed. `pinned_elsewhere`: the commune under the pin, where
    the form has another one or none that is known. `urgency_why`: reason of the proposed urgency. `past`:
    what past cases say of it, `by_past`: they, and not the `rule`, propose the agency. `asked`: the questions
    that are; `answers`: theirs, as they are saved; `order`: the fields as the form has them."""

    type: ReportType | None
    urgency: Urgency
    proposed_urgency: Urgency
    urgency_why: str
    urgency_by_past: bool
    past: Past | None
    commune: Unit | None
    pinned_elsewhere: Unit | None
    rule: Proposal | None
    proposal: Proposal | None
    lead: Agency | None
    supporting: tuple[str, ...]
    deadline: Deadline | None
    phone: str | None
    missing: tuple[Field, ...]
    problems: tuple[Problem, ...]
    done: frozenset[Field]
    asked: tuple[Question, ...]
    answers: dict[str, str]
    order: tuple[Field, ...]
    no_forward: Code | None

    @property
    def by_past(self) -> bool:
        """Whether past cases propose another agency than the rule, or one where there is none."""
        return self.proposal is not self.rule

    @property
    def open_question(self) -> Question | None:
        """The first of the questions asked that is not answered."""
        return next((q for q in self.asked if q.code not in self.answers), None)

    @property
    def blocked(self) -> tuple[Problem, ...]:
        """Problems that saving has to wait for."""
        return tuple(p for p in self.problems if p.blocks)

    @property
    def first_bad(self) -> Field | None:
        """Where the cursor goes when saving has to wait."""
        bad = {*self.missing, *(p.field for p in self.blocked)}
        return next((field for field in (*self.order, *Field) if field in bad), None)


def local_day(draft: Draft) -> date:
    """The day, here, on which the report is taken: units and types in force on it hold."""
    return day_of(draft.opened_at)


def happened_at(draft: Draft) -> datetime:
    """When it was called in: the deadline follows it."""
    return draft.happened_at or draft.opened_at


def read_draft(
    draft: Draft, reference: Reference, actor: Actor, frames: tuple[Frame, ...], past: Past | None = None
) -> Reading:
    """Everything that follows from what was typed into a form of these frames. `past`: what was heard last
    of past cases; it counts where it is of this type and commune."""
    on = local_day(draft)
    kind = reference.type_of(draft.type, on) if draft.type else None
    commune = reference.unit(draft.commune, on) if draft.commune else None
    past = past if past and kind and (past.type, past.commune) == (kind.code, draft.commune) else None
    questions, answers = (asked(kind, draft.answers), pruned(kind, draft.answers)) if kind else ((), {})
    proposed, why = propose_urgency(kind, draft.answers) if kind else (Urgency.NORMAL, "")
    raised = urgency_by_past(past, proposed) if past and not answers else None  # answers know better
    proposed = raised or proposed
    urgency = draft.urgency or proposed
    rule = propose_agency(reference, kind, commune.code, on) if kind and commune else None
    proposal = proposal_by_past(rule, past)
    lead = draft.agency or (proposal.lead if proposal else "")
    supporting = draft.supporting if draft.agency else (proposal.supporting if proposal else ())
    phone = parse_phone(draft.phone_text)
    questions, answers = (asked(kind, draft.answers), pruned(kind, draft.answers)) if kind else ((), {})
    facts = _facts(draft, phone, answers, reference)
    order = tuple(field for frame in frames for field in FIELDS[frame.name])
    required = {part for frame in frames for part in frame.required}
    missing = _missing(draft, phone) | _wanted(draft, required, len(answers) == len(questions))
    elsewhere = facts.pinned_in if facts.pinned_in != draft.commune else None
    return Reading(
        type=kind,
        urgency=urgency,
        proposed_urgency=proposed,
        urgency_why=why,
        urgency_by_past=raised is not None,
        past=past,
        commune=commune,
        pinned_elsewhere=reference.unit(elsewhere, on) if elsewhere else None,
        rule=rule,
        proposal=proposal,
        lead=reference.agency(lead) if lead else None,
        supporting=supporting,
        deadline=deadline_for(kind, urgency, "resolve", happened_at(draft), reference) if kind else None,
        phone=phone,
        missing=tuple(field for field in order if field in missing),
        problems=(*find_problems(draft, facts), *_unpinned(draft, required)),
        done=_done(draft, kind, len(answers) == len(questions), phone),
        asked=questions,
        answers=answers,
        order=order,
        no_forward=may(actor, Assign, None, reference),
    )


def _facts(draft: Draft, phone: str | None, answers: dict[str, str], reference: Reference) -> Facts:
    on, guess = local_day(draft), draft.commune or None
    unread = reference.built(Unreadable).of(draft.place_text, on, guess)
    point = draft.place.point if draft.place else None
    if point is None:
        return Facts(phone=phone, inside=True, pinned_in=None, answers=answers, unread=unread)
    area = reference.built(Area)
    pinned = area.commune_at(point.lon, point.lat, on, guess)
    units = (reference.unit(code, on) if code else None for code in (pinned, guess))
    return Facts(
        phone=phone,
        inside=area.covers(point, on, guess),
        pinned_in=pinned,
        answers=answers,
        names=tuple(unit.name if unit else "" for unit in units),
        unread=unread,
    )


def commune_label(reference: Reference, unit: Unit, on: date) -> str:
    """ "Đồng Phú, Đồng Hới": its short name and its district's."""
    district = reference.district_of(unit.code, on)
    return f"{unit.short}, {district.short}" if district else unit.short


def _missing(draft: Draft, phone: str | None) -> set[Field]:
    """What every report needs."""
    absent = {
        Field.TYPE: not draft.type,
        Field.CONTENT: not clean(draft.description),
        Field.PLACE: not draft.commune and not draft.commune_text.strip(),
        Field.PHONE: phone is None and not draft.phone_text.strip() and not draft.reporter.anonymous,
    }
    return {field for field, yes in absent.items() if yes}


def _wanted(draft: Draft, required: Container[str], answered: bool) -> set[Field]:
    """What this form asks for besides. Nobody has to say a name who wants it kept secret."""
    reporter = draft.reporter
    absent = {
        Field.QUESTIONS: not answered,
        Field.NAME: not reporter.name.strip() and not reporter.anonymous,
        Field.ADDRESS: not reporter.address.strip() and not reporter.anonymous,
        Field.NOTE: not clean(draft.note),
    }
    return {field for field, yes in absent.items() if yes and field.value in required}


def _unpinned(draft: Draft, required: Container[str]) -> Iterator[Problem]:
    if "pin" in required and (draft.place is None or draft.place.point is None):
        yield Problem(Field.PLACE, "intake.bad.pinNeeded")


def _done(draft: Draft, kind: ReportType | None, answered: bool, phone: str | None) -> frozenset[Field]:
    done = {
        Field.TYPE: kind is not None,
        Field.QUESTIONS: kind is not None and answered,
        Field.CONTENT: len(clean(draft.description)) >= DESCRIPTION_MIN,
        Field.PLACE: bool(draft.commune),
        Field.PHONE: phone is not None or draft.reporter.anonymous,
    }
    return frozenset(field for field, yes in done.items() if yes)
