"""The proposed or chosen agency of a report in words, and why it is."""

from console.domain.advice import TOLD_FROM
from console.ui.intake.intake_state import IntakeState
from console.ui.words import language, t


def lead_words(state: IntakeState) -> str:
    """Its short name, with those that support it."""
    reading = state.reading
    names = [_name(state, code) for code in reading.supporting]
    lead = reading.lead.short if reading.lead else t("intake.agency.none")
    return lead + (f" · {t('intake.agency.with', names=', '.join(names))}" if names else "")


def why_words(state: IntakeState) -> str:
    """By which rule, by how many past cases, or whose choice it is."""
    reading, proposal = state.reading, state.reading.proposal
    if state.draft.agency:
        proposed = _name(state, proposal.lead) if proposal else ""
        return t("intake.agency.yours", proposed=proposed) if proposed else t("intake.agency.chosen")
    if proposal is None:
        return t("intake.agency.needs")
    past = _past(state, proposal.lead)
    if reading.by_past:
        rule = reading.rule
        return t("intake.agency.against", past=past, rule=_name(state, rule.lead)) if rule else past
    why = t("intake.because", reason=proposal.reason_vi if language() == "vi" else proposal.reason_en)
    return t("intake.agency.also", why=why, past=past) if past else why


def _past(state: IntakeState, lead: str) -> str:
    """How many past cases of this type went there; "" for too few to tell."""
    past = state.reading.past
    if past is None or past.led_by(lead) < TOLD_FROM:
        return ""
    where = t("intake.agency.here" if past.in_commune else "intake.agency.around")
    return t("intake.agency.past", n=past.led_by(lead), total=past.forwarded, where=where)


def _name(state: IntakeState, code: str) -> str:
    agency = state.reference.agency(code)
    return agency.short if agency else code
