"""For the board: this desk's day is told, others' are heard; scores of calls are told and read like notes."""

import logging

from console.protocol.board import DeskDays, SampleScore, SampleScores
from console.sync.errors import BadAnswer, Rejected, RetryLater, ServerError
from console.sync.shared_views import SharedViews

log = logging.getLogger(__name__)
DAY_S = 20.0  # between two tellings; a round comes every half minute at least


class DeskDayTeller(SharedViews):
    """Call it at the end of each round."""

    _told_at = float("-inf")

    def __call__(self) -> None:
        """Tell how today is going, where it is time. Raises WireError where the line broke."""
        now = self._steady()
        if now < self._told_at + DAY_S or (self._wait_until is not None and now < self._wait_until):
            return
        day = self._port.day_to_tell()
        if day is None:
            return
        self._told_at = now
        try:
            answer = self._api.ask("PUT", "/desk-days", DeskDays, day)
        except (ServerError, BadAnswer, RetryLater, Rejected) as error:  # an older centre has none
            log.warning("desk day: %s", error.code)
            self._later()
            return
        self._port.apply_days(answer.days)

    def begin_again(self) -> None:
        """The centre was restored from a backup."""
        self._told_at = float("-inf")


class SampleScoreTeller(SharedViews):
    """The same for scores; at the desk of anybody but a supervisor it does nothing."""

    def __call__(self) -> None:
        if self._port.has_scores():
            super().__call__()

    def _tell(self) -> bool:
        told = False
        for score in self._port.scores_to_tell():
            try:
                stands = self._api.ask("PUT", "/sample-scores", SampleScore, score)
            except Rejected as refused:  # of this one; the others go on
                log.warning("score of a call refused: %s", refused.problem)
                self._later()
            except (ServerError, BadAnswer, RetryLater) as error:
                log.warning("scores of calls: %s", error.code)
                self._later()
                break
            else:
                self._port.apply_scores([stands])
                told = True
        return told

    def _read(self) -> None:
        try:
            after = self._port.scores_version()
            answer = self._api.ask("GET", f"/sample-scores?after={after}", SampleScores)
        except (ServerError, BadAnswer, RetryLater, Rejected) as error:  # an older centre has none
            log.warning("scores of calls: %s", error.code)
            self._later()
            return
        self._due = self._steady() + self._pace.views
        if answer.scores:
            self._port.apply_scores(answer.scores, answer.version)
