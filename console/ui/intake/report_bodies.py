"""The commands that a finished draft becomes."""

import re

import msgspec

from console.desk.rows import Draft
from console.domain.case import Reporter
from console.domain.command import AddCall, AddNote, Assign, LogReport
from console.domain.place import Place
from console.domain.text import clean
from console.ui.intake.reading import Reading, happened_at

TITLE_MAX = 80
_SENTENCE = re.compile(r"(?<=[^\d\W])[.!?;\n]|\n")


def title_of(description: str, type_name: str) -> str:
    """One line for lists: the first sentence of what is told, cut at a word; the type's name without one."""
    text = clean(description)
    first = " ".join(_SENTENCE.split(text, maxsplit=1)[0].split()) if text else ""
    if not first:
        return type_name
    if len(first) <= TITLE_MAX:
        return first
    cut = first[: TITLE_MAX - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,.;:–-") + "…"


def log_report(draft: Draft, reading: Reading) -> LogReport:
    """The report. Texts are normalised (NFC) here, the draft keeps what was typed."""
    type_name = reading.type.name if reading.type else ""
    return LogReport(
        number=draft.number,
        channel=draft.channel,
        type=draft.type,
        urgency=reading.urgency,
        title=title_of(draft.description, type_name),
        description=clean(draft.description),
        place=_place(draft),
        reporter=_reporter(draft, reading),
        answers={code: " ".join(clean(given).split()) for code, given in reading.answers.items()},
        happened_at=happened_at(draft),
    )


def add_call(draft: Draft, reading: Reading) -> AddCall:
    """The same as a further call about a report that is there."""
    reporter = _reporter(draft, reading)
    return AddCall(text=clean(draft.description), phone=reporter.phone, name=reporter.name)


def _place(draft: Draft) -> Place:
    pinned = draft.place
    return Place(
        commune=draft.commune,
        text=" ".join(clean(draft.place_text).split()),
        point=pinned.point if pinned else None,
        accuracy_m=pinned.accuracy_m if pinned else None,
    )


def _reporter(draft: Draft, reading: Reading) -> Reporter:
    typed = draft.reporter
    return msgspec.structs.replace(
        typed,
        name=" ".join(clean(typed.name).split()),
        address=" ".join(clean(typed.address).split()),
        phone=reading.phone,
    )


def assign(reading: Reading, expects: str | None = None) -> Assign | None:
    """Forwarding to the chosen or proposed agency; None while there is none."""
    if reading.lead is None:
        return None
    return Assign(lead=reading.lead.code, expects=expects, supporting=reading.supporting)


def internal_note(draft: Draft) -> AddNote | None:
    """The internal note, where one was typed."""
    text = clean(draft.note)
    return AddNote(text=text) if text else None
