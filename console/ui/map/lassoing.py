"""From the shape that a hand draws to the cases inside it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainterPath

from console.ui.map.lasso_tool import LassoTool, mask_of
from console.ui.map.map_note import MapNote
from console.ui.map.map_pane import MapPane
from console.ui.map.tool_button import tool_button
from console.ui.theme import Theme
from console.ui.words import t


class Lassoing(QObject):
    """`lassoed`: ids of the cases shown inside the shape, also those counted in bubbles; maybe none."""

    lassoed = Signal(list)

    def __init__(self, pane: MapPane, theme: Theme) -> None:
        super().__init__(pane)
        self._pane, self._view = pane, pane.view
        self.tool = LassoTool(pane.view.camera, theme, self)
        self._view.layers.append(self.tool)
        self._note = MapNote(theme, t("mapTools.lasso.hint"), pane.view)
        pane.add_note(self._note)
        self._note.hide()
        self.button = tool_button(theme, "ph.scribble-loop", t("mapTools.lasso"), "K", pane)
        self.button.setCheckable(True)
        self.button.clicked.connect(self.toggle)
        pane.add_tool(self.button)
        pane.add_key(Qt.Key.Key_K, self.toggle, "K", t("key.lasso"))
        self.tool.drawn.connect(self._take)
        self.tool.dropped.connect(self.stop)
        self.tool.changed.connect(self._view.update)

    def toggle(self) -> None:
        """Take the tool up, or put it away."""
        if self.tool.active:
            self.stop()
        elif self.button.isEnabled():
            self.start()

    def set_resting(self, resting: bool) -> None:
        """Nothing can be chosen on the map, for it shows another time."""
        self.stop()
        self.button.setEnabled(not resting)

    def start(self) -> None:
        """The next drag draws; the arrows move the circle."""
        self.tool.begin()
        self._view.take_up(self.tool)
        self._view.setFocus()
        self._note.show()
        self.button.setChecked(True)
        told = QAccessibleAnnouncementEvent(self._view, t("mapTools.lasso.hint"))
        QAccessible.updateAccessibility(told)

    def stop(self) -> None:
        """Put the tool away; nothing is chosen by that."""
        self.tool.end()
        self._view.take_up(None)
        self._note.hide()
        self.button.setChecked(False)

    def _take(self, shape: QPainterPath) -> None:
        window = self._view.camera.window
        mask = mask_of(shape, window.width, window.height)
        self.stop()
        self.lassoed.emit(self._view.board.caught(mask, window))
