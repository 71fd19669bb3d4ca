"""The desk's door to reports of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.holdings import Holdings

if TYPE_CHECKING:
    from console.desk.reports.period_reports import PeriodReports


class ReportsDoor:
    """A part of the desk."""

    _held: Holdings
    _reports: PeriodReports | None = None

    @property
    def reports(self) -> PeriodReports:
        """Made when first asked for: nothing at the start does."""
        if self._reports is None:
            from console.desk.reports.period_reports import PeriodReports

            self._reports = PeriodReports(self._held)
        return self._reports
