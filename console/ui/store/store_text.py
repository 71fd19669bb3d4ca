"""The store's state in words, line by line. Pure, so that each can be read in a test."""

from datetime import UTC, datetime
from typing import NamedTuple

from console.desk.store_state import StoreState
from console.ui.parts.time_text import date_text, moment_text
from console.ui.progress.words import number_text, size_text
from console.ui.words import t


class Line(NamedTuple):
    """A name and what is said of it; `tone`: of the words."""

    name: str
    text: str
    tone: str = "text"


def lines_of(state: StoreState, now: datetime) -> list[Line]:
    """All that is said in words, in order."""
    return [
        Line(t("store.size"), _size(state)),
        Line(
            t("store.cases"),
            t("store.cases.text", open=number_text(state.open), closed=number_text(state.closed)),
        ),
        Line(t("store.oldest"), _oldest(state)),
        Line(
            t("store.files"),
            t("store.files.text", size=size_text(state.files_bytes), most=size_text(state.files_most)),
        ),
        Line(t("store.window"), _window(state)),
        Line(t("store.always"), t("store.window.never")),
        _disk(state),
        _checked(state, now),
    ]


def notes_of(state: StoreState) -> list[str]:
    """What somebody should know or do, [] for nothing."""
    notes = []
    if state.fill_rests:
        notes.append(t("store.fill.rests"))
    if state.rebuilding:
        notes.append(t("store.rebuild.rests"))
    if state.compacts_next:
        notes.append(t("store.compact.noted"))
    return notes


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _size(state: StoreState) -> str:
    size, free = size_text(state.bytes), size_text(state.free_bytes)
    if not state.free_bytes:
        return size
    return t("store.size.free" if state.gives_back else "store.size.old", size=size, free=free)


def _oldest(state: StoreState) -> str:
    return t("store.oldest.none") if state.oldest_ms is None else date_text(_at(state.oldest_ms))


def _window(state: StoreState) -> str:
    who = t("store.window.centre") if state.from_centre else t("store.window.usual")
    return f"{t('store.window.text', months=state.months)} {who}"


def _disk(state: StoreState) -> Line:
    size = size_text(state.disk_free)
    if state.short:
        return Line(t("store.disk"), t("store.disk.short", size=size), "warnText")
    return Line(t("store.disk"), size)


def _checked(state: StoreState, now: datetime) -> Line:
    name, checked = t("store.checked"), state.checked
    if checked is None:
        return Line(name, t("store.checked.never"))
    when = moment_text(_at(checked.at_ms), now)
    if checked.whole:
        return Line(name, t("store.checked.whole", when=when))
    return Line(name, t("store.checked.damaged", when=when), "overdueText")
