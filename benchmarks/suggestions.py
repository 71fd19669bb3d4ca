"""What is proposed while a call is typed: how often the right type, the right agency; how fast; how learnt.

python -m benchmarks.suggestions                 generated cases of the practice province, held back
python -m benchmarks.suggestions FILE.jsonl      lines of one's own: {"text", "type"?, "commune"?, "agency"?}
python -m benchmarks.suggestions --store CASES   times in a store of so many cases, made where it is not there
python -m benchmarks suggestions                 as entries, with times in a store of 100,000 cases

The generator tells each type in three to five sentences, over and over with other places, frames and slips. A
split by chance therefore tests on sentences that were learnt: it says next to nothing, and is printed to show
how much is given away. What counts is *sentences held back*: of each type one whole sentence, with its title,
is kept from the model and all cases told with it are asked about; then the next one, until each was held back
once. As at a desk, the model hears which types the last hours brought. That is harder than a switchboard's
life, where a year brings hundreds of tellings of a type and not two or three. The handful of settings in
`console/desk/learning/types.py` was chosen by this figure.

Agencies: the generator forwards by the rules, and gives a twentieth to another one later, by chance. Where
the type is known the first agency is therefore given away entirely; *in the end* is who had it at last.

A file's lines are asked of what the practice province taught, and, where it has FOLDS lines or more with a
type, of what its other lines teach. Agencies of lines without a type are those of the guessed one.
"""

import asyncio
import resource
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec

from benchmarks.corpus import NOW, START, desk_in, store_of
from benchmarks.entry import Entry, entry, percentile
from console.central.practice.generator import generate
from console.central.practice.words import words
from console.desk.index.columns import KEPT, Columns
from console.desk.learning.features import Told, keys
from console.desk.learning.past import LATELY_MS, lately_of, past_of
from console.desk.learning.types import TypeModel
from console.domain.advice import proposal_by_past
from console.domain.command import Assign, LogReport
from console.domain.proposals import propose_agency
from console.domain.zone import local_day
from console.models.times import to_ms
from console.reference import bundled

CASES, ASKED, STORE, MILLION = 25_000, 1_500, 100_000, 1_000_000
FOLDS, SEED = 5, 1
TOP3, AGENCY, LIMIT_MS = 0.9, 0.97, 50.0
AT_ONCE = 50
_REFERENCE, _DAY = bundled(), local_day(NOW)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One case. `sentence`: which of its type's it was told with; `last`: who had it in the end; `at`: when
    it was told, in seconds, 0: not known."""

    text: str
    type: str = ""
    commune: str = ""
    agency: str = ""
    title: str = ""
    sentence: int = 0
    last: str = ""
    at: float = 0.0


class Score(NamedTuple):
    """Shares of those asked."""

    asked: int
    first: float
    third: float

    def line(self, name: str) -> str:
        """For reading."""
        return f"{name:<44}{self.asked:>8,}{self.first:>9.3f}{self.third:>9.3f}"


HEAD = f"{'type':<44}{'asked':>8}{'top 1':>9}{'top 3':>9}"
HEAD_AGENCY = f"{'agency':<44}{'asked':>8}{'top 1':>9}"


def generated(count: int = CASES, seed: int = SEED) -> list[Line]:
    """Cases of the practice province."""
    found = list[Line]()
    for told in generate(_REFERENCE, seed, count, START, NOW):
        log = next(c.body for c in told.commands if isinstance(c.body, LogReport))
        leads = [c.body.lead for c in told.commands if isinstance(c.body, Assign)]
        found.append(
            Line(
                text=log.description,
                type=log.type,
                commune=log.place.commune,
                title=log.title,
                sentence=words().sayings[log.type].titles.index(log.title),
                at=log.happened_at.timestamp(),
                agency=leads[0] if leads else "",
                last=leads[-1] if leads else "",
            )
        )
    return found


def read(path: Path) -> list[Line]:
    """The lines of a file. Raises msgspec.ValidationError that names the line."""
    found = list[Line]()
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Line))
            except (msgspec.ValidationError, msgspec.DecodeError) as error:
                raise msgspec.ValidationError(f"{path.name}, line {number}: {error}") from error
    return found


# types


def taught(lines: Iterable[Line]) -> TypeModel:
    """A model as a desk has it that keeps these cases."""
    model, part = TypeModel(_REFERENCE), list[Told]()
    for line in lines:
        part.append(Told(line.type, line.commune, keys(f"{line.title}. {line.text}")))
        if len(part) == AT_ONCE:
            _teach(model, part)
            part = []
    _teach(model, part)
    return model


def _teach(model: TypeModel, part: list[Told]) -> None:
    model.make_room(sum(len(one.keys) for one in part))
    model.learn(part)


class Lately:
    """What the hours before a case brought: how many of which type."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._told = sorted((line.at, line.type) for line in lines if line.at)

    def before(self, line: Line) -> Counter[str]:
        """Without itself."""
        end = bisect_left(self._told, (line.at, ""))
        begin = bisect_left(self._told, (line.at - LATELY_MS / 1000, ""))
        return Counter(type_ for _, type_ in self._told[begin:end])


_NEVER = Lately(())


def asked_of(model: TypeModel, lines: Sequence[Line], lately: Lately = _NEVER) -> Score:
    """How often their type is the first, and among the three."""
    first = third = 0
    for line in lines:
        guesses = model.guesses(line.text, line.commune, lately=lately.before(line))
        found = [guess.type for guess in guesses]
        first += found[:1] == [line.type]
        third += line.type in found
    return Score(len(lines), first / max(1, len(lines)), third / max(1, len(lines)))


def sentences_held_back(lines: Sequence[Line], most: int = ASKED) -> Score:
    """Each sentence once; a round counts as much as there are cases told so."""
    chance, scores, lately = Random(SEED), list[tuple[int, Score]](), Lately(lines)
    for held in range(1 + max(line.sentence for line in lines)):
        back = [line for line in lines if line.sentence == held]
        model = taught(line for line in lines if line.sentence != held)
        scores.append((len(back), asked_of(model, chance.sample(back, min(most, len(back))), lately)))
    return _mean(scores)


def _mean(scores: Sequence[tuple[int, Score]]) -> Score:
    total = max(1, sum(weight for weight, _ in scores))
    first = sum(weight * score.first for weight, score in scores) / total
    third = sum(weight * score.third for weight, score in scores) / total
    return Score(sum(score.asked for _, score in scores), first, third)


def split_by_chance(lines: Sequence[Line], folds: int = FOLDS, rounds: int = 1, most: int = ASKED) -> Score:
    """A part asked of what the others taught."""
    mixed = list(lines)
    Random(SEED).shuffle(mixed)
    scores = []
    for turn in range(rounds):
        model = taught(line for at, line in enumerate(mixed) if at % folds != turn)
        scores.append((1, asked_of(model, mixed[turn::folds][:most])))
    return _mean(scores)


# agencies


def columns_of(lines: Sequence[Line], times: int = 1) -> Columns:
    """The desk's columns as if it had these cases, each so many times, nine weeks apart."""
    columns, now = Columns(), to_ms(NOW)
    columns.summed(False)
    usual: dict[str, Any] = dict.fromkeys(KEPT, 0)
    usual |= {"open": 1, "entered_ms": now, "number": "2411-07001-0"}
    for turn in range(times):
        rows = [_row(usual, turn * len(lines) + at + 1, line, turn) for at, line in enumerate(lines)]
        columns.put(rows)
    columns.summed(True)
    return columns


def _row(usual: dict[str, Any], key: int, line: Line, turn: int) -> tuple[Any, ...]:
    district = _REFERENCE.district_of(line.commune, _DAY)
    kind = _REFERENCE.type(line.type)
    own = {
        "pk": key, "display_status": "new", "channel": "phone", "handler": "", "type": line.type,
        "category": kind.category if kind else "", "commune": line.commune, "lead": line.last or line.agency,
        "district": district.code if district else "", "urgency_sort": 2,
    }  # fmt: skip
    if line.at:
        own["entered_ms"] = int((line.at - turn * 63 * 86_400) * 1000)
    return tuple((usual | own)[name] for name in KEPT)


def agency_of(columns: Columns, type_: str, commune: str) -> str:
    """The one that the intake proposes."""
    rule = propose_agency(_REFERENCE, type_, commune, _DAY) if type_ else None
    past = past_of(columns, _REFERENCE, type_, commune, to_ms(NOW))
    proposal = proposal_by_past(rule, past)
    return proposal.lead if proposal else ""


def agencies_asked(
    columns: Columns, lines: Sequence[Line], truth: Callable[[Line], str], kind: Callable[[Line], str]
) -> Score:
    """How often the proposed agency is the true one."""
    known = [line for line in lines if truth(line) and line.commune]
    right = sum(agency_of(columns, kind(line), line.commune) == truth(line) for line in known)
    return Score(len(known), right / max(1, len(known)), 0.0)


def _agency_line(name: str, score: Score) -> str:
    return f"{name:<44}{score.asked:>8,}{score.first:>9.3f}"


def _own(line: Line) -> str:
    return line.type


def _guessing(model: TypeModel) -> Callable[[Line], str]:
    def guessed(line: Line) -> str:
        found = model.guesses(line.text, line.commune)
        return found[0].type if found else ""

    return guessed


def agency_scores(lines: Sequence[Line]) -> list[tuple[str, Score]]:
    """A fifth asked of what the rules and the other four fifths say."""
    mixed = list(lines)
    Random(SEED).shuffle(mixed)
    back, rest = mixed[::FOLDS][:ASKED], [line for at, line in enumerate(mixed) if at % FOLDS]
    columns = columns_of(rest)
    unseen = [line for line in back if line.sentence == 0]
    guessing = _guessing(taught(line for line in rest if line.sentence != 0))
    return [
        ("type known, the first agency", agencies_asked(columns, back, lambda line: line.agency, _own)),
        ("type known, the agency in the end", agencies_asked(columns, back, lambda line: line.last, _own)),
        (
            "type guessed, first agency, sentence unseen",
            agencies_asked(columns, unseen, lambda x: x.agency, guessing),
        ),
    ]


# times


class Times(NamedTuple):
    """Milliseconds; the learning in seconds: until all is learnt, and of the processor's time."""

    guess: list[float]
    past: list[float]
    learnt: int
    learning_s: float
    learning_cpu_s: float
    memory_mb: float


async def times(cases: int, folder: Path | None = None) -> Times:
    """Of a desk with so many cases, from its start on."""
    lines = Random(SEED).sample(generated(5_000, SEED + 1), 300)
    desk = await desk_in(await store_of(cases, folder))
    try:
        await desk.keep_index()
        before, began, cpu = _memory_mb(), time.perf_counter(), time.process_time()
        await desk._held.learning.catch_up()
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        guess, past = list[float](), list[float]()
        for line in lines:
            began = time.perf_counter()
            await desk.type_guesses(line.text, line.commune, _DAY)
            guess.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            await desk.past(line.type, line.commune)
            past.append((time.perf_counter() - began) * 1000)
        model = desk._held.learning._model
        return Times(guess, past, model.learnt if model else 0, took, cpu, _memory_mb() - before)
    finally:
        desk.close()


def looks(lines: Sequence[Line], cases: int) -> list[float]:
    """Milliseconds of both looks at the columns of so many cases: what the last hours brought, who did it."""
    columns, now = columns_of(lines, cases // len(lines)), to_ms(NOW)
    found = list[float]()
    for line in lines[:200]:
        began = time.perf_counter()
        lately_of(columns, now)
        past_of(columns, _REFERENCE, line.type, line.commune, now)
        found.append((time.perf_counter() - began) * 1000)
    return found


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run() -> list[Entry]:
    """What is missed, of sentences that were not learnt; times in a large store."""
    lines = generated()
    held, (_, agency) = sentences_held_back(lines), agency_scores(lines)[0]
    took = asyncio.run(times(STORE))
    million = looks(lines, MILLION)
    missed, wrong = 100 - 100 * held.third, 100 - 100 * agency.first
    told, looked = percentile(took.guess, 95), percentile(million, 95)
    return [
        entry("types not among three of 100, sentences held back", missed, "", "goal", 100 - 100 * TOP3),
        entry("agencies wrong of 100, type known", wrong, "", "goal", 100 - 100 * AGENCY),
        entry(f"type proposed, p95, {STORE:,} cases", told, "ms", "limit", LIMIT_MS),
        entry(f"looks at what was, p95, {MILLION:,} cases", looked, "ms", "limit", LIMIT_MS),
    ]


def _print_generated() -> None:
    lines = generated()
    print(HEAD)
    print(asked_of(taught(()), lines[:ASKED]).line("names and keywords alone, no case learnt"))
    print(sentences_held_back(lines).line("sentences held back"), flush=True)
    print(split_by_chance(lines).line("split by chance (given away)"), flush=True)
    print(HEAD_AGENCY)
    for name, score in agency_scores(lines):
        print(_agency_line(name, score), flush=True)


def _print_file(path: Path) -> None:
    lines, practice = read(path), generated()
    typed = [line for line in lines if line.type]
    model = taught(practice)
    print(
        f"{path.name}: {len(lines):,} lines, {Counter(bool(line.type) for line in lines)[True]:,} with a type"
    )
    print(HEAD)
    print(asked_of(taught(()), typed).line("names and keywords alone"))
    print(asked_of(model, typed).line("taught by the practice province"), flush=True)
    if len(typed) >= FOLDS:
        own = split_by_chance(typed, rounds=FOLDS, most=len(typed))
        print(own.line("taught by the file's other lines"), flush=True)
    guessing = _guessing(model)
    score = agencies_asked(columns_of(practice), lines, lambda x: x.agency, lambda x: x.type or guessing(x))
    print(HEAD_AGENCY)
    print(_agency_line("rules and the practice province's past", score))


def _print_times(cases: int, folder: Path | None) -> None:
    found, million = asyncio.run(times(cases, folder)), looks(generated(), MILLION)
    print(f"{cases:,} cases, {found.learnt:,} learnt in {found.learning_s:.0f} s, {found.memory_mb:.0f} MB")
    print(f"{found.learning_cpu_s:.1f} s of the processor")
    for name, samples in (
        ("type proposed", found.guess),
        ("agency by past cases", found.past),
        (f"both looks at what was, {MILLION:,}", million),
    ):
        print(f"{name:<36} median {percentile(samples, 50):6.2f} ms   p95 {percentile(samples, 95):6.2f} ms")


def main(argv: Sequence[str]) -> None:
    """As the module says."""
    if argv[:1] == ["--store"]:
        _print_times(int(argv[1]), Path(argv[2]) if len(argv) > 2 else None)
    for name in argv if argv[:1] != ["--store"] else ():
        _print_file(Path(name))
    if not argv:
        _print_generated()


if __name__ == "__main__":
    main(sys.argv[1:])
