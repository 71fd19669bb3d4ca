"""The left of the triage room: the queue's own list, on the view of what waits for triage."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from console.desk.rows import View
from console.ui.memory import Memory
from console.ui.queue.queue_room import QueueDesk, QueueRoom
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme

_ONCE = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_U, Qt.Key.Key_X}
)
"""Keys that act on the row under the cursor, which is another one right afterwards."""


COLUMNS = ("number", "content", "due")
"""Of these rows all have the same status."""


class TriageList(QueueRoom):
    """A letter means the row under the cursor, or all chosen ones; a key that is held down acts once."""

    def __init__(
        self, desk: QueueDesk, signals: DeskSignals, theme: Theme, tasks: Tasks, memory: Memory
    ) -> None:
        super().__init__(desk, signals, theme, tasks, memory, View.TRIAGE)
        self.tabs.hide()
        self.select_bar.buttons["export"].hide()  # there is less room; its key works
        self.layouts.show("triageRoom", COLUMNS)
        self.gone: set[str] = set()  # taken up here since the list was read
        self._row = 0  # under the cursor
        self.writes: Callable[[], bool] = lambda: False  # somebody is writing about the row under the cursor
        self._idle.left.disconnect()
        self._idle.left.connect(self._on_left)
        self.loaded.connect(self._on_loaded)
        self.table.installEventFilter(self)

    def _on_letter(self, case: str, letter: str) -> None:
        if self.selection:
            self.many.emit(letter)
        else:
            self.letter.emit(case, letter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        held = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.isAutoRepeat()
        return held and isinstance(event, QKeyEvent) and event.key() in _ONCE

    def _on_left(self) -> None:
        """Nobody is in the list; who writes beside it keeps the report."""
        if self.state.held and not self.writes():
            self.refresh()

    def _on_moved(self, case: str) -> None:
        self._row = self.table.currentIndex().row()
        super()._on_moved(case)

    def _on_loaded(self) -> None:
        """The cursor stands on a row, also where the one that it stood on has left the list."""
        self.gone.clear()
        if self.state.total and self.state.index_of(self.chosen) is None:
            self.table.go(min(self._row, self.state.total - 1))

    def go_on(self, case: str) -> None:
        """To the next row behind a case that still waits; from the top where there is none below."""
        self.gone.add(case)
        at = self.state.index_of(case)
        if self.chosen != case or at is None:  # the cursor has gone elsewhere meanwhile
            return
        order = [*range(at + 1, self.state.total), *range(at)]
        following = next((index for index in order if self._waits(index)), None)
        if following is not None:
            self.table.go(following)

    def back_to(self, case: str) -> None:
        """It waits again."""
        self.gone.discard(case)
        self.select(case)
        self.selected.emit(case)

    def _waits(self, index: int) -> bool:
        row = self.state.row(index)  # one whose page is not here may well wait
        return row is None or not (row.id in self.gone or row.id in self.state.departed)
