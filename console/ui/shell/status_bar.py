"""The status bar: the keys valid here, the last sync, the version."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.desk.connection import Connection
from console.ui.parts.text import label, set_tone
from console.ui.shell.connection_text import status_line
from console.ui.shell.key_row import KeyRow
from console.ui.theme import Theme
from console.ui.words import t


class StatusBar(QWidget):
    """Keys at the left, states at the right."""

    def __init__(self, theme: Theme, version: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "app")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._keys: list[tuple[str, str]] = []
        self.keys = KeyRow(theme)
        self.state = label(type="small", tone="muted")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(16)
        row.addWidget(self.keys, 1)
        row.addWidget(self.state)
        row.addWidget(label(t("shell.version", version=version), "small", "muted"))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("statusBar"))
        self.keys.fit()

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Other keys, as many as there is room for. An empty text puts a key beside the next one."""
        if list(keys) == self._keys:
            return
        self._keys = list(keys)
        self.keys.show_keys(keys)

    def set_connection(self, connection: Connection) -> None:
        """What the right end says."""
        text, tone = status_line(connection)
        self.state.setText(text)
        set_tone(self.state, tone)
