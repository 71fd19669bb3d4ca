"""A drop-down that reads "Kênh: Tất cả": label, chosen value, caret; its list is a menu that never blocks."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import tip
from console.ui.theme import Theme


class DropButton(KeyButton):
    """`choices`: (value, text) pairs, the value "" meaning all. `chosen(value)` when another is taken."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        choices: Sequence[tuple[str, str]] = (),
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, icon=icon, parent=parent)
        self._choices = list(choices)
        self.value = self._choices[0][0] if self._choices else ""
        self.clicked.connect(self._open)
        self._name_now()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices; a value that is gone falls back to the first."""
        self._choices = list(choices)
        if self.value not in dict(self._choices):
            self.value = self._choices[0][0] if self._choices else ""
        self._name_now()

    def set_value(self, value: str) -> None:
        """Show a value; no signal."""
        self.value = value
        self._name_now()

    def _name_now(self) -> None:
        self.setAccessibleName(f"{self.text()} {self.shown}".strip())
        self.setToolTip(tip(self.accessibleName()))
        self.updateGeometry()
        self.update()

    @property
    def shown(self) -> str:
        """The text of the chosen value."""
        return dict(self._choices).get(self.value, "")

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, text in self._choices:
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _=False, value=value: self._take(value))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _take(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._open()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        strong = QFontMetrics(self._theme.font("body", 500))
        plain = QFontMetrics(self._theme.font("body"))
        width = plain.horizontalAdvance(self.text()) + strong.horizontalAdvance(self.shown) + px(6 + 22 + 20)
        return QSize(min(width, px(230)) + (px(22) if self._icon else 0), self._theme.size("button"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.size("button"))

    def _paint_inside(self, painter: QPainter) -> None:
        px, x = self._theme.px, self._theme.px(10)
        if self._icon:
            side = px(16)
            self._theme.icon(self._icon, "muted").paint(
                painter, QRect(x, (self.height() - side) // 2, side, side)
            )
            x += px(22)
        if self.text():
            x = self._part(painter, x, self.text(), self._theme.font("body").weight(), "muted") + px(5)
        self._part(painter, x, self.shown, self._theme.font("body", 500).weight(), "text")
        side = px(12)
        box = QRect(self.width() - px(10) - side, (self.height() - side) // 2, side, side)
        self._theme.icon("ph.caret-down", "muted").paint(painter, box)

    def _part(self, painter: QPainter, x: int, text: str, weight: int, tone: str) -> int:
        font = self._theme.font("body", 500 if weight >= 500 else 400)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        room = QRect(x, 0, max(0, self.width() - x - self._theme.px(24)), self.height())
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return x + metrics.horizontalAdvance(shown)
