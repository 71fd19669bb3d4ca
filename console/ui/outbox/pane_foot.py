"""The buttons under the right pane: what can be done with a command that came back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.theme import Theme
from console.ui.words import t


class PaneFoot(QWidget):
    """`apply`, `server`, `drop`, `later`: which button was pressed."""

    apply = Signal()
    server = Signal()
    drop = Signal()
    later = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.apply_button = primary(theme, t("conflict.apply"), "Ctrl Enter")
        self.server_button = secondary(theme, t("conflict.useServer"), "Alt T")
        self.drop_button = secondary(theme, t("outbox.letGo"), icon="ph.trash")
        self.later_button = quiet(theme, t("conflict.later"), "Esc")
        self.apply_button.clicked.connect(self.apply)
        self.server_button.clicked.connect(self.server)
        self.drop_button.clicked.connect(self.drop)
        self.later_button.clicked.connect(self.later)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(22), theme.px(10), theme.px(22), theme.px(10))
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(2, 1)
        theme.changed.connect(self._lay)
        self._lay()

    def offer(self, conflict: bool, again: bool, drop: bool) -> None:
        """Show what fits: a conflict to settle, something to give again, something to let go."""
        self.apply_button.relabel(t("conflict.apply" if conflict else "outbox.again"))
        self.apply_button.setVisible(conflict or again)
        self.server_button.setVisible(conflict)
        self.drop_button.setVisible(drop)
        self.setVisible(conflict or again or drop)

    def _lay(self) -> None:
        """Side by side, or the second button under the first where the pane is narrow."""
        px = self._theme.px
        wanted = sum(b.sizeHint().width() for b in (self.apply_button, self.server_button, self.later_button))
        below = self.width() < wanted + px(22 * 2 + 8 * 3)
        self._grid.addWidget(self.apply_button, 0, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self.later_button, 0, 3, Qt.AlignmentFlag.AlignRight)
        for button in (self.server_button, self.drop_button):
            at = (1, 0) if below else (0, 1)
            self._grid.addWidget(button, *at, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay()
