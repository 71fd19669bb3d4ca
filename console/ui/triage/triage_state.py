"""A report that waits for triage: what is proposed for it and why, and the commands that take it up.

It stands in an `IntakeState`, as if it were being typed: the intake's fields, proposals and reasons hold for
it. No window here.
"""

from datetime import datetime
from typing import Any

import msgspec

from console.desk.rows import CaseView, Draft, Suspect
from console.domain.advice import TOLD_FROM, Past, TypeGuess
from console.domain.case import Actor, Case, Deadline
from console.domain.command import AnyBody, Assign, EditReport, FieldChange
from console.domain.deadline import RESOLVE, deadline_for
from console.domain.fields import plain, same
from console.domain.place import Place
from console.domain.reference import Reference
from console.domain.suggest import PlaceHit, propose_urgency
from console.domain.text import fold_text
from console.domain.zone import local_day
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.reading import commune_label

OTHER_FROM, OTHER_TIMES = 0.6, 2.0
"""Another type than the citizen's is proposed where the words say so with this chance, and so many times
likelier than the citizen's own."""


class TriageState:
    """`ready`: everything was asked that the proposal follows from. `edited`: somebody changed it here."""

    def __init__(self, view: CaseView, reference: Reference, actor: Actor, now: datetime) -> None:
        self.view, self._now = view, now
        self.intake = IntakeState(draft_of(view.case, reference), reference, actor)
        self.guess: TypeGuess | None = None  # what speaks for the proposed type
        self.found: PlaceHit | None = None  # a pin that the citizen did not set
        self.suspects: tuple[Suspect, ...] = ()
        self.ready = self.edited = False

    @property
    def case(self) -> Case:
        """As it stands at this desk."""
        return self.view.case

    @property
    def waits(self) -> bool:
        """Whether it still waits for triage."""
        return self.view.row.display_status == "triage"

    @property
    def text(self) -> str:
        """What past cases are asked about."""
        return f"{self.case.title}\n{self.case.description}"

    # what is heard

    def heard_types(self, guesses: tuple[TypeGuess, ...]) -> None:
        """Types that the words tell of: one that is far likelier than the citizen's is proposed instead."""
        self.intake.guess(guesses)
        if self.edited or not guesses:
            return
        best = guesses[0]
        own = next((guess for guess in guesses if guess.type == self.case.type), None)
        told = best.cases >= TOLD_FROM or own is None  # by past cases, or nothing speaks for the citizen's
        least = max(OTHER_FROM, OTHER_TIMES * own.chance if own else 0.0)
        other = told and best.chance >= least
        if best.type != self.case.type and other:
            self.guess = best
            self.intake.take_type(best.type)
        else:
            self.guess = own

    def look_for_pin(self) -> None:
        """A report without a pin gets the one of the place that its words name, in its own commune."""
        place = self.case.place
        if place.point is not None or not place.text.strip() or self.edited:
            return
        words = set(fold_text(place.text).replace(",", " ").split())
        for hit in self.intake.place_hits(place.text):
            named = set(fold_text(hit.name).replace(",", " ").split())
            if hit.listed and hit.place.point and hit.place.commune == place.commune and named <= words:
                self.found = hit
                pinned = msgspec.structs.replace(hit.place, text=place.text)
                draft = msgspec.structs.replace(self.intake.draft, place=pinned)
                self.intake.load(draft, self.intake.reference, self.intake.actor)
                return

    def heard_past(self, past: Past | None) -> None:
        """What past cases of the proposed type and commune say."""
        self.intake.remember(past)

    def heard_suspects(self, suspects: tuple[Suspect, ...]) -> None:
        """Possible duplicates of it."""
        self.suspects = tuple(one for one in suspects if one.row.id != self.case.id)

    @property
    def duplicate(self) -> Suspect | None:
        """The one that M merges into: probably the same matter, and told before, or taken up already. Of two
        that wait the later one is part of the earlier."""
        return next(
            (
                one
                for one in self.suspects
                if one.likely
                and (one.row.display_status != "triage" or one.row.entered <= self.case.entered_at)
            ),
            None,
        )

    def mend(self) -> None:
        """What was typed and not chosen goes: a report has a type and a commune."""
        draft, case = self.intake.draft, self.case
        if not draft.type:
            self.intake.take_type(case.type)
        if not draft.commune:
            self.intake.take_commune(case.place.commune)

    # what follows

    @property
    def about(self) -> tuple[object, ...]:
        """What past cases and duplicates are asked by."""
        draft = self.intake.draft
        return draft.type, draft.commune, draft.place.point if draft.place else None

    @property
    def type_changed(self) -> bool:
        """Whether another type than the citizen's is proposed or chosen."""
        return self.intake.draft.type != self.case.type

    @property
    def lead(self) -> str:
        """The agency it would go to, "" while there is none in force today."""
        lead = self.intake.reading.lead
        today = local_day(self._now)
        return lead.code if lead and self.intake.reference.agency_on(lead.code, today) else ""

    @property
    def deadline(self) -> Deadline | None:
        """The one to resolve, which begins when it is forwarded."""
        reading = self.intake.reading
        if reading.type is None:
            return None
        return deadline_for(reading.type, reading.urgency, RESOLVE, self._now, self.intake.reference)

    def bodies(self) -> list[AnyBody]:
        """The commands: what was changed, then the agency. Without one none."""
        lead = self.lead
        if not lead:
            return []
        fields, reading = self._changes(), self.intake.reading
        today, reference = local_day(self._now), self.intake.reference
        supporting = tuple(code for code in reading.supporting if reference.agency_on(code, today))
        assign = Assign(lead=lead, expects=self.case.lead, supporting=supporting)
        return [EditReport(fields=fields), assign] if fields else [assign]

    def _changes(self) -> dict[str, FieldChange]:
        draft, reading = self.intake.draft, self.intake.reading
        place = Place(
            commune=draft.commune,
            text=draft.place_text,
            point=draft.place.point if draft.place else None,
            accuracy_m=draft.place.accuracy_m if draft.place else None,
        )
        wanted: dict[str, Any] = {
            "type": draft.type,
            "place": msgspec.to_builtins(place),
            "urgency": reading.urgency.value,
        }
        return {
            name: FieldChange(plain(self.case, name), value)
            for name, value in wanted.items()
            if not same(self.case, name, value)
        }


def draft_of(case: Case, reference: Reference) -> Draft:
    """The case as a draft of the intake. An urgency that is only the usual one of its type follows another
    type; one that somebody chose stays."""
    type_ = reference.type_of(case.type, local_day(case.happened_at))
    usual = propose_urgency(type_, case.answers)[0] if type_ is not None else None
    place = case.place
    day = local_day(case.entered_at)
    unit = reference.unit(place.commune, day)
    return Draft(
        id=case.id,
        case=case.id,
        number=case.number,
        station=case.logged_by.station,
        user=case.logged_by.user,
        opened_at=case.entered_at,
        saved_at=case.entered_at,
        channel=case.channel,
        type=case.type,
        urgency=None if case.urgency is usual else case.urgency,
        title=case.title,
        description=case.description,
        answers=case.answers,
        place_text=place.text,
        commune=place.commune,
        commune_text=commune_label(reference, unit, day) if unit else "",
        place=place if place.point else None,
        happened_at=case.happened_at,
    )
