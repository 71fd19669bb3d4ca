"""The figures of a period, as values: counts and whole minutes alone, so that they are equal or they are not.

Two crowds are counted. *Received*: entered within the period. *Results*: those whose agency (or dispatcher)
gave the result within the period, whenever they had come in; what was reopened or sent back since has none.
"""

from datetime import datetime

import msgspec

from console.domain.figures.period import Period

RATINGS = (1, 2, 3, 4, 5)


class Count(msgspec.Struct, frozen=True):
    """How many there are of one code."""

    code: str
    n: int


class Punctual(msgspec.Struct, frozen=True, kw_only=True):
    """Results by how they kept their time. `unjudged`: no time had been set."""

    met: int = 0
    extended: int = 0
    late: int = 0
    unjudged: int = 0

    @property
    def judged(self) -> int:
        """Those that had a time to keep."""
        return self.met + self.extended + self.late

    @property
    def total(self) -> int:
        """All of them."""
        return self.judged + self.unjudged


class Answered(msgspec.Struct, frozen=True):
    """How many reports of a type gave this answer: `key` as `console.domain.answer_keys` has it."""

    type: str
    key: str
    n: int


class AgencyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One agency's results; `median_minutes` from the call to the result. Code "": nobody led."""

    code: str
    punctual: Punctual
    median_minutes: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where those received in the period stand when it is counted; `overdue` are among the open ones."""

    open: int = 0
    resolved: int = 0
    closed: int = 0
    rejected: int = 0
    merged: int = 0
    referred: int = 0
    overdue: int = 0


class Satisfaction(msgspec.Struct, frozen=True, kw_only=True):
    """Of results: what reporters said last when they were called back. `ratings`: how many gave 1, 2, … 5."""

    ratings: tuple[int, ...] = (0, 0, 0, 0, 0)
    unrated: int = 0  # reached, and said nothing of it
    unreached: int = 0  # called in vain

    @property
    def answered(self) -> int:
        """How many said one."""
        return sum(self.ratings)

    @property
    def satisfied(self) -> int:
        """How many said 4 or 5."""
        return sum(self.ratings[3:])


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """All of a period. Lists come with the largest first, equal ones by code; `course` by time."""

    period: Period
    as_of: datetime
    received: int
    channels: tuple[Count, ...]
    districts: tuple[Count, ...]
    communes: tuple[Count, ...]
    types: tuple[Count, ...]
    course: tuple[Count, ...]  # received in each step of the period, by its first day
    standing: Standing
    ended: int  # of those received: ended at least once
    reopened: int  # of these: taken up again
    results: Punctual
    median_minutes: int | None
    agencies: tuple[AgencyFigures, ...]
    satisfaction: Satisfaction
    answers: tuple[Answered, ...] = ()  # of those received, by type and key


def permille(n: int, of: int) -> int | None:
    """A share in thousandths, half up; None of nothing."""
    return (2000 * n + of) // (2 * of) if of else None


def on_time(punctual: Punctual) -> int | None:
    """Share in time, by extension too, in thousandths of those that had a time to keep."""
    return permille(punctual.met + punctual.extended, punctual.judged)


def encoded(figures: Figures) -> bytes:
    """As JSON, always the same for the same figures: what digests are made of."""
    return msgspec.json.encode(figures)
