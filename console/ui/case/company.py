"""Who else is in the case: tells the desk what is open here, and the pane who has it open elsewhere."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.desk.presence import Present

TYPING_MS = 8000  # after the last letter: a person who thinks is still writing


class Company(Protocol):
    """What is asked of the desk."""

    def presence(self, case_id: str) -> tuple[Present, ...]: ...
    def look_at(self, case_id: str | None, typing: bool = False) -> None: ...


class Together(QObject):
    """`changed(present)` while a case is open in `pane`. A pane out of sight has nothing open."""

    changed = Signal(object)

    def __init__(self, desk: Company, pane: QWidget) -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self._case = ""
        self.present: Sequence[Present] = ()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        pane.installEventFilter(self)

    def follow(self, case: str) -> None:
        """This case is open in the pane now; "" for none."""
        if case != self._case:
            self._case = case
            self._typing.stop()
        self._tell()
        self.refresh()

    def typed(self) -> None:
        """A letter was written on an act."""
        was = self._typing.isActive()
        self._typing.start()
        if not was:
            self._tell()

    def stopped(self) -> None:
        """The act was sent, or put away."""
        self._typing.stop()
        self._tell()

    def refresh(self) -> None:
        """Ask the desk again who is there."""
        present = self._desk.presence(self._case) if self._case else ()
        if present != self.present:
            self.present = present
            self.changed.emit(present)

    def _tell(self) -> None:
        seen = self._case if self._pane.isVisible() else ""
        self._desk.look_at(seen or None, self._typing.isActive())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._tell()
        return False
