"""Many cases into a store at once: some real ones, and copies of them from earlier months.

Generating a province costs about a millisecond per case, most of a store's filling. A copy is another case
with a life like the first one's: its own ids (of the case, of its events, of those it was merged into) and
number, all times some whole weeks earlier. Open ones stay in the present, a few seconds apart, so that
the share of open cases, and of late ones among them, does not depend on how many cases there are.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from console.domain.number import make_number
from console.domain.reference import Reference
from console.models.case_rows import NEVER, RESTING
from console.models.cases import Cases, Made
from console.models.drafts import Meta
from console.models.shape import COLUMNS
from console.models.store import Store, open_store
from console.protocol.wire import CaseRecord

BASE = 25_000
"""Cases that are generated; the others are copies of these."""
WEEKS = 9  # between a case and its next copy: the period in which the real ones came in
APART_MS = 7_001  # between the open copies of one case
SLICE = 5000
_DAY_MS = 86_400_000

_AT = {name: place for place, name in enumerate(COLUMNS[1:])}
_TIMES = ("entered_ms", "closed_ms", "due_ms", "near_ms", "due_sort", "near_sort")
_MOVED = re.compile(rb'"(20\d\d-\d\d-\d\d)T|([0-9a-f]{8}-[0-9a-f]{4}-7)([0-9a-f]{3})-')


class Copies:
    """The `round`-th copy (from 1) of cases, as `Made` rows."""

    def __init__(self, round_: int) -> None:
        self._round = round_
        self._days = {True: timedelta(0), False: timedelta(weeks=WEEKS * round_)}
        self._dates: dict[tuple[bool, bytes], bytes] = {}

    def of(self, made: Made) -> Made:
        """One of them."""
        open_ = made.row[_AT["open"]] == 1
        number = str(made.row[_AT["number"]])
        other = self._number(number, open_)
        id_ = self._moved(made.id.encode() + b"-", open_)[:-1].decode()
        row = self._row(list(made.row), open_)
        row[_AT["id"]], row[_AT["number"]] = id_, other
        was, now = number.encode(), other.encode()
        words = made.words.replace(number, other).replace(number.replace("-", ""), other.replace("-", ""))
        events: list[tuple[Any, ...]] = made.events
        return made._replace(
            id=id_,
            row=tuple(row),
            body=self._moved(made.body.replace(was, now), open_),
            words=words,
            events=[(s, p, self._moved(body.replace(was, now), open_)) for s, p, body in events],
        )

    def _row(self, row: list[Any], open_: bool) -> list[Any]:
        by = APART_MS * self._round if open_ else self._days[False].days * _DAY_MS
        for name in _TIMES:
            value = row[_AT[name]]
            if value is not None and value not in (NEVER, RESTING):
                row[_AT[name]] = value - by
        return row

    def _number(self, number: str, open_: bool) -> str:
        month, counted, _ = number.split("-")
        first = date(2000 + int(month[:2]), int(month[2:]), 15) - self._days[open_]
        counter = int(counted[2:]) + self._round * 10_000
        return make_number(f"{first:%y%m}", counted[:2], counter)

    def _moved(self, text: bytes, open_: bool) -> bytes:
        def other(found: re.Match[bytes]) -> bytes:
            day, head, tail = found.groups()
            if day is None:
                return head + b"%03x-" % ((int(tail, 16) + self._round) % 4096)
            known = self._dates.get((open_, day))
            if known is None:
                moved = date.fromisoformat(day.decode()) - self._days[open_]
                known = self._dates[open_, day] = b'"' + moved.isoformat().encode() + b"T"
            return known

        return _MOVED.sub(other, text)


def fill(folder: Path, key: bytes, reference: Reference, found: Iterable[CaseRecord], count: int) -> None:
    """A store of `count` cases, newest first, in `folder`, which has none yet. `found`: the real ones."""
    store = open_store(folder, key)
    store.read("PRAGMA journal_mode = OFF")
    store.read("PRAGMA synchronous = OFF")
    store.read("PRAGMA locking_mode = EXCLUSIVE")
    cases = Cases(store, reference)
    indexes = _without_indexes(store)
    for part in _sliced(_all(cases, found, count)):
        with store.transaction():
            cases.put_new(part)
    with store.transaction():
        for sql in indexes:
            store.cursor(sql)
        Meta(store).set("cursor", "1")
    store.read("PRAGMA locking_mode = NORMAL")
    store.read("PRAGMA journal_mode = WAL")
    store.close()


def _all(cases: Cases, found: Iterable[CaseRecord], count: int) -> Iterator[Made]:
    base = [cases.make(record.case, record.events) for record in islice(found, min(count, BASE))]
    base.sort(key=lambda made: -made.row[_AT["entered_ms"]])  # type: ignore[operator]
    yield from base
    for number in range(1, -(-count // BASE)):
        copies = Copies(number)
        yield from map(copies.of, base[: count - number * BASE])


def _without_indexes(store: Store) -> list[str]:
    """Drop them; what makes them again. Building one from all rows is faster than from one after another."""
    found = store.read(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'case_row' AND sql NOTNULL"
    )
    with store.transaction():
        for name, _ in found:
            store.cursor(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _sliced(made: Iterator[Made]) -> Iterator[list[Made]]:
    while part := list(islice(made, SLICE)):
        yield part
