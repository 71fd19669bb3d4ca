"""One worker beside the interface that prepares what a map will show: sortings and levels of many cases."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

Job = Callable[[], Any]
Take = Callable[[Any], None]


class Preparer(QObject):
    """Jobs by name, the first asked first; asked again before it began, a job is replaced.

    `idle`: nothing is left to do. The thread lives only while there is work.
    """

    idle = Signal()
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._jobs: dict[str, tuple[Job, Take]] = {}
        self._thread: threading.Thread | None = None
        self._done.connect(self._deliver)

    def ask(self, name: str, job: Job, take: Take) -> None:
        """Have `job` done there and its result given to `take` here."""
        with self._lock:
            self._jobs[name] = (job, take)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="map-cases", daemon=True)
                self._thread.start()

    def forget(self, name: str) -> None:
        """Do not begin this any more."""
        with self._lock:
            self._jobs.pop(name, None)

    def stop(self) -> None:
        """Begin nothing more; returns when the job in hand is done."""
        with self._lock:
            self._jobs.clear()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _next(self) -> tuple[Job, Take] | None:
        with self._lock:
            if not self._jobs:
                self._thread = None
                return None
            return self._jobs.pop(next(iter(self._jobs)))

    def _work(self) -> None:
        while (found := self._next()) is not None:
            job, take = found
            self._done.emit(take, job())

    def _deliver(self, take: Take, result: Any) -> None:
        take(result)
        if self._thread is None:
            self.idle.emit()
