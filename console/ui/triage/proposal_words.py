"""The proposal for a report in words: for each part what it would be, and why."""

from datetime import datetime
from typing import NamedTuple

from console.ui.intake.advice_line import why_text
from console.ui.intake.agency_words import lead_words, why_words
from console.ui.intake.suggestions import type_words
from console.ui.intake.suspects_pane import metres_text
from console.ui.parts.time_text import duration_text, moment_text
from console.ui.triage.triage_state import TriageState
from console.ui.words import t


class Said(NamedTuple):
    """`tone`: of the value; `warns`: the reason wants to be read."""

    value: str
    why: str = ""
    tone: str = "text"
    warns: bool = False


def type_said(state: TriageState) -> Said:
    """The type; another one than the citizen's stands out."""
    kind = state.intake.reading.type
    value = type_words(kind) if kind else t("triage.type.none")
    own = state.intake.kind_of(state.case.type)
    theirs = type_words(own) if own else state.case.type
    guess = state.guess if state.guess and kind and state.guess.type == kind.code else None
    if state.type_changed:
        why = why_text(guess) if guess else t("triage.yours")
        return Said(value, t("triage.type.other", own=theirs, why=why), warns=True)
    if guess is not None and guess.words:
        return Said(value, t("triage.type.fits", why=why_text(guess)))
    return Said(value, t("triage.type.own"))


def place_said(state: TriageState) -> Said:
    """Place and commune; whether there is a pin, and where it does not fit."""
    draft, reading = state.intake.draft, state.intake.reading
    value = ", ".join(part for part in (draft.place_text, draft.commune_text) if part)
    elsewhere = reading.pinned_elsewhere
    if elsewhere is not None:
        return Said(value, t("triage.place.elsewhere", commune=elsewhere.name), warns=True)
    place = draft.place
    if place is None or place.point is None:
        return Said(value, t("triage.place.unpinned"))
    metres = place.accuracy_m or 0
    if state.found is not None and place.point == state.found.place.point:
        return Said(value, t("triage.place.found", m=metres))
    if place.point == (state.case.place.point):
        return Said(value, t("triage.place.theirs"))
    return Said(value, t("triage.place.yours", m=metres))


def urgency_said(state: TriageState) -> Said:
    """How pressing it is."""
    reading, draft = state.intake.reading, state.intake.draft
    value = t(f"urgency.{reading.urgency.value}")
    tone = "alarmText" if reading.urgency.value == "critical" else "text"
    if draft.urgency is not None:
        mine = draft.urgency is not state.case.urgency
        return Said(value, t("triage.yours" if mine else "triage.urgency.theirs"), tone)
    if reading.past is not None and reading.urgency_by_past:
        reached, of = reading.past.at_least(reading.proposed_urgency)
        return Said(value, t("intake.urgency.past", n=reached, total=of), tone)
    return Said(value, reading.urgency_why or t("intake.urgency.ofType"), tone)


def lead_said(state: TriageState) -> Said:
    """Who would handle it."""
    if not state.lead:
        return Said(t("intake.agency.none"), t("triage.lead.none"), "warnText", warns=True)
    return Said(lead_words(state.intake), why_words(state.intake))


def due_said(state: TriageState, now: datetime) -> Said:
    """Until when, if it is forwarded now."""
    deadline = state.deadline
    if deadline is None:
        return Said("–")
    span = duration_text(deadline.due - deadline.start)
    urgency = t(f"urgency.{state.intake.reading.urgency.value}")
    return Said(moment_text(deadline.due, now), t("intake.deadline.term", span=span, urgency=urgency))


def duplicate_said(state: TriageState, now: datetime) -> Said:
    """The one that it probably repeats."""
    one = state.duplicate
    if one is None:
        return Said(t("triage.dup.none" if state.ready else "triage.dup.looking"), tone="muted")
    words = [f"“{phrase}”" for phrase in one.words[:2]]
    alike = [t("intake.dup.sameType" if one.same_type else "intake.dup.sameGroup"), *words]
    ago = t("intake.dup.ago", t=duration_text(now - one.row.entered))
    value = " · ".join((one.row.number, one.row.title))
    return Said(value, " · ".join((metres_text(one.metres), ago, *alike)), "violetText", warns=True)
