"""Search as one types, keystroke by keystroke, beside bare FTS5 and `LIKE` over the same words.

python -m benchmarks search                 with a store of a million cases, which takes some minutes to make

500 questions are cut out of titles and places of real-looking cases, some without diacritics, some with a
slip, some parts of phones and numbers; of each, three moments while it is typed, the last one among them.
Ours is `Desk.search`: in order, with rows and marked passages. Bare FTS5 is one table in an encrypted file
like ours with words of the same cases, asked for the whole words and the last one as a prefix, by newest
key; it knows neither open cases first, slips, nor passages. `LIKE` reads the same words in a plain table. It
ends early where much is found and takes seconds where little is; p95 against p95 of the same questions, of
which some must do.
"""

import asyncio
import time
from collections.abc import Awaitable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpus import KEY, desk_in, store_of
from benchmarks.entry import Entry, entry, percentile
from console.desk.desk import Desk
from console.domain.text import fold_text, words
from console.models.store import connect

CASES = 1_000_000
QUESTIONS = 500
LIKES = 60
LIMIT_MS = 30.0
_LETTERS = "abcdeghiklmnopqrstuvxy"


def questions(desk: Desk, count: int, seed: int = 11) -> list[str]:
    """Lines that somebody may type who looks for one of the cases that there are. On the database thread."""
    chance, read = Random(seed), desk._held.store.read
    last = read("SELECT max(pk) FROM case_row")[0][0]
    found = list[str]()
    while len(found) < count:
        key = chance.randint(1, last)
        for title, place, number, phone in read(
            "SELECT title, place, number, coalesce(phone, '') FROM case_row WHERE pk >= ? LIMIT 1", (key,)
        ):
            found.append(_line(chance, title, place, number, phone))
    return found


def _line(chance: Random, title: str, place: str, number: str, phone: str) -> str:
    kind = chance.random()
    if kind < 0.08 and phone:
        return phone[-chance.randint(4, 8) :]
    if kind < 0.14:
        return number
    said = title.split()
    start = chance.randrange(len(said))
    line = " ".join([*said[start : start + chance.randint(2, 4)], *place.split()[: chance.randint(0, 2)]])
    if chance.random() < 0.6:
        line = fold_text(line)
    return _slipped(chance, line) if chance.random() < 0.2 else line


def _slipped(chance: Random, line: str) -> str:
    at = chance.randrange(len(line))
    return line[:at] + chance.choice(_LETTERS) + line[at + chance.randint(0, 1) :]


def keystrokes(lines: list[str], seed: int = 12) -> Iterator[str]:
    """What stands in the box at three moments of each, from the first letter on."""
    chance = Random(seed)
    for line in lines:
        yield from (line[: chance.randint(1, len(line))] for _ in range(2))
        yield line


class Bare:
    """FTS5 and a plain table of the same words, in a file of their own."""

    def __init__(self, file: Path, desk: Desk) -> None:
        made = not file.exists()
        self._driver = connect(file, KEY)
        if made:
            self._fill(desk)

    def _fill(self, desk: Desk) -> None:
        run, held = self._driver.execute, desk._held
        run("PRAGMA journal_mode = OFF")
        run("CREATE VIRTUAL TABLE bare USING fts5(words, content='', tokenize='unicode61')")
        run("CREATE TABLE plain (id INTEGER PRIMARY KEY, words TEXT)")
        after, more = 0, True
        run("BEGIN")
        while more:
            rows = held.store.read(
                "SELECT pk, title, place, number, coalesce(phone, ''), body FROM case_row "
                "JOIN case_body USING (pk) WHERE pk > ? ORDER BY pk LIMIT 5000",
                (after,),
            )
            more = len(rows) == 5000
            texts = [(pk, fold_text(" ".join([*short, _described(body)]))) for pk, *short, body in rows]
            self._driver.executemany("INSERT INTO bare (rowid, words) VALUES (?, ?)", texts)
            self._driver.executemany("INSERT INTO plain (id, words) VALUES (?, ?)", texts)
            after = rows[-1][0] if rows else after
        run("COMMIT")

    def match(self, text: str) -> float:
        """Milliseconds of one question to FTS5."""
        typed = words(text)
        if not typed:
            return 0.0
        asked = " AND ".join([*(f'"{word}"' for word in typed[:-1]), f'"{typed[-1]}"*'])
        return self._timed("SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rowid DESC LIMIT 50", (asked,))

    def like(self, text: str) -> float:
        """The same of `LIKE`, for each word."""
        typed = words(text)
        asked = " AND ".join("words LIKE ?" for _ in typed)
        sql = f"SELECT id FROM plain WHERE {asked} ORDER BY id DESC LIMIT 50"
        return self._timed(sql, tuple(f"%{word}%" for word in typed))

    def _timed(self, sql: str, values: tuple[Any, ...]) -> float:
        began = time.perf_counter()
        self._driver.execute(sql, values).fetchall()
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        """Give the file back."""
        self._driver.close()


def _described(body: bytes) -> str:
    import msgspec

    return str(msgspec.json.decode(body, type=dict).get("description", ""))


async def _timed(work: Awaitable[Any]) -> float:
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


async def _all(cases: int, folder: Path) -> list[Entry]:
    await store_of(cases, folder)
    desk = await desk_in(folder)
    held = desk._held
    bare = await held.call(lambda: Bare(folder / "bare-search.db", desk))
    try:
        lines = await held.call(lambda: questions(desk, QUESTIONS))
        typed = list(keystrokes(lines))
        ours = [await _timed(desk.search(text)) for text in typed]
        fts = [await held.call(lambda text=text: bare.match(text)) for text in typed]  # type: ignore[misc]
        few = list(islice(lines, 0, QUESTIONS, QUESTIONS // LIKES))
        like = [await held.call(lambda text=text: bare.like(text)) for text in few]  # type: ignore[misc]
        mine = [await _timed(desk.search(text)) for text in few]
        size = await held.call(lambda: _size(desk))
    finally:
        await held.call(bare.close)
        desk.close()
    name = f"search, {len(typed):,} keystrokes of {QUESTIONS} questions, p95, {cases:,} cases"
    return [
        entry(name, percentile(ours, 95), "ms", "limit", LIMIT_MS),
        entry(f"  {name}", percentile(ours, 95), "ms", "bare FTS5", percentile(fts, 95)),
        entry(
            f"search, {len(few)} whole questions, p95, {cases:,} cases",
            percentile(mine, 95), "ms", "LIKE", percentile(like, 95),
        ),
        entry(f"search, its part of the file, {cases:,} cases", size[0], "MB", "the whole file", size[1]),
    ]  # fmt: skip


def _size(desk: Desk) -> tuple[float, float]:
    read = desk._held.store.read
    tables = ("search_data", "search_open_data")
    of_search = sum(read(f"SELECT sum(length(block)) FROM {table}")[0][0] for table in tables)
    pages = int(read("PRAGMA page_count")[0][0]) * int(read("PRAGMA page_size")[0][0])
    return of_search / 1e6, pages / 1e6


def measure(cases: int, folder: Path | None = None) -> list[Entry]:
    """All figures at so many cases; `folder`: where the store is to lie, None for the usual place."""
    base = folder or Path("build/bench")
    return asyncio.run(_all(cases, base / f"store-{cases}"))


def run() -> list[Entry]:
    """At a million."""
    return measure(CASES)
