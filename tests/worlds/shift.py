"""A shift of eight hours: two supervisors, four people on the telephone and two agencies act at once, the
centre is away once, the line once more. At the end every number on both boards is that of a recount: of the
centre's ledger for cases, of the calls that were made for the desks.

    python -m tests.worlds.shift 20 [--first 1] [--beats 240]      seeds; ends with 1 where one is wrong
"""

import argparse
import logging
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

import msgspec

from console.domain.case import Case, Role
from tests.desk.board.recount import miscounted, mistold
from tests.worlds.author import holdings
from tests.worlds.steps import History, Step
from tests.worlds.world import World, place

CONSOLES, HOURS = 6, 8
ACTS = {
    "log_forward": 14, "log": 6, "assign": 8, "note": 4, "urgency": 3, "title": 3, "resolve": 6, "close": 5,
    "reject": 2, "merge": 3, "unmerge": 1, "reopen": 2, "callback": 2, "undo": 2, "grant": 6, "refuse": 3,
    "remind": 4, "ring": 12, "take": 12, "answer": 18, "hang_up": 20, "miss": 5,
}  # fmt: skip
AGENCY = {"accept": 8, "resolve": 8, "return": 2, "note": 2, "extension": 8}


def shift(seed: int, beats: int = 48) -> History:
    """Everybody acts in each of so many stretches of the eight hours."""
    rng, each = Random(f"shift {seed}"), HOURS * 3_600_000 // beats
    centre_away = range(beats // 4, beats // 4 + max(2, beats // 24))
    line_away = range(beats * 5 // 8, beats * 5 // 8 + max(2, beats // 30))
    steps = [Step(do="go", who=n, a=60) for n in range(CONSOLES)]
    for beat in range(beats):
        if beat == centre_away.start:
            steps.append(Step(do="centre", what="kill"))
        if beat == centre_away.stop:
            steps.append(Step(do="centre", what="start"))
        if beat in line_away:
            steps += [Step(do="fate", who=n, what="lost", b=4) for n in range(CONSOLES)]
        steps += _beat(rng, each)
    return History(
        seed=seed, consoles=CONSOLES, agencies=2, cases=7, skews=(0, 3, 0, -40, 0, 0), steps=tuple(steps)
    )


def _beat(rng: Random, each: int) -> list[Step]:
    steps, left = list[Step](), each
    for _ in range(rng.randint(6, 12)):
        pause = rng.choice((4_000, 12_000, 19_000, 25_000, 60_000))
        steps.append(Step(do="wait", a=min(pause, left)))
        left -= min(pause, left)
        if rng.random() < 0.75:
            what = rng.choices(list(ACTS), list(ACTS.values()))[0]
            who, a, b = rng.randrange(CONSOLES), rng.randrange(12), rng.randrange(12)
            steps.append(Step(do="act", who=who, what=what, a=a, b=b))
        else:
            what = rng.choices(list(AGENCY), list(AGENCY.values()))[0]
            steps.append(Step(do="agency", who=rng.randrange(2), what=what, a=rng.randrange(12)))
            steps.append(Step(do="mail", who=steps[-1].who))
    steps.append(Step(do="wait", a=max(0, left)))
    return [*steps, *(Step(do="go", who=n, a=14) for n in range(CONSOLES))]


class ShiftWorld(World):
    """The world, and the boards at its end. There is more to catch up with than in a short history."""

    a_round = 40_000

    def _settle(self) -> None:
        super()._settle()
        for _ in range(2):  # each desk tells its day, then each has heard everybody's
            self.time.ms += 31_000
            for console in self.consoles:
                console.go()
            self._finish_rounds()
        if not self.misses:
            self.misses += self._boards()

    def _boards(self) -> Iterable[str]:
        books, boards = self.centre.books, 0
        cases = [msgspec.json.decode(body, type=Case) for body in books.cases.values()]
        tallies = {console.key: console.people.calls for console in self.consoles}
        for console in self.consoles:
            desk = console.desk
            if desk is None or desk.actor.role is not Role.SUPERVISOR:
                continue
            boards += 1
            board = self._loop.run_until_complete(desk.board())
            days = self._loop.run_until_complete(desk.desk_days())
            for miss in (*miscounted(board, cases), *mistold(days, tallies)):
                yield f"console {console.index}: {miss}"
            if holdings(desk).letters.tally().waiting:
                yield f"console {console.index}: something still waits"
        if boards != 2:
            yield f"there were {boards} boards"


def play(told: History, root: Path) -> ShiftWorld:
    """One shift."""
    world = ShiftWorld(told, root)
    world.run()
    return world


def main() -> int:
    """0: every shift ended with boards that are right."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("n", type=int, nargs="?", default=10)
    read.add_argument("--first", type=int, default=1)
    read.add_argument("--beats", type=int, default=240)
    asked = read.parse_args()
    logging.disable(logging.CRITICAL)
    bad = 0
    for seed in range(asked.first, asked.first + asked.n):
        began = time.monotonic()
        with place() as root:
            world = play(shift(seed, asked.beats), root)
        bad += bool(world.misses)
        given, cases = world.centre.books.given.values(), len(world.centre.books.cases)
        refused = sum(not one.accepted for one in given)
        said = world.misses[0] if world.misses else "both boards are right"
        took = time.monotonic() - began
        print(
            f"seed {seed}: {cases} cases, {len(given)} commands ({refused} refused), {took:.0f} s: {said}",
            flush=True,
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
