"""The place box: is the right commune first, for whatever is typed, and how long does a keystroke take?

python -m benchmarks.places                      questions out of the gazetteer, each with a slip
python -m benchmarks.places FILE.jsonl [DAY]     questions of one's own, places of that day (2024-11-04)

A line of the file: {"text": "118 ly thuong kiet dong phu", "commune": "18856"}, the commune by its code or
name; "lon" and "lat" where known, then it is counted how often the true point lies within the stated error;
"near": code of the commune that is chosen already; "kind": what it is counted under, else it is guessed.

The generated questions take each place of the day once. What is slipped is told by the kind: letters dropped,
swapped, doubled or mistyped in one word of four letters or more, abbreviations, raw Telex in one word or in
all; most are typed without diacritics. A name that several communes have is followed by its commune, where
that is not enough by the district, or comes with the chosen commune. The generator of slips and the search
were written by the same hands: people slip in other ways too, so measure with a file of real calls.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.entry import Entry, entry, percentile
from benchmarks.place_slips import other_questions, questions
from console.domain.area import metres_between
from console.domain.place import Point
from console.domain.places.find import find_places
from console.domain.places.index import PlaceIndex
from console.domain.places.pointed import read_coordinates
from console.domain.places.roads import typed_km
from console.domain.reference import Reference
from console.domain.text import fold_text
from console.reference import bundled

DAY = date(2024, 11, 4)
LIMIT_MS = 10.0
GOAL = 0.95


class Row(NamedTuple):
    """One question with its right answer: commune codes that are right."""

    text: str
    communes: frozenset[str]
    point: Point | None
    near: str | None
    kind: str
    place: str = ""


class Answer(NamedTuple):
    """How it went: place of a right commune among the hits (0 first, None: not there), milliseconds, and
    whether the true point lies within the stated error (None: not known)."""

    row: Row
    rank: int | None
    ms: float
    honest: bool | None


def read_rows(lines: Iterable[str], reference: Reference, on: date) -> Iterator[Row]:
    """Rows of a file. Raises SystemExit that names the line that cannot be read."""
    named = defaultdict(set)
    for unit in reference.communes(on):
        for name in (unit.code, unit.name, unit.short):
            named[fold_text(name)].add(unit.code)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
            text, commune = str(read["text"]), fold_text(str(read["commune"]))
            point = Point(float(read["lon"]), float(read["lat"])) if "lon" in read else None
        except (ValueError, KeyError, TypeError) as error:
            raise SystemExit(
                f"line {number}: {error!r}; wanted {{'text', 'commune', 'lon'?, 'lat'?}}"
            ) from error
        if commune not in named:
            raise SystemExit(f"line {number}: no commune {read['commune']!r} on {on}")
        kind = str(read.get("kind") or guessed(text))
        yield Row(text, frozenset(named[commune]), point, read.get("near"), kind)


def guessed(text: str) -> str:
    """What kind of text it is."""
    folded = fold_text(text)
    if read_coordinates(text):
        return "coordinates"
    if "http" in folded or "maps." in folded:
        return "link"
    if typed_km(folded):
        return "kilometre"
    if folded.startswith(("nga ", "goc ", "giao ")):
        return "junction"
    return "house" if folded[:1].isdigit() or folded.startswith("so ") else "name"


def ask(reference: Reference, rows: Iterable[Row], on: date) -> list[Answer]:
    """Each question once."""
    reference.built(PlaceIndex).on(on)
    answers = []
    for row in rows:
        began = time.perf_counter()
        hits = find_places(reference, row.text, on, row.near)
        ms = (time.perf_counter() - began) * 1000
        rank = next((n for n, hit in enumerate(hits) if hit.place.commune in row.communes), None)
        honest = None
        place = hits[0].place if hits else None
        if row.point and place and place.point and place.accuracy_m is not None:
            honest = metres_between(row.point, place.point) <= place.accuracy_m
        answers.append(Answer(row, rank, ms, honest))
    return answers


def keystrokes(
    reference: Reference, rows: Iterable[Row], on: date, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Milliseconds of each keystroke while these are typed, with nothing remembered from before."""
    reference.built(PlaceIndex).on(on).forget()
    took = []
    for row in rows:
        for end in range(1, len(row.text) + 1):
            began = clock()
            find_places(reference, row.text[:end], on, row.near)
            took.append((clock() - began) * 1000)
    return took


def table(answers: list[Answer], by: Callable[[Row], str], head: str) -> str:
    """Shares and times by kind, all together at the end."""
    kinds: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        kinds[by(answer.row)].append(answer)
    lines = [f"{head:28}{'rows':>7}{'first':>8}{'first 3':>9}{'p95 ms':>8}{'in error':>10}"]
    for kind, of_kind in [*sorted(kinds.items()), ("all", answers)]:
        first, third = (sum(a.rank is not None and a.rank < n for a in of_kind) for n in (1, 3))
        known = [a.honest for a in of_kind if a.honest is not None]
        honest = f"{sum(known) / len(known):.3f}" if known else "-"
        size = len(of_kind)
        lines.append(
            f"{kind:28}{size:7}{first / size:8.3f}{third / size:9.3f}"
            f"{percentile([a.ms for a in of_kind], 95):8.1f}{honest:>10}"
        )
    return "\n".join(lines)


def wrong(answers: list[Answer], most: int) -> Iterator[str]:
    """Some of those that went wrong."""
    missed = [answer for answer in answers if answer.rank != 0]
    for answer in missed[:: max(1, len(missed) // most)][:most]:
        place = "not found" if answer.rank is None else answer.rank + 1
        yield f"  {answer.row.kind}: {answer.row.text!r} ({place})"


def generated(reference: Reference, on: date) -> list[Row]:
    """Each place of the day with a slip."""
    return [
        Row(one.text, frozenset((one.commune,)), None, one.near, one.slip, one.place)
        for one in questions(reference, on)
    ]


def others(reference: Reference, on: date) -> list[Row]:
    """Junctions and points: not among the places with slips."""
    return [
        Row(one.text, frozenset((one.commune,)), None, one.near, one.slip, one.place)
        for one in other_questions(reference, on)
    ]


def run() -> list[Entry]:
    """For `make bench`: the share that went wrong, and the time of a keystroke."""
    reference = bundled()
    rows = generated(reference, DAY)
    answers = ask(reference, rows, DAY)
    failed = sum(answer.rank != 0 for answer in answers) / len(answers)
    typed = keystrokes(reference, rows[::40], DAY)
    return [
        entry(
            f"place box, right commune not first, {len(rows)} texts with slips", failed, "", "goal", 1 - GOAL
        ),
        entry(f"place box, {len(typed):,} keystrokes, p95", percentile(typed, 95), "ms", "limit", LIMIT_MS),
    ]


def main(argv: list[str]) -> None:
    """Print the table."""
    reference = bundled()
    on = date.fromisoformat(argv[1]) if len(argv) > 1 else DAY
    if argv:
        rows = list(read_rows(Path(argv[0]).read_text("utf-8").splitlines(), reference, on))
    else:
        rows = generated(reference, on)
    if not rows:
        raise SystemExit("no rows")
    began = time.perf_counter()
    lines = len(reference.built(PlaceIndex).on(on).lines)
    took = (time.perf_counter() - began) * 1000
    print(f"index of {lines:,} names and roads on {on}: {took:.0f} ms, built once")
    answers = ask(reference, rows, on)
    if argv:
        print(table(answers, lambda row: row.kind, "kind of text"))
    else:
        print(table(answers, lambda row: row.kind, "slip"))
        print(table([*answers, *ask(reference, others(reference, on), on)], lambda row: row.place, "place"))
    for name, clock in (("by the clock", time.perf_counter), ("of the processor", time.process_time)):
        typed = keystrokes(reference, rows[:: max(1, len(rows) // 60)], on, clock)
        figures = ", ".join(f"p{q} {percentile(typed, q):.1f} ms" for q in (50, 95, 99))
        print(f"a keystroke {name} ({len(typed):,} of them): {figures}")
    print(f"not first: {dict(Counter(a.row.kind for a in answers if a.rank != 0))}")
    print(*wrong(answers, 12), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
