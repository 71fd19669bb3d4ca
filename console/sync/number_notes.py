"""Notes on numbers: what was written here is told, colleagues' are read, as shared views are."""

import logging

from console.sync.errors import BadAnswer, Rejected, RetryLater, ServerError
from console.sync.shared_views import SharedViews

log = logging.getLogger(__name__)


class NumberNotes(SharedViews):
    """Call it at the end of each round; at an agency's desk it does nothing."""

    def __call__(self) -> None:
        if self._port.has_notes():
            super().__call__()

    def _tell(self) -> bool:
        told = False
        for note in self._port.notes_to_tell():
            try:
                stands = self._api.put_number_note(note)
            except Rejected as refused:  # of this one; the others go on. No word of whose number it is
                log.warning("a note on a number is refused: %s", refused.problem)
                self._later()
            except (ServerError, BadAnswer, RetryLater) as error:
                log.warning("notes on numbers: %s", error.code)
                self._later()
                break
            else:
                self._port.apply_notes([stands])
                told = True
        return told

    def _read(self) -> None:
        try:
            answer = self._api.number_notes(self._port.notes_version())
        except (ServerError, BadAnswer, RetryLater, Rejected) as error:  # an older centre has none
            log.warning("notes on numbers: %s", error.code)
            self._later()
            return
        self._due = self._steady() + self._pace.views
        if answer.notes:
            self._port.apply_notes(answer.notes, answer.version)
