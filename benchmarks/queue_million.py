"""The queue at a million cases: first rows of any view and filter, counts, memory, start.

python -m benchmarks queue_million          with a store of a million cases, which takes some minutes to make

First rows and their count as the desk gives them, on the way there and back, against bare SQL by an index of
its own for each question (`queue_bare`). Cold: nothing of the file is held in memory by either (the system's
own cache stays) and the desk has made none of the rows. Memory: VmRSS of the real program with its whole
window, all rooms made and all cases read in, on Qt's offscreen platform. Start: as `start` measures it.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpus import KEY, desk_in, store_of
from benchmarks.entry import Entry, entry, percentile
from benchmarks.queue_bare import ROWS, Asked, Bare, questions
from console.desk.desk import Desk
from console.desk.index.finder import Finder
from console.desk.rows import BUILT_IN, DueState, Filter, Question, Sort, Values, View
from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.command import AddNote
from console.models.times import to_ms

CASES = 1_000_000
FEW = 10_000
WARM, COLD = 25, 7
RANDOM = 200
LIMIT_MS, COUNTS_MS, MEMORY_MB = 50.0, 5.0, 300.0
STARTS = 5
TURNED = 200  # so many may turn soon or overdue between the two


async def _timed(work: Awaitable[Any]) -> float:
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


def _timed_bare(bare: Bare, asked: Asked) -> float:
    began = time.perf_counter()
    bare.ask(asked)
    return (time.perf_counter() - began) * 1000


def _asking(desk: Desk, asked: Question) -> Awaitable[Any]:
    return desk.queue(asked.view, asked.filter, asked.sort, 0, ROWS, reverse=asked.reverse)


async def _forget(desk: Desk) -> None:
    held = desk._held

    def work() -> None:
        held.cases.shown.clear()
        held.store.read("PRAGMA shrink_memory")

    await held.call(work)


async def _first_rows(desk: Desk, bare: Bare, cases: int) -> list[Entry]:
    """By group, the question in the middle and the one that compares worst."""
    bare.prepare(questions(bare.connection, to_ms(desk.clock.now()), desk.actor.user))
    asked = questions(bare.connection, to_ms(desk.clock.now()), desk.actor.user)
    found = list[Entry]()
    for cold in (True, False):
        lines = [await _compared(desk, bare, one, cold, cases) for one in asked]
        groups = {"views": lines[: len(View)], "filters": lines[len(View) :]}
        for group, of_it in groups.items():
            ranked = sorted(of_it, key=lambda line: line["ratio"])
            for what, line in (("middle", ranked[len(ranked) // 2]), ("worst", ranked[-1])):
                found.append({**line, "name": f"{what} of {len(ranked)} {group}: {line['name']}"})
    return found


async def _compared(desk: Desk, bare: Bare, asked: Asked, cold: bool, cases: int) -> Entry:
    page = await desk.queue(asked.question.view, asked.question.filter, asked.question.sort, 0, ROWS)
    assert abs(page.total - bare.ask(asked)[1]) <= TURNED, asked.name
    ours, theirs = list[float](), list[float]()
    for _ in range(COLD if cold else WARM):
        if cold:
            await _forget(desk)
            bare.forget()
        ours.append(await _timed(_asking(desk, asked.question)))
        theirs.append(_timed_bare(bare, asked))
    name = f"first {ROWS} rows, {asked.name}, {'cold' if cold else 'warm'}, {cases:,} cases"
    return entry(name, percentile(ours, 50), "ms", "bare SQL by index", percentile(theirs, 50))


def random_questions(
    finder: Finder, titles: list[str], now_ms: int, count: int, seed: int = 5
) -> list[Question]:
    """Any view in any order, under one to four fields with values that there are; words out of titles."""
    chance, columns = Random(seed), finder.columns
    types, categories = zip(*columns.kinds.values, strict=True)
    districts, communes = zip(*columns.places.values, strict=True)
    fields: dict[str, list[Any]] = {
        "statuses": columns.statuses.values, "urgencies": list(Urgency), "types": list(types),
        "categories": list(categories), "leads": columns.leads.values, "communes": list(communes),
        "districts": list(districts), "channels": list(Channel), "due": list(DueState),
        "handlers": columns.handlers.values, "answers": columns.answer_sets.keys,
    }  # fmt: skip
    found = list[Question]()
    while len(found) < count:
        chosen: dict[str, Any] = {
            name: tuple({*chance.choices(fields[name], k=chance.randint(1, 3))})
            for name in chance.sample(list(fields), chance.randint(1, 4))
        }
        if chance.random() < 0.3:
            chosen["entered_from_ms"] = now_ms - chance.randint(1, 1000) * 86_400_000
        if chance.random() < 0.2:
            words = chance.choice(titles).split()
            chosen["words"] = " ".join(chance.sample(words, min(len(words), chance.randint(1, 3))))
        if chance.random() < 0.3:
            name = chance.choice(list(fields))
            chosen["but"] = Values(**{name: tuple({*chance.choices(fields[name], k=2)})})
        view, sort = chance.choice(list(View)), chance.choice(list(Sort))
        asked = Question(view=view, filter=Filter(**chosen), sort=sort, reverse=chance.random() < 0.5)
        found.append(asked)
    return found


async def _random_filters(desk: Desk, cases: int) -> list[Entry]:
    finder, held = await desk._held.index.ready(), desk._held
    read = "SELECT DISTINCT title FROM case_row WHERE pk % 1009 = 0"
    titles = [title for (title,) in await held.call(lambda: held.store.read(read))]
    asked = random_questions(finder, titles, to_ms(desk.clock.now()), RANDOM)
    samples = [await _timed(_asking(desk, one)) for one in asked]
    name = f"first {ROWS} rows, {RANDOM} random filters, p95, {cases:,} cases"
    return [entry(name, percentile(samples, 95), "ms", "limit", LIMIT_MS)]


async def _counts(desk: Desk, bare: Bare, cases: int) -> list[Entry]:
    """Counts of all views right behind an act; the act itself is not counted in."""
    views = questions(bare.connection, to_ms(desk.clock.now()), desk.actor.user)[: len(BUILT_IN)]
    case = (await desk.queue(View.OPEN, limit=1)).rows[0].id
    ours, theirs, whole = list[float](), list[float](), list[float]()
    for number in range(WARM):
        whole.append(await _timed(desk.act(case, AddNote(text=f"ghi chú {number}"))))
        ours.append(await _timed(desk.counts()))
        began = time.perf_counter()
        bare.counts(views)
        theirs.append((time.perf_counter() - began) * 1000)
    name = f"counts of all views after a change, p99, {cases:,} cases"
    return [
        entry(name, percentile(ours, 99), "ms", "limit", COUNTS_MS),
        entry(f"  {name}", percentile(ours, 99), "ms", "bare SQL by index", percentile(theirs, 99)),
    ]


def started(folder: Path, settled: bool = False) -> list[float]:
    """One start of the real program: milliseconds to the sign-in window and from it to the queue; if
    `settled`, then its resident MB with everything made and read in."""
    began = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.start_child", str(folder), *(["settled"] if settled else [])],
        check=True, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    asked, let_in, queue, *resident = map(float, child.stdout.strip().splitlines()[-1].split())
    return [(asked - began) * 1000, (queue - let_in) * 1000, *resident]


def _starts(folder: Path, few: Path, cases: int) -> list[Entry]:
    turns = [(sum(started(folder)), sum(started(few))) for _ in range(STARTS + 1)][1:]
    many, little = (percentile(part, 50) for part in zip(*turns, strict=True))
    resident = started(folder, settled=True)[2]
    return [
        entry(f"start to first painted queue, {cases:,} cases", many, "ms", f"{FEW:,} cases", little),
        entry(f"memory of the whole program, {cases:,} cases", resident, "MB", "limit", MEMORY_MB),
    ]


async def _all(cases: int, folder: Path, few: Path) -> list[Entry]:
    await store_of(FEW, few)
    await store_of(cases, folder)
    bare = Bare(folder, KEY)
    desk = await desk_in(folder)
    try:
        await desk.keep_index()
        found = await _first_rows(desk, bare, cases)
        found += await _random_filters(desk, cases)
        found += await _counts(desk, bare, cases)
    finally:
        desk.close()
        bare.close()
    return found + _starts(folder, few, cases)


def measure(cases: int, folder: Path | None = None) -> list[Entry]:
    """All figures at so many cases; `folder`: where the stores are to lie, None for the usual place."""
    base = folder or Path("build/bench")
    return asyncio.run(_all(cases, base / f"store-{cases}", base / f"store-{FEW}"))


def run() -> list[Entry]:
    """At a million."""
    return measure(CASES)
