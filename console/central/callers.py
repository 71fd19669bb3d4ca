"""Whether anybody is here: for a practice server that ends by itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Callers:
    """Counts calls that are being answered, open streams among them; on the serving loop's thread."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._here, self._last = 0, monotonic()

    @contextmanager
    def one(self) -> Iterator[None]:
        """While one call is answered."""
        self._here += 1
        try:
            yield
        finally:
            self._here -= 1
            self._last = self._monotonic()

    def away_s(self) -> float:
        """For how many seconds nobody has been here. Any thread may ask."""
        return 0.0 if self._here else self._monotonic() - self._last
