"""What a chart shows, as values: the same make the picture, the table beside it and what is read out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from console.ui.words import language

TICKS = 5
_MARKS = str.maketrans(".,", ",.")


@dataclass(frozen=True)
class Series:
    """One row of numbers, one for each label. `color`: a colour token; `hatch`: striped (a line: dashed),
    that it is told apart without colours. None: there is no number (a line goes on behind it)."""

    name: str
    values: tuple[float | None, ...]
    color: str = "accent"
    hatch: bool = False

    @property
    def total(self) -> float:
        """Of those there are."""
        return sum(value for value in self.values if value is not None)


@dataclass(frozen=True)
class Chart:
    """Bars upon each other, lines over them. `across`: the bars lie, one row each, first label on top.

    `target`: a mark on each bar's way, with its name; `now`: where on the axis of labels a dotted line stands
    (0.5 is the middle of the first), with its name; `top`: the axis ends there at least; `unit` follows each
    number ("%"); `ends`: numbers are written at the ends of the bars.
    """

    title: str
    labels: tuple[str, ...]
    bars: tuple[Series, ...] = ()
    lines: tuple[Series, ...] = ()
    across: bool = False
    target: float | None = None
    target_name: str = ""
    now: float | None = None
    now_name: str = ""
    top: float = 0.0
    unit: str = ""
    ends: bool = False
    every: int = 1  # so many labels are one further: others have no room on the axis
    places: int = 0  # decimals in numbers

    @property
    def highest(self) -> float:
        """The end of the longest bar or line, or what must be seen besides."""
        stacks = [sum(s.values[i] or 0.0 for s in self.bars) for i in range(len(self.labels))]
        points = [value for line in self.lines for value in line.values if value is not None]
        return max([*stacks, *points, self.top, self.target or 0.0], default=0.0)

    def number(self, value: float | None) -> str:
        """As it is written: whole ones as such, decimal comma in Vietnamese; "–" where there is none."""
        if value is None:
            return "–"
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.{self.places}f}"
        return (text.translate(_MARKS) if language() == "vi" else text) + self.unit

    def on_axis(self, value: float) -> str:
        """A round number of the scale."""
        text = f"{value:,.0f}"
        return (text.translate(_MARKS) if language() == "vi" else text) + self.unit

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The chart in words: a head, then a row for each label."""
        columns = (*self.bars, *self.lines)
        head = ("", *(column.name for column in columns))
        rows = [
            (name, *(self.number(column.values[i]) for column in columns))
            for i, name in enumerate(self.labels)
        ]
        return head, *rows

    def spoken(self) -> str:
        """One sentence for whoever does not see it."""
        head, *rows = self.table()
        told = [
            f"{name} {', '.join(f'{h} {v}' for h, v in zip(head[1:], values, strict=True))}"
            for name, *values in rows
        ]
        return f"{self.title}. {'; '.join(told)}"


def steps_to(highest: float, count: int = TICKS) -> tuple[float, ...]:
    """Round numbers for an axis from nought to just beyond `highest`: 0, 10, 20, … Whole ones."""
    if highest <= 0:
        return (0.0, 1.0)
    raw = highest / count
    size = 10.0 ** floor(log10(raw))
    step = max(1.0, next(size * round_ for round_ in (1, 2, 5, 10) if size * round_ >= raw))
    return tuple(step * i for i in range(int(-(-highest // step)) + 1))


def ends_of(series: Sequence[Series], index: int) -> tuple[tuple[Series, float, float], ...]:
    """The stack at a label: each series with where its bar begins and ends; empty ones are left out."""
    found, at = [], 0.0
    for one in series:
        value = one.values[index] or 0.0
        if value > 0:
            found.append((one, at, at + value))
            at += value
    return tuple(found)
