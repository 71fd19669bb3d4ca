"""Cases that belong together with the open one: each a line that opens it, and a way to part them again."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.rows import CaseView, QueueRow
from console.ui.case.parts_of import CaseLine
from console.ui.parts.buttons import KeyButton
from console.ui.parts.chip import status_text
from console.ui.parts.text import label, tip
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t


class RelatedDesk(Protocol):
    """What is asked of the desk."""

    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...


class RelatedSection(QWidget):
    """`go_to(id)`, `parted(id)`. Out of sight where there is none."""

    go_to = Signal(str)
    parted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[str, str], ...] = ()
        self.lines: dict[str, KeyButton] = {}
        self.partings: dict[str, KeyButton] = {}
        self._holders: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(label(t("case.related"), "label", "muted"))
        self.hide()

    def show_rows(self, ids: Sequence[str], rows: dict[str, QueueRow]) -> None:
        """These; what reads the same is not built again. One that is not here is named as such."""
        told = tuple((one, _line_text(rows.get(one))) for one in ids)
        if told == self._shown:
            return
        self._shown = told
        for holder in self._holders:
            self._column.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        self.lines, self.partings = {}, {}
        self._holders = [self._line(case, text) for case, text in told]
        for holder in self._holders:
            self._column.addWidget(holder)
        self.setVisible(bool(told))

    def _line(self, case: str, text: str) -> QWidget:
        line = CaseLine(self._theme, text, icon="ph.link", kind="quiet", height="hitTargetMin")
        line.setToolTip(tip(text))
        line.clicked.connect(lambda _=False: self.go_to.emit(case))
        part = KeyButton(self._theme, "", icon="ph.x", kind="quiet", height="hitTargetMin")
        part.setAccessibleName(t("case.related.part", report=text))
        part.setToolTip(t("case.related.part", report=text))
        part.clicked.connect(lambda _=False: self.parted.emit(case))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(line, 1)
        row.addWidget(part)
        self.lines[case], self.partings[case] = line, part
        return holder


def _line_text(row: QueueRow | None) -> str:
    if row is None:
        return t("case.anotherReport")
    return " · ".join((row.number, status_text(row.display_status), row.title))


class RelatedOf(QObject):
    """Keeps the section right."""

    def __init__(self, desk: RelatedDesk, tasks: Tasks, section: RelatedSection) -> None:
        super().__init__(section)
        self._desk, self._tasks, self.section = desk, tasks, section
        self._ids: tuple[str, ...] = ()

    def follow(self, view: CaseView | None) -> None:
        """This case is shown now."""
        self._ids = view.case.related if view is not None else ()
        if self._ids:
            self._tasks.start(self._read(self._ids))
        else:
            self.section.show_rows((), {})

    async def _read(self, ids: tuple[str, ...]) -> None:
        rows = await self._desk.rows(ids)
        if ids == self._ids:
            self.section.show_rows(ids, rows)
