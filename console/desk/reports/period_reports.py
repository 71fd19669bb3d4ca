"""Reports of a period for this desk's screens: the centre's where it is reached, else of what is here."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from console.desk import window
from console.desk.connection import Net
from console.desk.errors import ReportBroken, ReportOffline
from console.desk.holdings import Holdings
from console.desk.reports.child import Child
from console.desk.reports.counting_child import Counted, Errand
from console.domain.figures.counting import districts_of
from console.domain.figures.figures import Figures, encoded
from console.domain.figures.period import Period
from console.models.failures import StoreCorrupt
from console.models.times import from_ms
from console.protocol.reports import KeptReport, LockRequest, ReportAnswer, ReportsAnswer

T = TypeVar("T")
COUNTER = "console.desk.reports.counting_child"


class ReportsCentre(Protocol):
    """Who asks the centre; each call blocks. Raises ReportOffline, and what else the line may raise."""

    def figures(self, period: Period) -> ReportAnswer:
        """Of a period: locked ones, or counted now."""

    def kept(self) -> ReportsAnswer:
        """The list of kept ones."""

    def one(self, report_id: str) -> ReportAnswer:
        """One of them."""

    def lock(self, asked: LockRequest) -> ReportAnswer:
        """Let a period's figures stand. Raises ReportRuns, ReportNotYours."""


class Source(StrEnum):
    """Whose cases were counted."""

    CENTRE = "centre"
    HERE = "here"


class Missing(NamedTuple):
    """What figures of this desk may lack: cases that left it (`before`: ended ones entered before then), or
    that a first fill has not brought; and `unsent`: how many acts are in them that the centre has not."""

    before: datetime | None = None
    filling: bool = False
    unsent: int = 0


class PeriodReport(NamedTuple):
    """Figures, and what to say of them. `kept`: as they were kept; None: counted now, and provisional."""

    figures: Figures
    source: Source
    kept: KeptReport | None = None
    missing: Missing = Missing()


class PeriodReports:
    """One for the desk. All but `end` on the loop's thread."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._child = Child(COUNTER)

    async def of(self, period: Period) -> PeriodReport | None:
        """The centre's figures; this desk's where it is not reached. None: a newer question came. Raises what
        the line may raise."""
        centre = self._held.reports_centre
        if centre is not None and self._held.connection.current.net is Net.ONLINE:
            try:
                return _checked(await asyncio.to_thread(centre.figures, period))
            except ReportOffline:
                pass  # this desk has figures of its own
        return await self.of_this_desk(period)

    async def of_this_desk(self, period: Period) -> PeriodReport | None:
        """Out of what is kept here. None: a newer question came. Raises StoreCorrupt, ReportNotMade."""
        held = self._held
        missing = await held.call(lambda: self._missing(period))
        errand = Errand(
            folder=str(held.store.folder.resolve()),
            key=held.store.key,
            period=period,
            districts=held.reference.built(districts_of),
            as_of=held.clock.now(),
        )
        said = await asyncio.to_thread(lambda: self._child.ask(msgspec.json.encode(errand)))
        if said is None:
            return None
        counted = msgspec.json.decode(said, type=Counted)
        if counted.figures is None:
            raise StoreCorrupt(counted.failure)
        return PeriodReport(counted.figures, Source.HERE, missing=missing)

    async def kept(self) -> tuple[KeptReport, ...]:
        """What the centre keeps, newest first. Raises ReportOffline, …"""
        return (await self._ask(lambda centre: centre.kept())).reports

    async def one(self, report_id: str) -> PeriodReport:
        """One of them. Raises ReportOffline, ReportBroken, …"""
        return _checked(await self._ask(lambda centre: centre.one(report_id)))

    async def lock(self, period: Period) -> PeriodReport:
        """Let the figures stand. Raises ReportOffline, ReportRuns, ReportNotYours, …"""
        asked = LockRequest(first=period.first, last=period.last)
        return _checked(await self._ask(lambda centre: centre.lock(asked)))

    async def _ask(self, ask: Callable[[ReportsCentre], T]) -> T:
        centre = self._held.reports_centre
        if centre is None:
            raise ReportOffline
        return await asyncio.to_thread(ask, centre)

    def _missing(self, period: Period) -> Missing:
        held = self._held
        left = window.put_away_before(held)
        before = from_ms(left) if left and from_ms(left) > period.start else None
        return Missing(before, held.meta.get("cursor") is None, held.letters.tally().waiting)

    def end(self) -> None:
        """Nobody waits any more. From any thread."""
        self._child.end()


def _checked(answer: ReportAnswer) -> PeriodReport:
    """Kept figures are those of their digest. Raises ReportBroken."""
    kept = answer.kept
    if kept is not None and hashlib.sha256(encoded(answer.figures)).hexdigest() != kept.digest:
        raise ReportBroken(kept.id)
    return PeriodReport(answer.figures, Source.CENTRE, kept)
