"""The calendar of reports: last week's and last month's are made by themselves, in the morning behind them.

Each process looks; which of them makes one does not matter, for a report is kept once (`ReportShelf`).
"""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from console.central.bugs import log_bug
from console.central.period_reports import ReportShelf

log = logging.getLogger(__name__)

FIRST_S = 30.0  # a server that has just started has other things to do
LOOK_S = 300.0


class ReportCalendar:
    """One thread, as long as the server serves."""

    def __init__(self, shelf: ReportShelf, first_s: float = FIRST_S) -> None:
        self._shelf, self._first_s = shelf, first_s
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is being made is made."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        wait = self._first_s
        while not self._ending.wait(wait):
            wait = LOOK_S
            try:
                self._shelf.make_due()
            except SQLAlchemyError as error:
                log.warning("reports of the calendar: %s", type(error).__name__)
            except Exception as bug:  # noqa: BLE001 - logged; the next look tries again
                log_bug("reports of the calendar", bug)
