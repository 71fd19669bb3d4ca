"""A widget under hands: keys and pointer go to the tool in hand, or else move what is looked at."""

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from console.ui.map.hands import Hands

_LEFT = Qt.MouseButton.LeftButton


class Tool(Protocol):
    """What a hand may take up instead of moving the map. Pixels are the widget's own."""

    def key(self, event: QKeyEvent) -> bool:
        """True when the key meant something to the tool."""

    def press(self, at: QPointF) -> None:
        """The left button went down."""

    def drag(self, at: QPointF) -> None:
        """The pointer moved with the button held."""

    def release(self, at: QPointF) -> None:
        """The button went up."""


class Handled(QWidget):
    """Hands on a map. Whoever inherits has the verbs of `hands.Verbs`."""

    _hands: Hands
    _tool: Tool | None = None

    def take_up(self, tool: Tool | None) -> None:
        """Give the hand a tool, or take it away."""
        self._tool = tool
        if tool is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)
        self.update()

    def _touched(self) -> None:
        """The pointer is at work here."""

    def _left(self) -> None:
        """The pointer went away."""

    def _cursor_at(self, px: float, py: float) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        taken = self._tool is not None and self._tool.key(event)
        if not taken and not self._hands.key(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._touched()
        self._hands.wheel(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._touched()
        if self._tool is None:
            self._hands.press(event)
        elif event.button() == _LEFT:
            self._tool.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._touched()
        at = event.position()
        if self._tool is not None:
            if event.buttons() & _LEFT:
                self._tool.drag(at)
        elif self._hands.move(event):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(self._cursor_at(at.x(), at.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._tool is None:
            self._hands.release(event)
            self.unsetCursor()
        elif event.button() == _LEFT:
            self._tool.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is None:
            self._hands.double(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._touched()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._left()
        super().leaveEvent(event)
