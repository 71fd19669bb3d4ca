"""What the map shows, as plain values: for its legend on the screen and on paper."""

from datetime import date, datetime

import msgspec

from console.geo.shading import ShadeClass
from console.ui.map.layers.choices import Measure, Period


class HeatFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`top`: reports within `within_m` metres that the strongest shade stands for; 0 until it is painted."""

    period: Period
    since: datetime
    until: datetime
    reports: int
    top: int = 0
    within_m: float = 0.0


class ShadeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`nothing`: communes with 0; `unknown`: communes without the figure; `unplaced`: open reports under a
    unit that is not in force on the day shown."""

    measure: Measure
    classes: tuple[ShadeClass, ...]
    nothing: int
    unknown: int = 0
    unplaced: int = 0


class LegendFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: the data's time, None while nothing is shown. `day`: of the boundaries; `other_day`: it is not
    today. `posts`: kinds of duty posts shown. `ground`, `marks`: name of the file, or the address, "" for
    none."""

    at: datetime | None
    cases: int
    pins: bool
    day: date | None = None
    other_day: bool = False
    approximate: bool = True
    heat: HeatFacts | None = None
    shade: ShadeFacts | None = None
    posts: tuple[str, ...] = ()
    practice_posts: bool = False
    marks: str = ""
    marks_count: int = 0
    ground: str = ""
    ground_by: str = ""  # whom the file names as its source
