"""F7: hand the call on, to police, fire brigade, ambulance or a number that is typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.domain.telephone import EMERGENCY
from console.ui.calls.panel import CallPanel
from console.ui.parts.buttons import primary, quiet
from console.ui.parts.suggest_box import TypedLine
from console.ui.theme import Theme
from console.ui.words import t

LONGEST = 24  # digits and what people write between them


class TransferPanel(CallPanel):
    """`transfer(number)` when one was chosen."""

    def __init__(self, theme: Theme, strip: QWidget, transfer: Callable[[str], None]) -> None:
        super().__init__(theme, strip, t("call.transfer"))
        self._transfer = transfer
        self.number = TypedLine()
        self.number.setMaxLength(LONGEST)
        self.number.setPlaceholderText(t("call.transfer.number"))
        self.number.setAccessibleName(t("call.transfer.number"))
        self.number.typed.connect(lambda _text: self.say(t("call.transfer.digits")))
        self.number.returnPressed.connect(self._take)
        self.column.addWidget(self.number)
        for number, key in zip(EMERGENCY, "345", strict=True):
            button = quiet(theme, t(f"call.emergency.{number}"), f"Ctrl Shift {key}", "call.transfer")
            button.clicked.connect(lambda _on=False, to=number: self._give(to))
            self.column.addWidget(button)
        give = primary(theme, t("call.transfer.do"), "Enter", "call.transfer")
        give.clicked.connect(self._take)
        shut = quiet(theme, t("call.panel.back"), "Esc")
        shut.clicked.connect(self.shut)
        self.foot([give, shut])

    def begin(self, who: str) -> None:
        """Ask where `who` shall go."""
        self.title.setText(t("call.transfer.title", who=who))
        self.number.clear()
        self.say(t("call.transfer.digits"))
        self.open(self.number)

    def _take(self) -> None:
        number = self.number.full_text().strip()
        digits = [c for c in number if c.isdecimal()]
        if len(digits) < 3 or not all(c.isdecimal() or c in " +.-()*#" for c in number):
            self.say(t("call.transfer.bad"), bad=True)
            return
        self._give("".join(c for c in number if c.isdecimal() or c in "+*#"))

    def _give(self, number: str) -> None:
        self.shut()
        self._transfer(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.number.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)
