"""The buttons under the right pane: what can be done with the command that is shown."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from console.ui.parts.buttons import KeyButton, primary, quiet, secondary
from console.ui.theme import Theme
from console.ui.words import t

APPLY, SERVER, MEND, COPY, DROP, LATER = "apply", "server", "mend", "copy", "drop", "later"


class Offers(NamedTuple):
    """Which buttons fit, and their words where these differ; "" or False: not offered."""

    apply: str = ""
    mend: bool = False
    server: bool = False
    copy: bool = False
    drop: str = ""


class PaneFoot(QWidget):
    """`pressed(name)`: APPLY, SERVER, MEND, COPY, DROP or LATER."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, KeyButton] = {
            MEND: primary(theme, t("outbox.mend"), "Ctrl E"),
            APPLY: primary(theme, t("conflict.apply"), "Ctrl Enter"),
            SERVER: secondary(theme, t("conflict.useServer"), "Alt T"),
            COPY: secondary(theme, t("outbox.copy"), "Ctrl Shift C"),
            DROP: secondary(theme, t("outbox.letGo"), "Delete"),
            LATER: quiet(theme, t("conflict.later"), "Esc"),
        }
        for name, button in self.buttons.items():
            button.setParent(self)
            button.clicked.connect(lambda _on=False, name=name: self.pressed.emit(name))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(22), theme.px(10), theme.px(22), theme.px(10))
        self._grid.setSpacing(theme.px(8))
        theme.changed.connect(self._lay)
        self.offer(Offers())

    def offer(self, what: Offers) -> None:
        """Show what fits; nothing at all: no foot."""
        wanted = {
            MEND: what.mend,
            APPLY: bool(what.apply),
            SERVER: what.server,
            COPY: what.copy,
            DROP: bool(what.drop),
        }
        if what.apply:
            self.buttons[APPLY].kind = "secondary" if what.mend else "primary"
            self.buttons[APPLY].relabel(what.apply)
        if what.drop:
            self.buttons[DROP].relabel(what.drop)
        for name, on in wanted.items():
            self.buttons[name].setVisible(on)
        self.setVisible(any(wanted.values()))
        self._lay()

    def _shown(self) -> list[KeyButton]:
        return [b for name, b in self.buttons.items() if name != LATER and not b.isHidden()]

    def _lay(self) -> None:
        """Side by side as far as they fit, the others below."""
        later, gap = self.buttons[LATER], self._theme.px(8)
        room = self.width() - self._theme.px(44) - later.sizeHint().width() - gap
        for button in self.buttons.values():
            self._grid.removeWidget(button)
        row = column = used = 0
        for button in self._shown():
            width = button.sizeHint().width() + gap
            if column and used + width > room:
                row, column, used = row + 1, 0, 0
            self._grid.addWidget(button, row, column, Qt.AlignmentFlag.AlignLeft)
            column, used = column + 1, used + width
        self._grid.addWidget(later, 0, 9, Qt.AlignmentFlag.AlignRight)
        self._grid.setColumnStretch(8, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay()
