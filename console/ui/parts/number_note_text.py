"""A note on a telephone number in words."""

from console.desk.number_notes import NumberNoteView
from console.ui.parts.time_text import date_text
from console.ui.words import has, t


def note_gist(note: NumberNoteView) -> str:
    """What is known, without who wrote it. A kind of a newer program is named by its code."""
    kinds = [t(key) if has(key := f"intake.note.{kind}") else kind for kind in note.kinds]
    return "\n".join(part for part in (" · ".join(kinds), note.text) if part)


def note_text(note: NumberNoteView) -> str:
    """What is known, who wrote it and when."""
    by = " · ".join(part for part in (note.by_name, date_text(note.changed_at)) if part)
    return "\n".join(part for part in (note_gist(note), f"({by})") if part)
