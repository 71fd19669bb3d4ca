"""The search box at work: it filters the queue while one types, and goes to a case by its number."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.desk.rows import CaseView
from console.domain.number import BadNumber, parse_number
from console.ui.notices import Notices
from console.ui.queue.queue_room import QueueRoom
from console.ui.shell.top_bar import SearchBox
from console.ui.tasks import Tasks
from console.ui.words import t

PAUSE_MS = 250  # the queue follows the box after this pause


class NumberDesk(Protocol):
    """What the search asks of the desk."""

    async def case_by_number(self, number: str) -> CaseView | None: ...


class Searching(QObject):
    """`found(id)`: a case was asked for by its number."""

    found = Signal(str)

    def __init__(
        self, box: SearchBox, queue: QueueRoom, desk: NumberDesk, tasks: Tasks, notices: Notices
    ) -> None:
        super().__init__(box)
        self._box, self._queue, self._desk = box, queue, desk
        self._tasks, self._notices = tasks, notices
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE_MS)
        self._typing.timeout.connect(lambda: queue.set_words(box.text().strip()))
        box.textEdited.connect(lambda _: self._typing.start())
        box.entered.connect(self._entered)
        box.left.connect(self._left)
        queue.words_cleared.connect(self.clear)

    def begin(self) -> None:
        """Into the box, what stands there selected."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def clear(self) -> None:
        """Empty the box and the filter's words."""
        self._typing.stop()
        self._box.clear()
        if self._queue.state.filter.words:
            self._queue.set_words("")

    def _entered(self, text: str) -> None:
        number = parse_number(text)
        if number is BadNumber.CHECK:
            self._notices.problem(t("search.badCheck", text=text.strip()))
        elif isinstance(number, BadNumber):
            self._typing.stop()
            self._queue.set_words(text.strip())
            self._queue.activated()
        else:
            self._tasks.start(self._go_to(str(number)))

    async def _go_to(self, number: str) -> None:
        view = await self._desk.case_by_number(number)
        if view is None:
            self._notices.problem(t("search.unknown", text=number))
            return
        self.clear()
        self.found.emit(view.case.id)

    def _left(self) -> None:
        if not self._box.text():
            self._typing.stop()
            self._queue.set_words("")
        self._queue.activated()
