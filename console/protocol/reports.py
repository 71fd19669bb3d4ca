"""Bodies of the calls about reports of a period (`/reports`)."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from console.domain.figures.figures import Figures

RUNS, NOT_YOURS = "period_runs", "needs_supervisor"
"""Codes of 409: the period is not over; a supervisor locks."""


class KeptKind(StrEnum):
    """Why a report is kept as it was: a supervisor locked its period, or the calendar had it made."""

    LOCKED = "locked"
    WEEK = "week"
    MONTH = "month"


class KeptReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is never counted again. `digest`: SHA-256 of its figures as `encoded` writes them;
    `by_name`: who locked it, "" for one of the calendar."""

    id: str
    kind: KeptKind
    first: date
    last: date
    made_at: datetime
    by_name: str
    digest: str


class ReportAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Figures: `kept` ones, or (None) as they were counted just now."""

    figures: Figures
    kept: KeptReport | None = None


class ReportsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All that are kept, newest first."""

    reports: tuple[KeptReport, ...]


class LockRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A period that is over: its figures are counted once more, and stand from then on."""

    first: date
    last: date
