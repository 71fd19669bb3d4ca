"""What desks and centre tell each other for the board: what each desk did today, how calls were scored.

No caller is in any of it.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
NOTE_MOST = 2000  # characters


class DeskDay(msgspec.Struct, frozen=True, kw_only=True):
    """One person at one desk on one day. `state`: "ready", "active", "wrapup", "break", "": no telephone;
    `since`: when it began. `taken`, `in_time`, `ended`, `talk_s`: calls that this person answered, those of
    them within the time that is aimed at, those that are over, and their seconds. `missed`, `missed_open`,
    `called_back`: of the desk, whoever sat there. The centre says `user`, `name`, `station` and `told_at`."""

    day: date
    user: str = ""
    name: str = ""
    station: str = ""
    told_at: datetime | None = None
    state: str = ""
    since: datetime | None = None
    taken: Count = 0
    in_time: Count = 0
    ended: Count = 0
    talk_s: Count = 0
    missed: Count = 0
    missed_open: Count = 0
    called_back: Count = 0


class DeskDays(msgspec.Struct, frozen=True, kw_only=True):
    """PUT /desk-days: all of that day, for those who lead; nobody's for others."""

    days: tuple[DeskDay, ...] = ()


class SampleScore(msgspec.Struct, frozen=True, kw_only=True):
    """How the call of a case was scored. The centre says `version`, `by` and `by_name`."""

    case: str
    scored_at: datetime
    form: str
    form_from: date
    points: dict[str, Count]
    total: Count
    most: Count
    note: str = ""
    by: str = ""
    by_name: str = ""
    version: int = 0


class SampleScores(msgspec.Struct, frozen=True, kw_only=True):
    """GET /sample-scores?after=V: those that were written after a version; `version`: of the last."""

    version: int
    scores: tuple[SampleScore, ...] = ()
