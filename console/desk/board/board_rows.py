"""What the board is made of: frozen values."""

from datetime import date, datetime
from typing import NamedTuple

import msgspec

from console.desk.rows import Filter, QueueRow, View
from console.domain.case import Actor
from console.domain.quality import ScoreForm
from console.protocol.board import DeskDay

NO_FILTER = Filter()


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A number, and the list in the queue that has so many rows."""

    n: int = 0
    view: View = View.OPEN
    filter: Filter = NO_FILTER


class AgencyTime(msgspec.Struct, frozen=True, kw_only=True):
    """Results of one agency: how many came in time of those that had a time to keep."""

    code: str
    name: str
    in_time: Listed
    judged: Listed

    @property
    def percent(self) -> float:
        """In time, of a hundred."""
        return 100.0 * self.in_time.n / self.judged.n


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for a supervisor's yes. `kind`: "extension", or the act that was asked for;
    `request`: its id, "" for an extension; `until`: the later time that is asked for."""

    row: QueueRow
    kind: str
    at: datetime
    by: Actor | None = None
    words: str = ""
    request: str = ""
    until: datetime | None = None


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """Calls that are drawn to be scored, under the form in force. `next`: the oldest without a score."""

    form: ScoreForm
    drawn: int
    scored: int
    next: str = ""


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """All of it at one moment.

    `by_hour`: of today, by channel; `usual`: of an average day of the last four weeks, () where there was
    none. `agencies`: those with most late results first. `worst`: where most overdue ones lie, by name.
    `late`: the first of the overdue, oldest first.
    """

    as_of: datetime
    day: date
    open: Listed
    overdue: Listed
    near: Listed
    near_critical: Listed
    in_time: Listed
    judged: Listed
    asking: Listed
    today: Listed
    by_hour: dict[str, tuple[int, ...]] = {}
    usual: tuple[float, ...] = ()
    worst: Listed | None = None
    worst_name: str = ""
    agencies: tuple[AgencyTime, ...] = ()
    late: tuple[QueueRow, ...] = ()
    wishes: tuple[Wish, ...] = ()
    held: dict[str, Listed] = {}
    on_time_target: int | None = None
    answered_target: int | None = None
    answered_s: int = 20
    sampling: Sampling | None = None


class DeskDays(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody's day, by desk. `as_of`: when the centre told it; None: it did not, this desk's is there
    alone."""

    days: tuple[DeskDay, ...] = ()
    as_of: datetime | None = None


class Heard(NamedTuple):
    """What the centre told last."""

    days: tuple[DeskDay, ...] = ()
    as_of: datetime | None = None
