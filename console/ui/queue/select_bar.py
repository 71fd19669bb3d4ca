"""Below the rows, while cases are chosen: how many, and what can be done with all of them."""

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.parts.buttons import KeyButton, quiet, secondary
from console.ui.parts.text import OneLine
from console.ui.queue.chosen import Chosen
from console.ui.theme import Theme
from console.ui.words import t

SETTLE_MS = 300  # a bar that has just come was not aimed at
_ACTS = (
    ("A", "A", "action.assign"),
    ("M", "M", "action.merge"),
    ("N", "N", "action.note"),
    ("D", "D", "action.urge"),
    ("export", "Ctrl E", "ph.download-simple"),
)


class SelectBar(QWidget):
    """`pressed(act)`: a letter of the acts for many, or export; `cleared`."""

    pressed = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, chosen: Chosen) -> None:
        super().__init__()
        self._theme, self._chosen, self._shown = theme, chosen, QElapsedTimer()
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = OneLine()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        self.buttons: dict[str, KeyButton] = {}
        for act, key, icon in _ACTS:
            button = secondary(theme, t(f"queue.many.{act}"), key, icon)
            button.clicked.connect(lambda _=False, act=act: self._press(act))
            self.buttons[act] = button
            row.addWidget(button)
        self.none = quiet(theme, t("queue.many.none"), "Esc")
        self.none.clicked.connect(self.cleared)
        row.addWidget(self.none)
        chosen.changed.connect(self._tell)
        self.hide()

    def _press(self, act: str) -> None:
        if self._shown.isValid() and self._shown.elapsed() >= SETTLE_MS:
            self.pressed.emit(act)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shown.start()

    def _tell(self) -> None:
        count, cut = len(self._chosen), self._chosen.cut
        self.words.setText(t("queue.many.cut", n=count, all=count + cut) if cut else t("queue.many", n=count))
        if self.parentWidget() is not None:
            self.setVisible(count > 0)
