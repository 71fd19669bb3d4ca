"""What the shift is measured by, as reference data: targets, and the form that calls are scored with.

Which calls are drawn is a rule of the number alone: every desk draws the same ones without asking another.
"""

import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

import msgspec

from console.domain.case import Channel
from console.domain.category import Urgency

Percent = Annotated[int, msgspec.Meta(ge=1, le=100)]
ON_TIME, ANSWERED = "on_time", "answered"
ANSWERED_S = 20  # where no list says it
LOTS = 10_000


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """`code`: "on_time" (cases ended in time) or "answered" (calls taken within `seconds`)."""

    code: str
    percent: Percent
    seconds: Annotated[int, msgspec.Meta(ge=1, le=600)] | None = None
    valid_from: date
    valid_to: date | None = None


class ScoreItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to judge: 0 to `most` points. `must`: with no point for it the whole call has none."""

    code: str
    text: str
    text_en: str
    most: Annotated[int, msgspec.Meta(ge=1, le=9)]
    must: bool = False


class ScoreForm(msgspec.Struct, frozen=True, kw_only=True):
    """`percent`: so many of all calls are drawn, besides every critical one; of the last `days` days."""

    code: str
    name: str
    percent: Percent
    days: Annotated[int, msgspec.Meta(ge=1, le=31)]
    items: Annotated[tuple[ScoreItem, ...], msgspec.Meta(min_length=1, max_length=20)]
    valid_from: date
    valid_to: date | None = None

    @property
    def most(self) -> int:
        """Points of a faultless call."""
        return sum(item.most for item in self.items)


def target_of(targets: Iterable[Target], code: str, on: date) -> Target | None:
    """The one in force on a day."""
    held = (t for t in targets if t.code == code and t.valid_from <= on)
    return next((t for t in held if t.valid_to is None or on <= t.valid_to), None)


def form_on(forms: Iterable[ScoreForm], on: date) -> ScoreForm | None:
    """The form in force on a day, the first by code."""
    held = (f for f in forms if f.valid_from <= on and (f.valid_to is None or on <= f.valid_to))
    return min(held, key=lambda form: form.code, default=None)


def is_drawn(number: str, channel: Channel, urgency: Urgency, percent: int) -> bool:
    """Whether the call behind this case is to be scored: every critical one, and a share of the others."""
    return channel is Channel.PHONE and (
        urgency is Urgency.CRITICAL or lot_of(number) < percent * LOTS // 100
    )


def lot_of(number: str) -> int:
    """What a number draws, of LOTS."""
    return zlib.crc32(number.encode()) % LOTS


def points_of(form: ScoreForm, points: Mapping[str, int]) -> int:
    """The sum; nought where something that must be was not."""
    if any(item.must and points.get(item.code, 0) == 0 for item in form.items):
        return 0
    return sum(points.get(item.code, 0) for item in form.items)


def fits_form(form: ScoreForm, points: Mapping[str, int]) -> bool:
    """Whether each item has its points, and nothing else has any."""
    known = {item.code: item.most for item in form.items}
    return points.keys() == known.keys() and all(0 <= points[code] <= most for code, most in known.items())
