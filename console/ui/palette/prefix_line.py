"""One line of the empty palette: the signs that narrow what it finds. Pressed, a sign is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.palette.scope import SIGNS
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import OneLine
from console.ui.theme import Theme
from console.ui.words import t


class PrefixLine(QWidget):
    """`wanted(str)`: the sign."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        lead = OneLine("small", "muted")
        lead.setText(t("palette.prefixes"))
        self._row.addWidget(lead)
        for sign in SIGNS:
            button = KeyButton(theme, t(f"palette.prefix.{sign.name.lower()}"), sign.value, kind="quiet")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, sign=sign: self.wanted.emit(sign.value))
            self._row.addWidget(button)
        self._row.addStretch(1)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(14), px(2), px(8), px(2))
        self.setFixedHeight(self._theme.size("button") + px(4))
