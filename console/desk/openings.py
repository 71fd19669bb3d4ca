"""Who opened which case today."""

from datetime import date


class Openings:
    """Who opened which case today, in memory: one that is forgotten is noted once more."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._seen: set[tuple[str, str]] = set()

    def first(self, user: str, case_id: str, day: date) -> bool:
        """Whether it is their first time that day."""
        if day != self._day:
            self._day, self._seen = day, set()
        new = (user, case_id) not in self._seen
        self._seen.add((user, case_id))
        return new
