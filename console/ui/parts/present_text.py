"""Colleagues who have a case open, in words and in two letters. Never a citizen's name."""

from collections.abc import Sequence

from console.desk.presence import Present
from console.ui.words import t


def initials(name: str) -> str:
    """Two letters for a name: those of its first and its last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def who_text(present: Sequence[Present]) -> str:
    """All of them with their desks, those who write first; "" for nobody."""
    first = sorted(present, key=lambda one: not one.typing)
    return ", ".join(
        t("presence.one.typing" if one.typing else "presence.one", name=one.name, station=one.station)
        for one in first
    )


def open_text(present: Sequence[Present]) -> str:
    """Who has it open; "" for nobody."""
    return t("presence.open", who=who_text(present)) if present else ""


def warning_text(present: Sequence[Present]) -> str:
    """What to think of before acting; "" where nobody else is there. Whoever writes matters most."""
    writing = [one for one in present if one.typing]
    if writing:
        return t("presence.warn.typing", who=who_text(writing))
    return t("presence.warn", who=who_text(present)) if present else ""
