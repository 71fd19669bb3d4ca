"""Locking is for ever, so it is asked once more: in the room, never over it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t


class LockLine(QWidget):
    """`agreed`, or put away."""

    agreed = Signal()
    put_away = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("fill", "warnSoft")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label("", tone="text", wrap=True)
        self.yes = KeyButton(theme, t("reports.lock"), icon="action.lock", kind="primary")
        self.no = KeyButton(theme, t("reports.lock.no"), "Esc")
        self.yes.clicked.connect(self.agreed)
        self.no.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    def ask(self, period: str) -> None:
        """Whether this one."""
        self.words.setText(t("reports.lock.sure", period=period))
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)
