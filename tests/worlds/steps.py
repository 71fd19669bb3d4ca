"""A history: what happens to whom, in which order. Everything random is drawn here, from the seed; playing
the steps draws nothing more, so that any part of them can be played again."""

from random import Random

import msgspec

FATES = (
    "lost", "unanswered", "late", "twice", "reset", "short", "busy", "bug", "bug_after", "gateway", "portal",
    "expired", "away",
)  # fmt: skip
"""What may become of a request: see `net.py`."""

KILLS = ("now", "before", "after", "power")
CENTRE = ("kill", "kill_before", "kill_after", "start")

ACTS = {
    "log": 3, "log_forward": 3, "open": 2, "type": 3, "save": 2, "discard": 1, "note": 4, "assign": 9,
    "urgency": 3, "title": 8, "description": 4, "edit_two": 7, "resolve": 4, "close": 4, "reject": 5,
    "merge": 4, "unmerge": 2, "reopen": 2, "reveal": 2, "callback": 1, "watch": 1, "undo": 4, "let_go": 3,
    "again": 4, "bin_back": 2, "read": 1,
}  # fmt: skip
AGENCY_ACTS = ("accept", "return", "resolve", "note", "extension")


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happens. `who`: which console or agency; `a`, `b`: which of what there is then."""

    do: str
    who: int = 0
    what: str = ""
    a: int = 0
    b: int = 0

    def __str__(self) -> str:
        more = [self.what, *(str(n) for n in (self.a, self.b) if n)]
        return " ".join([f"{self.do}[{self.who}]", *(x for x in more if x)])


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A world and what happens in it. `cases`: how many the centre has at the beginning."""

    seed: int
    consoles: int
    agencies: int
    cases: int
    skews: tuple[int, ...]  # seconds by which each console's wall clock is wrong
    steps: tuple[Step, ...]

    def with_steps(self, steps: tuple[Step, ...]) -> "History":
        """The same world, other steps."""
        return msgspec.structs.replace(self, steps=steps)


def history(seed: int) -> History:
    """The history of a seed. Each draws its own few kinds of trouble, and how much: one with every kind at
    once would rarely get anywhere."""
    rng = Random(f"world {seed}")
    consoles = rng.choice((2, 2, 3, 3, 4))
    agencies = rng.choice((0, 1, 2))
    maker = _Maker(rng, consoles, agencies)
    return History(
        seed=seed,
        consoles=consoles,
        agencies=agencies,
        cases=rng.choice((0, 1, 2, 3, 5, 7)),
        skews=tuple(rng.choice((0, 0, 0, 3, -40, 86_400, -86_400)) for _ in range(consoles)),
        steps=(*maker.beginning(), *(maker.step() for _ in range(rng.randint(30, 75)))),
    )


class _Maker:
    def __init__(self, rng: Random, consoles: int, agencies: int) -> None:
        self._rng, self._consoles, self._agencies = rng, consoles, agencies
        self._fates = rng.sample(FATES, rng.randint(1, 5))
        self._kills = rng.sample(KILLS, rng.randint(1, 3))
        self._acts = [*rng.sample(sorted(ACTS), rng.randint(5, 14)), "log", "note"]
        self._few = [rng.randrange(4) for _ in range(rng.choice((1, 1, 2)))]
        trouble = rng.choice((0.3, 1.0, 2.0))
        self._weights = {
            "go": rng.choice((10.0, 20.0, 34.0)),
            "act": 32.0,
            "fate": 10.0 * trouble * rng.choice((0, 1, 1)),
            "kill": 3.0 * trouble * rng.choice((0, 1, 1)),
            "wait": 7.0,
            "skew": 0.7 * trouble * rng.choice((0, 0, 1)),
            "centre": 3.0 * trouble * rng.choice((0, 1)),
            "arrive": 5.0,
            "agency": 5.0 if agencies else 0.0,
            "mail": 5.0 if agencies else 0.0,
        }
        self._kinds = list(self._weights)

    def beginning(self) -> list[Step]:
        """Most consoles know the centre's cases before the trouble begins."""
        return [Step(do="go", who=n, a=60) for n in range(self._consoles) if self._rng.random() < 0.75]

    def step(self) -> Step:
        do = self._rng.choices(self._kinds, list(self._weights.values()))[0]
        step: Step = getattr(self, f"_{do}")()
        return step

    def _who(self) -> int:
        return self._rng.randrange(self._consoles)

    def _which(self) -> int:
        """Often the same few: people meet only in the same case."""
        return self._rng.choice(self._few) if self._rng.random() < 0.7 else self._rng.randrange(12)

    def _go(self) -> Step:
        return Step(do="go", who=self._who(), a=self._rng.choice((1, 2, 4, 8, 16, 30, 60)))

    def _act(self) -> Step:
        what = self._rng.choices(self._acts, [ACTS[act] for act in self._acts])[0]
        return Step(
            do="act", who=self._who(), what=what, a=self._rng.randrange(12), b=self._rng.randrange(12)
        )

    def _fate(self) -> Step:
        fate = self._rng.choice(self._fates)
        many = self._rng.choice((1, 1, 1, 2, 5))
        return Step(do="fate", who=self._who(), what=fate, a=self._rng.randrange(100), b=many)

    def _kill(self) -> Step:
        return Step(do="kill", who=self._who(), what=self._rng.choice(self._kills), a=self._rng.randrange(6))

    def _wait(self) -> Step:
        return Step(do="wait", a=self._rng.choice((40, 700, 2_000, 6_000, 11_000, 45_000, 400_000)))

    def _skew(self) -> Step:
        return Step(do="skew", who=self._who(), a=self._rng.choice((-86_400, -90, 5, 3_600, 86_400)))

    def _centre(self) -> Step:
        return Step(do="centre", what=self._rng.choice(CENTRE), a=self._rng.randrange(3))

    def _arrive(self) -> Step:
        return Step(do="arrive", a=self._rng.randrange(8), b=self._rng.choice((1, 2, 9)))

    def _agency(self) -> Step:
        what = self._rng.choice(AGENCY_ACTS)
        return Step(
            do="agency", who=self._rng.randrange(self._agencies), what=what, a=self._rng.randrange(12)
        )

    def _mail(self) -> Step:
        fate = self._rng.choice(("", "", "lost", "unanswered"))
        return Step(do="mail", who=self._rng.randrange(self._agencies), what=fate)
