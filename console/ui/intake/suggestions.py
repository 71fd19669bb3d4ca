"""Lines for the suggestion lists of the form, and its canned texts, out of what the state finds."""

from console.domain.canned import CannedUse, filled
from console.domain.category import ReportType
from console.domain.reference import Reference
from console.domain.suggest import PlaceHit
from console.domain.text import fold_text
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.reading import local_day
from console.ui.parts.phrases import Phrase
from console.ui.parts.suggest_box import Suggestion
from console.ui.parts.time_text import exact_text
from console.ui.words import language, t

MOST = 8
ROUGH_M = 500
"""A pin that may be so far off is to be moved by whoever knows better."""


def type_words(kind: ReportType) -> str:
    """The type's name in the language spoken now."""
    return kind.name if language() == "vi" else kind.name_en


def category_words(reference: Reference, kind: ReportType) -> str:
    """The name of the type's category."""
    category = reference.category(kind.category)
    if category is None:
        return ""
    return category.name if language() == "vi" else category.name_en


def type_suggestions(state: IntakeState, text: str) -> list[Suggestion]:
    """Types that fit by name, then those that past cases with such words were of; the detail is their
    category, and which of both."""
    guessed = () if state.draft.type else state.guesses
    named = [hit.type for hit in state.type_hits(text)[: MOST - len(guessed)]] if text.strip() else []
    known, lines = {kind.code for kind in named}, []
    for guess in guessed:
        kind = state.kind_of(guess.type)
        if kind is not None and kind.code not in known:
            category = category_words(state.reference, kind)
            told = t("intake.advice.listed", category=category, words=", ".join(guess.words))
            lines.append(Suggestion(type_words(kind), told, kind.code))
    return [Suggestion(type_words(k), category_words(state.reference, k), k.code) for k in named] + lines


def place_suggestions(state: IntakeState, text: str) -> list[Suggestion]:
    """Places that fit; the detail is their commune, and how far a rough one may be off."""
    if not text.strip():
        return []
    return [Suggestion(hit.name, _where(state, hit), hit) for hit in state.place_hits(text)[:MOST]]


def _where(state: IntakeState, hit: PlaceHit) -> str:
    name, metres = state.commune_name(hit.place.commune), hit.place.accuracy_m or 0
    if metres <= ROUGH_M:
        return name
    off = f"{round(metres, -2)} m" if metres < 950 else f"{metres / 1000:.1f} km".replace(".", ",")
    return f"{name} · ±{off}"


def commune_suggestions(state: IntakeState, text: str) -> list[Suggestion]:
    """Communes whose name holds all typed words; all of them for no words."""
    wanted = fold_text(text).split()
    fitting = []
    for unit in state.communes():
        label = state.commune_label(unit)
        if all(word in fold_text(f"{unit.name} {label}") for word in wanted):
            fitting.append(Suggestion(unit.short, label.removeprefix(unit.short).lstrip(", "), unit.code))
    return sorted(fitting, key=lambda s: not fold_text(s.main).endswith(fold_text(text)))


def intake_phrases(state: IntakeState) -> list[Phrase]:
    """Canned texts of the intake, their fields filled from what is typed so far."""
    draft, reading = state.draft, state.reading
    values = {
        "number": draft.number,
        "agency": reading.lead.name if reading.lead else t("act.theAgency"),
        "place": ", ".join(part for part in (draft.place_text.strip(), draft.commune_text.strip()) if part),
        "deadline": exact_text(reading.deadline.due) if reading.deadline else "",
    }
    canned = state.reference.canned_for(CannedUse.INTAKE, local_day(draft))
    return [Phrase(one.short, one.title, filled(one.text, values)) for one in canned]


def agency_suggestions(state: IntakeState, text: str) -> list[Suggestion]:
    """Agencies in force whose name or short name holds all typed words."""
    wanted = fold_text(text).split()
    found = []
    for agency in state.agencies():
        if all(word in fold_text(f"{agency.name} {agency.short}") for word in wanted):
            found.append(
                Suggestion(agency.name, agency.short if agency.short != agency.name else "", agency.code)
            )
    return sorted(found, key=lambda s: len(s.main))
