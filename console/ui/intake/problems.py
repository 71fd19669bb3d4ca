"""What is wrong with a field, as sentences under it. What was typed is never changed or dropped."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.desk.rows import Draft
from console.domain.limits import DESCRIPTION_MAX, DESCRIPTION_MIN, LINE_MAX, NAME_MAX, TEXT_MAX
from console.domain.places.unread import Unread
from console.domain.text import clean
from console.ui.intake.fields import Field, Problem

_SHOWN = 40  # characters of a wrong text that are read back


@dataclass(frozen=True)
class Facts:
    """What was found out about the draft. `inside`: the pin (if any) is one of the province's;
    `pinned_in`: commune code under the pin, None where no outline holds it; `answers`: as they are saved;
    `names`: of the communes under the pin and chosen; `unread`: why the place's text is no point."""

    phone: str | None
    inside: bool
    pinned_in: str | None
    answers: dict[str, str]
    names: tuple[str, ...] = ()
    unread: Unread | None = None


def find_problems(draft: Draft, facts: Facts) -> tuple[Problem, ...]:
    """All of them, in the order of the fields."""
    return (*_content(draft), *_place(draft, facts), *_reporter(draft, facts), *_long_lines(draft, facts))


def _content(draft: Draft) -> Iterator[Problem]:
    length = len(clean(draft.description))
    if 0 < length < DESCRIPTION_MIN:
        yield Problem(Field.CONTENT, "intake.bad.short", {"min": DESCRIPTION_MIN, "n": length})
    if length > DESCRIPTION_MAX:
        yield _too_long(Field.CONTENT, length, DESCRIPTION_MAX)


def _place(draft: Draft, facts: Facts) -> Iterator[Problem]:
    if not facts.inside:
        yield Problem(Field.PLACE, "intake.bad.outside", at_once=True)
    elif facts.pinned_in and draft.commune and facts.pinned_in != draft.commune:
        pinned, chosen = facts.names
        values: dict[str, object] = {"pinned": pinned, "chosen": chosen}
        yield Problem(Field.COMMUNE, "intake.bad.otherCommune", values, blocks=False, at_once=True)
    if facts.unread is not None:
        told = facts.unread
        # half a number is no kilometre yet, a link comes whole
        yield Problem(
            Field.PLACE, f"intake.unread.{told.why}", told.values, blocks=False, at_once=told.why != "km"
        )
    if draft.commune_text.strip() and not draft.commune:
        yield Problem(Field.COMMUNE, "intake.bad.commune", {"text": _short(draft.commune_text)})


def _reporter(draft: Draft, facts: Facts) -> Iterator[Problem]:
    if draft.phone_text.strip() and facts.phone is None:
        yield Problem(Field.PHONE, "intake.bad.phone", {"text": _short(draft.phone_text)})
    elif draft.reporter.callback and facts.phone is None:
        yield Problem(Field.PHONE, "intake.bad.callback")


def _long_lines(draft: Draft, facts: Facts) -> Iterator[Problem]:
    lines = {
        Field.PLACE: (draft.place_text, LINE_MAX),
        Field.NAME: (draft.reporter.name, NAME_MAX),
        Field.ADDRESS: (draft.reporter.address, LINE_MAX),
        Field.NOTE: (draft.note, TEXT_MAX),
    }
    for field, (text, limit) in lines.items():
        if len(clean(text)) > limit:
            yield _too_long(field, len(clean(text)), limit)
    longest = max((len(clean(given)) for given in facts.answers.values()), default=0)
    if longest > NAME_MAX:
        yield _too_long(Field.QUESTIONS, longest, NAME_MAX)


def _too_long(field: Field, length: int, limit: int) -> Problem:
    figures: dict[str, object] = {
        "n": _figure(length),
        "max": _figure(limit),
        "over": _figure(length - limit),
    }
    return Problem(field, "intake.bad.long", figures, at_once=True)


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"
