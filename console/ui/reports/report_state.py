"""Which period is wanted, apart from the widgets that choose it."""

from collections.abc import Callable
from datetime import date, datetime

from console.domain.figures.period import (
    Period,
    PeriodFault,
    PeriodKind,
    beside,
    fault_of,
    period_of,
)
from console.domain.zone import local_day

KINDS = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR, PeriodKind.FREE)


class ReportState:
    """Begins with the month before this one: the last that is whole."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.kind = PeriodKind.MONTH
        self.period = beside(self.kind, period_of(self.kind, self._today()), -1)

    def _today(self) -> date:
        return local_day(self._now())

    @property
    def fault(self) -> PeriodFault | None:
        """Why there can be no report of it."""
        return fault_of(self.period, self._now())

    @property
    def over(self) -> bool:
        """Whether its figures may be locked."""
        return self.period.over(self._now())

    def choose(self, kind: PeriodKind) -> None:
        """Another length, with the last day of what was shown; a free one keeps its days."""
        self.kind = kind
        if kind is not PeriodKind.FREE:
            self.period = period_of(kind, min(self.period.last, self._today()))

    def step(self, by: int) -> bool:
        """To the next or the one before; False: that lies in the future."""
        there = beside(self.kind, self.period, by)
        if fault_of(there, self._now()) is not None:
            return False
        self.period = there
        return True

    def set_days(self, first: date, last: date) -> None:
        """A free period, as typed."""
        self.kind, self.period = PeriodKind.FREE, Period(first=first, last=last)

    def show(self, period: Period) -> None:
        """That of a report that is kept."""
        self.kind, self.period = period.kind, period
