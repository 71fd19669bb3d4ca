"""The map in a window of its own, for a second screen: it never takes the focus from the work."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.map.map_pane import MapPane
from console.ui.map.tool_button import tool_button
from console.ui.memory import Memory
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t
from console.ui.workspace import Workspace

OPEN, PLACE = "map.window.open", "map.window.place"  # place: x, y, width, height
SIZE = (1100, 800)
NOWHERE = [0, 0, 0, 0]
KEY = "Ctrl+Shift+M"


class MapWindow(QWidget):
    """Holds the map pane while it is out of the main window. `back`: it is to return."""

    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("fill", "surface")
        self.setWindowTitle(t("mapTools.window.title"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        QShortcut(QKeySequence(KEY), self).activated.connect(self.back)

    def take(self, pane: QWidget) -> None:
        """Put the pane in."""
        self._column.addWidget(pane)
        pane.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # the pane goes back first
        self.back.emit()


class MapAway(QWidget):
    """What stands in the map's place meanwhile. `back`: the button was pressed."""

    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = label(t("mapTools.window.away"), tone="muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = KeyButton(theme, t("mapTools.window.back"), "Ctrl Shift M")
        self.button.clicked.connect(self.back)
        self.setFocusProxy(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)


class SecondWindow(QObject):
    """Takes the map out and brings it back; screen and size are remembered, also that it was out."""

    def __init__(
        self, pane: MapPane, workspace: Workspace, main: QWidget, theme: Theme, memory: Memory
    ) -> None:
        super().__init__(pane)
        self._pane, self._workspace, self._main = pane, workspace, main
        self._theme, self._memory = theme, memory
        self.window: MapWindow | None = None
        self._away: MapAway | None = None
        self.button = tool_button(theme, "ph.arrow-square-out", t("mapTools.window"), "Ctrl Shift M", pane)
        self.button.clicked.connect(self.toggle)
        pane.add_tool(self.button)
        pane.tell_key("Ctrl Shift M", t("key.mapWindow"))

    def restore(self) -> None:
        """Take it out where it was out when the last shift ended."""
        if self._memory.text(OPEN, "no") == "yes":
            self._take_out()

    def toggle(self) -> None:
        """Ctrl+Shift+M."""
        if self.window is None:
            self._memory.keep(OPEN, "yes")
            self._take_out()
        else:
            self._memory.keep(OPEN, "no")
            self.bring_back()

    def _take_out(self) -> None:
        window, away = MapWindow(self._theme), MapAway(self._theme)
        window.back.connect(self.toggle)
        away.back.connect(self.toggle)
        self._workspace.exchange_map(away)
        window.take(self._pane)
        window.setGeometry(self._place())
        window.installEventFilter(self)
        self.window, self._away = window, away
        window.show()

    def _place(self) -> QRect:
        """Where it was, if there still is a screen; else on another screen than the main window's."""
        last = QRect(*self._memory.numbers(PLACE, NOWHERE))
        screens = QGuiApplication.screens()
        if not last.isEmpty() and any(s.availableGeometry().intersects(last) for s in screens):
            return last
        here = self._main.screen()
        room = next((s for s in screens if s is not here), here).availableGeometry()
        size = QRect(0, 0, min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        size.moveCenter(room.center())
        return size

    def bring_back(self) -> None:
        """Put the map where it was before; without a window nothing happens."""
        window, away = self.window, self._away
        if window is None or away is None:
            return
        self.window = self._away = None
        window.removeEventFilter(self)
        self._workspace.exchange_map(self._pane)
        self._pane.show()
        window.hide()
        window.deleteLater()
        away.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember where the window is put."""
        if watched is self.window and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            place = self.window.geometry()
            self._memory.keep(PLACE, [place.x(), place.y(), place.width(), place.height()])
        return False
