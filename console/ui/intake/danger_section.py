"""Danger to life: the call goes to police, fire brigade or ambulance at once, the record stays open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.domain.telephone import EMERGENCY
from console.ui.parts.buttons import secondary
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t


class DangerSection(QWidget):
    """`emergency(str)`: the number. Hidden on a line that hands no calls on from here."""

    emergency = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(label(t("call.danger"), "section", strong=True))
        column.addWidget(label(t("call.danger.told"), "small", "muted", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(6)
        self.buttons = []
        for place, (number, key) in enumerate(zip(EMERGENCY, "345", strict=True)):
            button = secondary(theme, t(f"call.emergency.{number}.short"), f"Ctrl Shift {key}")
            button.setAccessibleName(t(f"call.emergency.{number}"))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, to=number: self.emergency.emit(to))
            grid.addWidget(button, place, 0)
            self.buttons.append(button)
        column.addLayout(grid)
        self.hide()

    def show_hand(self, offered: bool, talks: bool) -> None:
        """`offered`: the line hands calls on; `talks`: there is one to hand on."""
        self.setVisible(offered)
        for button in self.buttons:
            button.setEnabled(talks)
            button.setToolTip("" if talks else t("call.noHand"))
