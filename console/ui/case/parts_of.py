"""Reports that were merged into the one that is open: each a line that opens it, mended as cases change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.changes import Changes
from console.desk.rows import CaseView, QueueRow
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label, tip
from console.ui.parts.time_text import moment_text
from console.ui.queue.queue_room import Clock
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

FEW = 5  # are shown at first
PAUSE_MS = 300  # between questions, however many cases change


class PartsDesk(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    async def parts(self, case_id: str) -> tuple[QueueRow, ...]: ...


class CaseLine(KeyButton):
    """One report; it gives way where there is no room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), super().minimumSizeHint().height())


class PartsSection(QWidget):
    """`go_to(id)`. Out of sight where there is none."""

    go_to = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[QueueRow, ...] = ()
        self._all = False
        self._now: datetime | None = None
        self.lines: list[KeyButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(2)
        self.head = label("", "label", "muted")
        self._column.addWidget(self.head)
        self.hide()

    def show_rows(self, rows: Sequence[QueueRow], now: datetime, folded: bool = True) -> None:
        """These, the newest first; the focus stays on the report that has it."""
        focused = next((at for at, line in enumerate(self.lines) if line.hasFocus()), None)
        self._rows, self._now, self._all = tuple(rows), now, not folded
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.head.setText(t("case.parts", n=len(rows)))
        shown = self._rows if self._all or len(rows) == FEW + 1 else self._rows[:FEW]
        self.lines = [self._line(row, now) for row in shown]
        if len(shown) < len(rows):
            more = KeyButton(self._theme, t("case.parts.more", n=len(rows) - len(shown)), kind="quiet")
            more.clicked.connect(self._unfold)
            self.lines.append(more)
        for line in self.lines:
            self._column.addWidget(line)
        self.setVisible(bool(rows))
        if focused is not None and self.lines:
            self.lines[min(focused, len(self.lines) - 1)].setFocus()

    def _line(self, row: QueueRow, now: datetime) -> KeyButton:
        told = (row.number, t(f"channel.{row.channel.value}"), moment_text(row.entered, now))
        line = CaseLine(
            self._theme, " · ".join(told), icon="action.merge", kind="quiet", height="hitTargetMin"
        )
        line.setToolTip(tip(row.title))
        line.setAccessibleName(t("case.parts.open", report=", ".join((*told, row.title))))
        line.clicked.connect(lambda _=False, case=row.id: self.go_to.emit(case))
        return line

    def _unfold(self) -> None:
        assert self._now is not None
        self.show_rows(self._rows, self._now, folded=False)

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def folded(self) -> bool:
        """Whether only the newest are."""
        return not self._all


class PartsOf(QObject):
    """Keeps the section right: a report that is merged later does not touch the one it is merged into."""

    def __init__(self, desk: PartsDesk, signals: DeskSignals, tasks: Tasks, section: PartsSection) -> None:
        super().__init__(section)
        self._desk, self._tasks, self.section = desk, tasks, section
        self._case = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        signals.changed.connect(self._on_changes)

    def follow(self, view: CaseView | None) -> None:
        """This case is shown now."""
        same = view is not None and view.case.id == self._case
        self._case = view.case.id if view is not None else ""
        parts = view.parts if view is not None else ()
        if parts is None:
            self._ask()
        if not same or parts is not None:
            self._show(parts or (), anew=not same)

    def _on_changes(self, changes: Changes) -> None:
        if self._case and changes.cases and not self._pause.isActive():
            self._pause.start()

    def _ask(self) -> None:
        if self._case:
            self._tasks.start(self._read(self._case))

    async def _read(self, case: str) -> None:
        parts = await self._desk.parts(case)
        if case == self._case:
            self._show(parts)

    def _show(self, rows: Sequence[QueueRow], anew: bool = False) -> None:
        """What reads the same is not built again."""
        section = self.section
        if anew or tuple(rows) != section.rows:
            section.show_rows(rows, self._desk.clock.now(), folded=anew or section.folded)
