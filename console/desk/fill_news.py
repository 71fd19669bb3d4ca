"""The first fill as a piece of long work: how far it is, and that somebody may let it rest.

What was filled stays, so it goes on where it stopped: when somebody says so, or with the next start.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from console.desk.connection import Connection, Net
from console.desk.progress import Work

if TYPE_CHECKING:
    from console.desk.holdings import Holdings


class FillNews:
    """`follow` on the thread that talks to the centre."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._work: Work | None = None
        self._resting = threading.Event()

    @property
    def paused(self) -> bool:
        """Whether it rests by an operator's wish."""
        return self._resting.is_set()

    def go_on(self) -> None:
        """It rests no longer; whoever fills is woken. On the database thread."""
        self._resting.clear()
        self._held.wake()

    def follow(self, connection: Connection) -> None:
        """What is shown beside the connection is shown as long work, too."""
        if connection.net is not Net.FILLING:
            if self._work is not None:
                self._held.works.end(self._work)
                self._work = None
            return
        if self._work is None:
            self._work = self._held.works.open("fill", done=connection.done, cancel=self._resting.set)
        self._work.tell(connection.done, connection.total)
