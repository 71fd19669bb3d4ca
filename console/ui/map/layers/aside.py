"""Work that takes longer than a frame, beside the interface: of what waits only the newest is done."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

Work = Callable[[], object]


class Aside(QObject):
    """`done(answer)` on the interface's thread, for the work asked for last at that time. Threads are made
    when there is something to do and end when there is not."""

    done = Signal(object)
    _ended = Signal(object, int)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._lock = threading.Lock()
        self._waiting: tuple[Work, int] | None = None
        self._thread: threading.Thread | None = None
        self._asked = 0
        self._ended.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._thread is not None

    def ask(self, work: Work) -> None:
        """Do this next, in place of what still waits. It must not fail and not touch Qt's widgets."""
        self._asked += 1
        with self._lock:
            self._waiting = (work, self._asked)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._asked += 1
        with self._lock:
            self._waiting = None

    def close(self) -> None:
        """Returns when nothing of it runs any more."""
        self.forget()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _next(self) -> tuple[Work, int] | None:
        with self._lock:
            job, self._waiting = self._waiting, None
            if job is None:
                self._thread = None
            return job

    def _work(self) -> None:
        while (job := self._next()) is not None:
            work, number = job
            self._ended.emit(work(), number)

    def _tell(self, answer: object, number: int) -> None:
        if number == self._asked:
            self.done.emit(answer)
