"""What has been typed so far, and every change an operator can make to it. No window, no disk."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from console.desk.rows import Draft
from console.domain.advice import Past, TypeGuess
from console.domain.agency import Agency
from console.domain.area import Area
from console.domain.case import Actor, Channel, Reporter
from console.domain.category import ReportType, Urgency
from console.domain.form import Frame, laid
from console.domain.place import Place, Point, Unit
from console.domain.places.find import typed_point
from console.domain.places.junctions import radius_m
from console.domain.questions import fits
from console.domain.reference import Reference, in_force
from console.domain.suggest import PlaceHit, TypeHit, commune_at, find_places, find_types
from console.domain.text import fold_text
from console.ui.intake.fields import Field
from console.ui.intake.reading import Reading, commune_label, local_day, read_draft

PIN_ACCURACY_M = 10
"""Likely error of a pin that a person has set by hand on the map."""
WORTH_SAYING = 0.3
"""A type that is less likely than this by what was typed is not proposed, only listed."""


class IntakeState:
    """One draft being filled. `changed` is called after each change, with the field that changed."""

    def __init__(
        self,
        draft: Draft,
        reference: Reference,
        actor: Actor,
        changed: Callable[[Field], None] = lambda _field: None,
    ) -> None:
        self._draft = draft
        self.reference = reference
        self.actor = actor
        self.changed = changed
        self.not_duplicates: frozenset[str] = frozenset()
        self.guesses: tuple[TypeGuess, ...] = ()
        self._past: Past | None = None
        self.earlier_communes: tuple[str, ...] = ()
        self._by_pin = ""
        self._reading: Reading | None = None
        self.frames = self._frames_of(draft.type)

    @property
    def draft(self) -> Draft:
        """The draft as it stands, ready for the disk."""
        return self._draft

    @property
    def reading(self) -> Reading:
        """What follows from the draft: proposals, problems, what is missing."""
        if self._reading is None:
            self._reading = read_draft(self._draft, self.reference, self.actor, self.frames, self._past)
        return self._reading

    @property
    def touched(self) -> bool:
        """Whether anything was typed or chosen since the form was opened."""
        d = self._draft
        typed = (d.type_text, d.description, d.place_text, d.commune_text, d.phone_text, d.note)
        return bool(d.type or d.commune or d.place or any(typed) or d.reporter != Reporter())

    def _set(self, field: Field, **values: object) -> None:
        self._draft = msgspec.structs.replace(self._draft, **values)
        self._reading = None
        self.changed(field)

    def opened(self, draft: Draft) -> None:
        """The desk has taken a number and begun a draft on disk: what was typed meanwhile stays."""
        self._draft = numbered(self._draft, draft)
        self._reading = None

    def stored(self, draft: Draft) -> None:
        """The disk has answered: only its time is taken, typing may have gone on."""
        if draft.id == self._draft.id:
            self._draft = msgspec.structs.replace(self._draft, saved_at=draft.saved_at)

    def saved_before(self) -> None:
        """It is a report already: saving again edits that one."""
        self._draft = msgspec.structs.replace(self._draft, logged=True)

    def load(self, draft: Draft, reference: Reference, actor: Actor) -> None:
        """Another draft, or a blank one, takes the place of this."""
        if draft.id != self._draft.id:
            self.earlier_communes = ()
        another = draft is not self._draft
        self._draft, self.reference, self.actor = draft, reference, actor
        self.not_duplicates = frozenset()
        self._by_pin = ""
        self._reading = None
        if another:  # a call in progress keeps its form, whatever lists have come meanwhile
            self.frames = self._frames_of(draft.type)

    def _frames_of(self, type_code: str) -> tuple[Frame, ...]:
        """The frames of the form for this type. They change when a type is chosen, never while one types."""
        draft, on = self._draft, local_day(self._draft)
        kind = self.reference.type_of(type_code, on) if type_code else None
        filled = {
            "note": bool(draft.note),
            "urgency": draft.urgency is not None,
            "name": bool(draft.reporter.name),
            "address": bool(draft.reporter.address),
            "pin": draft.place is not None and draft.place.point is not None,
        }
        return laid(self.reference.form_for(kind, on), [part for part, yes in filled.items() if yes])

    def at_cursor(self, field: Field, caret: int) -> None:
        """Where the cursor stands, so that a resumed draft opens there."""
        self._draft = msgspec.structs.replace(self._draft, focus=field.value, caret=caret)

    # what past cases say of it; nothing of the draft changes by it

    def guess(self, guesses: tuple[TypeGuess, ...]) -> None:
        """Types that the typed words tell of."""
        self.guesses = guesses

    @property
    def past(self) -> Past | None:
        """What was heard last of past cases."""
        return self._past

    def remember(self, past: Past | None) -> None:
        """What past cases of a type and place say."""
        self._past = past
        self._reading = None

    @property
    def advised(self) -> TypeGuess | None:
        """The type to propose, as long as none was chosen."""
        best = self.guesses[0] if self.guesses and not self._draft.type else None
        return best if best is not None and best.chance >= WORTH_SAYING else None

    def kind_of(self, code: str) -> ReportType | None:
        """A type as it is on the day of the call."""
        return self.reference.type_of(code, local_day(self._draft))

    # type and its questions

    def type_hits(self, text: str) -> list[TypeHit]:
        """Types that fit the typed words, best first."""
        return find_types(self.reference, text, local_day(self._draft))

    def type_typed(self, text: str) -> None:
        """Words in the type box that are not (or no longer) a chosen type. What was answered is kept."""
        self._set(Field.TYPE, type_text=text, type="", kept_answers=self._kept_answers())

    def take_type(self, code: str) -> None:
        """A type was chosen: its questions open, its urgency is proposed. What was answered already stands:
        the same question under another type, where the answer is one of its answers, else as this type had it
        answered before."""
        if code == self._draft.type:
            return
        kept, answers = self._kept_answers(), self._draft.answers
        kind = self.reference.type_of(code, local_day(self._draft))
        for question in kind.questions if kind else ():
            before = kept.get(code, {}).get(question.code)
            if not fits(question, answers.get(question.code)) and fits(question, before):
                answers = {**answers, question.code: str(before)}
        self.frames = self._frames_of(code)
        self._set(Field.TYPE, type=code, answers=answers, kept_answers=kept)

    def _kept_answers(self) -> dict[str, dict[str, str]]:
        draft = self._draft
        if not draft.type or not draft.answers:
            return draft.kept_answers
        return {**draft.kept_answers, draft.type: draft.answers}

    def answer(self, question: str, code: str) -> None:
        """One scripted question was answered."""
        self._set(Field.QUESTIONS, answers={**self._draft.answers, question: code})

    def answer_by_digit(self, digit: int) -> bool:
        """Answers the first open question with its `digit`-th answer, counted from 1; False: no such."""
        question = self.reading.open_question
        if question is None or not 1 <= digit <= len(question.answers):
            return False
        self.answer(question.code, question.answers[digit - 1].code)
        return True

    # content

    def content_typed(self, text: str) -> None:
        """What the caller tells."""
        self._set(Field.CONTENT, description=text)

    # place

    def place_hits(self, text: str) -> list[PlaceHit]:
        """Places that fit, those in the chosen commune first, then those in the caller's earlier ones."""
        chosen = self._draft.commune or None
        return find_places(self.reference, text, local_day(self._draft), chosen, self.earlier_communes)

    def place_typed(self, text: str) -> None:
        """Words in the place box. Coordinates, a link, a Plus Code set the pin; other words keep a pin they
        still describe."""
        typed = typed_point(self.reference, text, local_day(self._draft), self._draft.commune or None)
        if typed is not None:
            self._place_at(typed.point, text, typed.accuracy_m)
            return
        place = self._draft.place
        if place is not None and not _still_describes(text, place.text):
            place = None
        self._set(Field.PLACE, place_text=text, place=place)

    def take_place(self, hit: PlaceHit) -> None:
        """A candidate was chosen: place, commune and pin come with it."""
        self._by_pin = ""
        self._set(
            Field.PLACE,
            place_text=hit.place.text or hit.label,
            place=hit.place,
            commune=hit.place.commune,
            commune_text=self.commune_name(hit.place.commune),
        )

    def _place_at(self, point: Point, text: str, accuracy_m: int = PIN_ACCURACY_M) -> None:
        """The commune under the pin is filled in where none was chosen; a chosen one stays, and the form says
        that the two do not fit."""
        d = self._draft
        commune = commune_at(self.reference, point.lon, point.lat, local_day(d)) or ""
        place = Place(commune=commune, text=text, point=point, accuracy_m=accuracy_m)
        if commune and d.commune == self._by_pin and (d.commune or not d.commune_text.strip()):
            self._by_pin = commune
            name = self.commune_name(commune)
            self._set(Field.PLACE, place_text=text, place=place, commune=commune, commune_text=name)
        else:
            self._set(Field.PLACE, place_text=text, place=place)

    def take_pins_commune(self) -> bool:
        """The commune under the pin instead of the chosen one; False: they are the same."""
        under = self.reading.pinned_elsewhere
        if under is not None:
            self.take_commune(under.code)
            self._by_pin = under.code
        return under is not None

    def pin(self, lon: float, lat: float) -> None:
        """The pin was set or moved on the map; the commune follows it unless it was chosen."""
        self._place_at(Point(lon, lat), self._draft.place_text)

    def pin_somewhere(self, unit: Unit) -> None:
        """A pin to begin with, in the middle of a commune: as far off as the commune is large."""
        outline = self.reference.built(Area).outlines(local_day(self._draft)).get(unit.code)
        self._place_at(Point(unit.lon, unit.lat), self._draft.place_text, radius_m(outline))

    def unpin(self) -> None:
        """The pin is taken off; words and commune stay."""
        self._set(Field.PLACE, place=None)

    def commune_typed(self, text: str) -> None:
        """Words in the commune box: an exact name (without diacritics is enough) chooses it."""
        wanted = fold_text(text)
        found = [u for u in self.communes() if wanted in self._spellings(u)]
        code = found[0].code if len(found) == 1 else ""
        self._by_pin = ""
        self._set(Field.COMMUNE, commune_text=text, commune=code)

    def take_commune(self, code: str) -> None:
        """A commune was chosen in the list."""
        self._by_pin = ""
        self._set(Field.COMMUNE, commune=code, commune_text=self.commune_name(code))

    def communes(self) -> list[Unit]:
        """Communes in force on the day of the call."""
        return self.reference.communes(local_day(self._draft))

    def commune_label(self, unit: Unit) -> str:
        """ "Đồng Phú, Đồng Hới": its short name and its district's."""
        return commune_label(self.reference, unit, local_day(self._draft))

    def _spellings(self, unit: Unit) -> tuple[str, ...]:
        return tuple(fold_text(name) for name in (unit.short, unit.name, self.commune_label(unit)))

    def commune_name(self, code: str) -> str:
        """The same by its code; "" for an unknown one."""
        unit = self.reference.unit(code, local_day(self._draft))
        return self.commune_label(unit) if unit else ""

    def agencies(self) -> list[Agency]:
        """Agencies in force on the day of the call."""
        return in_force(self.reference.agencies, local_day(self._draft))

    # urgency, reporter, note, agency

    def take_urgency(self, urgency: Urgency | None) -> None:
        """Chosen by the operator; None: as proposed."""
        self._set(Field.URGENCY, urgency=urgency)

    def phone_typed(self, text: str) -> None:
        """A phone in any spelling."""
        self._set(Field.PHONE, phone_text=text)

    def reporter(self, field: Field, **values: object) -> None:
        """Name, address, anonymous, callback of the reporter."""
        self._set(field, reporter=msgspec.structs.replace(self._draft.reporter, **values))

    def note_typed(self, text: str) -> None:
        """Internal note."""
        self._set(Field.NOTE, note=text)

    def take_agency(self, lead: str, supporting: tuple[str, ...] = ()) -> None:
        """Another agency than the proposed one; "" goes back to the proposal."""
        self._set(Field.AGENCY, agency=lead, supporting=supporting)

    def not_duplicate(self, case: str) -> None:
        """The operator has looked: it is another matter."""
        self.not_duplicates |= {case}


def numbered(typed: Draft, begun: Draft) -> Draft:
    """What was typed, with the number and the ids of the draft that the desk has begun for it."""
    return msgspec.structs.replace(
        typed,
        id=begun.id,
        case=begun.case,
        number=begun.number,
        station=begun.station,
        user=begun.user,
        opened_at=begun.opened_at,
        saved_at=begun.saved_at,
    )


def _still_describes(text: str, label: str) -> bool:
    """Whether typed words still name the place whose pin was taken: they share a word of three letters."""
    words = {w for w in fold_text(label).replace(",", " ").split() if len(w) > 2}
    return bool(words & set(fold_text(text).replace(",", " ").split()))


def blank_draft(actor: Actor, now: datetime, channel: Channel = Channel.PHONE) -> Draft:
    """Nothing typed yet: no number is taken for it."""
    return Draft(
        id="",
        case="",
        number="",
        station=actor.station,
        user=actor.user,
        opened_at=now,
        saved_at=now,
        channel=channel,
    )
