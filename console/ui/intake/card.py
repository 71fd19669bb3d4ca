"""A framed block that can be chosen with keys or pointer: an earlier report, a possible duplicate."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.ui.theme import Theme


class Card(QWidget):
    """`picked`: it got the cursor or a click; `opened`: Enter or a double click. `flat`: a row with a bar."""

    picked = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._flat, self._chosen = theme, flat, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        theme.changed.connect(self.update)

    def choose(self, on: bool) -> None:
        """Draw it as the chosen one."""
        if on != self._chosen:
            self._chosen = on
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picked.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color = QPainter(self), self._theme.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._flat:
            self._paint_row(painter)
        else:
            painter.setPen(QPen(color("accent" if self._chosen else "line"), 1))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_row(self, painter: QPainter) -> None:
        if self._chosen:
            painter.fillRect(self.rect(), self._theme.color("selected"))
            painter.fillRect(0, 0, 3, self.height(), self._theme.color("accent"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))
