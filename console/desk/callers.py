"""Callers as people: who called by any of these words of a name, or digits of a phone, and how often.

A caller is a phone number; the name is that of the report which was found. Both are masked as in every list,
but for what was typed: whoever looks for it knows it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from console.desk.holdings import Holdings
from console.domain.case import Role
from console.domain.found_by import OF_PHONE
from console.domain.passages import marks_of
from console.domain.phone import mask_phone, parse_phone
from console.domain.text import words
from console.models import callers
from console.models.search import Asked
from console.models.times import from_ms

LOOKED_AT = 20  # cases of each kind, for each caller that is asked for, whose own are held against the words
WHOLE = 9  # digits from which a number may be a whole phone
SHORTEST = 2  # letters of the longest word of a name
Marks = tuple[tuple[int, int], ...]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """`number`: of the newest report, by which `Filter.callers` names the caller without telling the phone.
    `name`, `phone`: masked; their marks: what was typed."""

    number: str
    name: str
    name_marks: Marks
    phone: str
    phone_marks: Marks
    reports: int
    open: int
    last: datetime


class _Reporter(msgspec.Struct):
    name: str = ""


class _Body(msgspec.Struct):
    reporter: _Reporter | None = None


_body = msgspec.json.Decoder(_Body)


class _Typed(NamedTuple):
    """What a line says of a caller: folded words of a name, and digits in a row."""

    names: tuple[str, ...]
    digits: str
    phone: str | None  # it is a whole one, in whatever spelling


def find_callers(held: Holdings, text: str, limit: int) -> tuple[Caller, ...]:
    """Those whom all the words fit: who has an open report first, then who called last. An agency sees
    none."""
    asked = held.search.ask(text)
    typed = _typed(asked, text)
    if typed is None or held.actor.role is Role.AGENCY:
        return ()
    found = dict[str, Caller]()
    for phone, name in _candidates(held, asked, typed, LOOKED_AT * limit):
        if phone not in found and _fits(phone, name, typed):
            found[phone] = _caller(held, phone, name, typed)
    ranked = sorted(found.values(), key=lambda one: (one.open == 0, -one.last.timestamp()))
    return tuple(ranked[:limit])


def _typed(asked: Asked, text: str) -> _Typed | None:
    """None: too little to mean anybody."""
    instead = dict(asked.corrected)
    meant = [instead.get(word, word) for word in asked.words]
    names = tuple(word for word in meant if not word.isdigit())
    digits = "".join(word for word in meant if word.isdigit())
    if (digits and len(digits) < OF_PHONE) or (names and max(map(len, names)) < SHORTEST):
        return None
    phone = parse_phone(text) if len(digits) >= WHOLE and not names else None
    return _Typed(names, digits, phone) if names or digits else None


def _candidates(held: Holdings, asked: Asked, typed: _Typed, most: int) -> Iterator[tuple[str, str]]:
    """Phones with the names that were given with them, the newest first; of so many cases of each kind."""
    if typed.phone is not None:  # also one that is spelled as it was years ago
        yield from _named(held.store.read(callers.NEWEST_OF, (typed.phone, 1)))
        return
    keys = held.search.hits(asked, most)
    for part in (keys.open, keys.other):
        asks = callers.of_cases(part[:most], typed.digits)
        yield from _named(held.store.read(asks.sql, asks.values))


def _named(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, str]]:
    for phone, body in rows:
        reporter = _body.decode(body).reporter
        yield phone, reporter.name if reporter else ""


def _fits(phone: str, name: str, typed: _Typed) -> bool:
    if typed.phone is not None:
        return phone == typed.phone
    own = words(name)
    if not all(any(one.startswith(word) for one in own) for word in typed.names):
        return False
    return not typed.digits or typed.digits in _national(phone) or typed.digits in phone


def _caller(held: Holdings, phone: str, name: str, typed: _Typed) -> Caller:
    ((reports,),) = held.store.read(callers.COUNT, (phone,))
    ((opened, last, number),) = held.store.read(callers.STANDING, (phone,))
    shown_name, name_marks = _shown_name(name, typed)
    shown_phone, phone_marks = _shown_phone(phone, typed)
    return Caller(
        number=number,
        name=shown_name,
        name_marks=name_marks,
        phone=shown_phone,
        phone_marks=phone_marks,
        reports=reports,
        open=opened,
        last=from_ms(last),
    )


def _shown_name(name: str, typed: _Typed) -> tuple[str, Marks]:
    """ "N. Thị An" where "thi" was typed: the given name and what was typed whole, initials of the rest."""
    parts = name.split()
    last = len(parts) - 1
    shown = [
        part if marks_of(part, typed.names) or (at == last and at) else f"{part[0].upper()}."
        for at, part in enumerate(parts)
    ]
    text = " ".join(shown)
    return text, marks_of(text, typed.names)


def _shown_phone(phone: str, typed: _Typed) -> tuple[str, Marks]:
    """ "09xx xx5 678" where 5678 was typed."""
    national, masked = _national(phone), mask_phone(phone)
    at = 0 if typed.phone is not None else national.find(typed.digits) if typed.digits else -1
    if at < 0 or len(masked.replace(" ", "")) != len(national):
        return masked, ()
    end = at + len(national if typed.phone is not None else typed.digits)
    shown, place, marks = "", 0, list[int]()
    for letter in masked:
        if letter != " ":
            if at <= place < end:
                letter = national[place]
                marks.append(len(shown))
            place += 1
        shown += letter
    return shown, ((marks[0], marks[-1] + 1),)


def _national(phone: str) -> str:
    return "0" + phone.removeprefix("+84") if phone.startswith("+84") else phone.removeprefix("+")
