"""A circuit that opens on a sick centre: it is then asked how it is, and nothing else, until it is well.

Two hundred desks that send all they have to a server that cannot answer keep it from getting up.
"""

from console.sync.errors import Offline, RetryLater, ServerError, WireError

TRIPS = 3  # rounds in a row that failed by the centre's fault
_SICK = ("timeout", "gateway")


def is_sick(error: WireError) -> bool:
    """Whether it is the centre that does not get on; a line that is cut says nothing of it."""
    if isinstance(error, Offline):
        return error.reason in _SICK
    return isinstance(error, ServerError) or (isinstance(error, RetryLater) and error.status >= 500)


class Circuit:
    """Closed, open, and half open: that is the one round that goes after a good word."""

    def __init__(self, trips: int = TRIPS) -> None:
        self._trips, self._failures = trips, 0

    @property
    def is_open(self) -> bool:
        """Ask for its health first."""
        return self._failures >= self._trips

    def worked(self) -> None:
        """A whole round went well: closed."""
        self._failures = 0

    def failed(self, error: WireError) -> None:
        """A round, or the question, failed."""
        if is_sick(error):
            self._failures += 1
