"""What is known of one case's timeline: its newest stretch, kept up to date, and older ones as they came."""

from console.desk.rows import CaseView
from console.domain.case import Event

STRETCH = 20  # events that are asked for at once


class KnownEvents:
    """Stretches without a hole between them. `left`: how many events before them are not read yet."""

    def __init__(self) -> None:
        self.case = ""
        self.newest: tuple[Event, ...] = ()
        self.older: list[tuple[Event, ...]] = []  # the oldest first
        self.left = 0
        self._waiting: tuple[str, ...] = ()

    def take(self, view: CaseView) -> bool:
        """The case was read again, or another one: False where nothing of what was known goes on."""
        kept = self._kept(view)
        if kept is None:
            self.newest, self.older, self.left = view.events, [], view.earlier
        else:
            self.newest = (*kept, *view.events)
        self.case, self._waiting = view.case.id, view.waiting
        return kept is not None

    def _kept(self, view: CaseView) -> tuple[Event, ...] | None:
        """The start of the newest stretch that stands before the one just read."""
        if view.case.id != self.case or not view.events:
            return None
        ids = [event.id for event in self.newest]
        if view.events[0].id not in ids:
            return None
        kept = self.newest[: ids.index(view.events[0].id)]
        before = self.left + sum(len(stretch) for stretch in self.older) + len(kept)
        moved = any(event.id in self._waiting for event in kept)
        return None if moved or before != view.earlier else kept

    def put_before(self, case: str, before: int, events: tuple[Event, ...]) -> bool:
        """An older stretch has come; False where it is no longer what is missing."""
        if case != self.case or before != self.left or not events:
            return False
        self.older.insert(0, events)
        self.left -= len(events)
        return True
