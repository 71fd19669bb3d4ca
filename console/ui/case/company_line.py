"""The line in a case's head that says who else has it open; hidden where nobody has."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.desk.presence import Present
from console.ui.parts.present_text import open_text
from console.ui.parts.text import OneLine
from console.ui.theme import Theme


class _Mark(QWidget):
    """An eye, or a pencil while somebody writes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.writes = theme, False
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedSize(self._theme.px(16), self._theme.px(16))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        name = "action.note" if self.writes else "action.reveal"
        self._theme.icon(name, "infoText").paint(painter, QRect(0, 0, self.width(), self.height()))
        painter.end()


class CompanyLine(QWidget):
    """`show_present(())` hides it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._mark = _Mark(theme)
        self.words = OneLine("small", "infoText")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        self.hide()

    def show_present(self, present: Sequence[Present]) -> None:
        """Who is there now."""
        self.words.setText(open_text(present))
        self._mark.writes = any(one.typing for one in present)
        self._mark.update()
        self.setVisible(bool(present))
