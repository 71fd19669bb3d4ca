"""Search as one types: open cases first, then by how well the words fit, then the newest."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

import msgspec

from console.desk.holdings import Holdings
from console.desk.questions import rows_at
from console.desk.rows import QueueRow
from console.domain.case import Case, Event, Role
from console.domain.found_by import SAID
from console.domain.passages import Passage, marks_of, passage
from console.domain.text import fold_text, spelled_words, words
from console.models.search import Asked, Hits
from console.models.store import GivenUp

WITH_TEXTS = 16  # of these, the best whose own words are read for a passage
MASK = "•••"
Told = Callable[[], tuple[Case, Callable[[], Sequence[Event]]] | None]
"""Reads the case itself, where its row does not answer; and its timeline, where that does not either."""
_RESULTS = ("result", "public_answer", "answer")


class Hit(msgspec.Struct, frozen=True):
    """A case, and where the words stand in it."""

    row: QueueRow
    found: tuple[Passage, ...]


class Found(msgspec.Struct, frozen=True):
    """`corrected`: words that occur nowhere here, and what was looked for instead; `more`: others too."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    corrected: tuple[tuple[str, str], ...] = ()


async def search(held: Holdings, text: str, limit: int) -> Found:
    """What a typed line finds among the cases kept here; nothing where a newer question was asked since."""
    turn = held.search.turn = held.search.turn + 1

    def work() -> Found:
        with contextlib.suppress(GivenUp), held.store.given_up(lambda: held.search.turn != turn):
            if held.search.turn == turn:
                return _search(held, text, limit)
        return Found()

    return await held.call(work)


def _search(held: Holdings, text: str, limit: int) -> Found:
    asked = held.search.ask(text)
    hits = held.search.hits(asked, limit)
    meant = _meant(asked)
    rows = _best(held, hits, meant, text)
    shown = list[Hit]()
    agency = held.actor.role is Role.AGENCY
    for place, row in enumerate(rows[:limit]):
        whole = place < WITH_TEXTS or agency
        found = passages(held, row, meant, partial(_told, held, row.id) if whole else _nothing)
        if not agency or _answered(found, meant):
            shown.append(Hit(row, found))
    return Found(tuple(shown), hits.more or len(rows) > limit, asked.corrected)


def _answered(found: Sequence[Passage], meant: Sequence[str]) -> bool:
    """Whether what an agency may read answers all words: not the reporter, not an internal note."""
    return all(any(_answers(one, word) for one in found) for word in meant)


def _nothing() -> None:
    return None


def _told(held: Holdings, case_id: str) -> tuple[Case, Callable[[], Sequence[Event]]] | None:
    case = held.cases.get(case_id)
    return None if case is None else (case, lambda: held.cases.events(case_id)[0])


def _meant(asked: Asked) -> tuple[str, ...]:
    instead = dict(asked.corrected)
    return tuple(instead.get(word, word) for word in asked.words)


def _best(held: Holdings, hits: Hits, meant: Sequence[str], text: str) -> list[QueueRow]:
    """Open ones, then the others, each by their words and by how new they are."""
    spelled = [word.casefold() for word in spelled_words(text) if not word.isascii()]
    found = list[QueueRow]()
    for keys in (hits.open, hits.other):
        rows = rows_at(held, keys)
        found += sorted(rows, key=lambda row: (_fit(row, meant, spelled), row.entered_ms), reverse=True)
    return found


def _fit(row: QueueRow, meant: Sequence[str], spelled: Sequence[str]) -> int:
    """Words of the title and the place count, whole ones and all in a row more, and diacritics that are typed
    as they are spelled; a number typed as printed most."""
    title, place = _words_of(row.title), _words_of(row.place) + _words_of(row.lead_name)
    digits = row.number.replace("-", "")
    score = 2 if len(meant) > 1 and " ".join(meant) in " ".join(title) else 0
    if spelled:
        read = _spelled(row.title) | _spelled(row.place)
        score += sum(word in read for word in spelled)
    for word in meant:
        score += 3 if word in title else 2 if word in place else 1 if _begun(word, title) else 0
        score += 20 if word.isdigit() and len(word) > 3 and (word in digits or word in row.number) else 0
    return score


@lru_cache(1 << 13)
def _words_of(text: str) -> tuple[str, ...]:
    """Folding is most of the work, and the newest cases are found again at each key."""
    return words(text)


@lru_cache(1 << 12)
def _spelled(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in spelled_words(text))


def _begun(word: str, title: Sequence[str]) -> bool:
    return any(one.startswith(word) for one in title)


def passages(held: Holdings, row: QueueRow, meant: Sequence[str], told: Told) -> tuple[Passage, ...]:
    """Where the words stand, the short texts first; of long ones only what the short ones do not answer."""
    return tuple(_passages(held, row, meant, told))


def _passages(held: Holdings, row: QueueRow, meant: Sequence[str], told: Told) -> Iterator[Passage]:
    left = set(meant)
    for where, text in _texts(held, row, meant, told):
        found = passage(where, text, meant)
        if found is not None:
            answered = {word for word in left if _answers(found, word)}
            if answered or where in ("number", "title", "place"):
                left -= answered
                yield found
        if not left:
            return


def _answers(found: Passage, word: str) -> bool:
    return any(word in fold_text(found.text[a:b]) for a, b in found.marks)


def _texts(held: Holdings, row: QueueRow, meant: Sequence[str], told: Told) -> Iterator[tuple[str, str]]:
    yield from (("number", row.number), ("title", row.title), ("place", row.place))
    yield "agency", row.lead_name
    whole = told()
    if whole is None:
        return
    case, events = whole
    staff = held.actor.role is not Role.AGENCY
    kind = held.reference.type(case.type)
    yield "type", kind.name if kind else ""
    yield "description", case.description
    if staff:
        yield from _of_reporter(case, meant)
    yield from _of_events([event for event in events() if staff or event.public])


def _of_reporter(case: Case, meant: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Masked as in every list, but for what was typed: whoever looks for it knows it."""
    if case.reporter is None:
        return
    name = [word if marks_of(word, meant) else MASK for word in case.reporter.name.split()]
    phone = case.reporter.phone or ""
    yield "caller", " ".join(name)
    national = "0" + phone.removeprefix("+84") if phone.startswith("+84") else phone
    shown = {at for start, end in marks_of(national, meant) for at in range(start, end)}
    yield "phone", "".join(digit if at in shown else "•" for at, digit in enumerate(national))


def _of_events(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    for event in reversed(events):
        for name in SAID:
            text = event.data.get(name)
            if isinstance(text, str) and text:
                yield ("result" if name in _RESULTS else "note"), text
