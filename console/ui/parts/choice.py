"""Check boxes and rows of choices, painted from the palette: visible edges, a clear mark, a focus ring."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from console.ui.theme import Theme

BOX = 16  # pixels across, at 100 %


class TickBox(QCheckBox):
    """A check box whose mark shows in both themes. `letter`: the room's key for it with Alt, underlined where
    it stands first in a word, else anywhere."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None, letter: str = "") -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._theme = theme
        self._letter = letter
        self.setAccessibleName(f"{text} (Alt {letter})" if letter else text)
        self.setToolTip(f"Alt+{letter}" if letter else "")
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("body")).horizontalAdvance(self.text())
        return QSize(words + self._theme.px(BOX + 12), self._theme.size("hitTargetMin"))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, color = QPainter(self), self._theme.px, self._theme.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, (self.height() - px(BOX)) / 2, px(BOX), px(BOX))
        on = self.isChecked()
        painter.setPen(QPen(color("accent" if on else "lineStrong"), 1))
        painter.setBrush(color("accent" if on else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            _tick(painter, box, self._theme)
        if self.hasFocus():
            painter.setPen(QPen(color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 1, -1, -1), 5, 5)
        painter.setFont(self._theme.font("body"))
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        room = QRect(px(BOX + 8), 0, self.width() - px(BOX + 8), self.height())
        words = self.text().replace("&&", "&")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        self._underline(painter, room, words)
        painter.end()

    def _underline(self, painter: QPainter, room: QRect, words: str) -> None:
        at = f" {words}".lower().find(f" {self._letter}".lower()) if self._letter else -1
        at = words.lower().find(self._letter.lower()) if self._letter and at < 0 else at
        if at < 0:
            return
        metrics = painter.fontMetrics()
        left = room.left() + metrics.horizontalAdvance(words[:at])
        low = room.center().y() + metrics.ascent() // 2 + 2
        painter.drawLine(left, low, left + metrics.horizontalAdvance(words[at]) - 1, low)


def _tick(painter: QPainter, box: QRectF, theme: Theme) -> None:
    pen = QPen(theme.color("onAccent"), box.width() * 0.13)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    path.moveTo(box.left() + box.width() * 0.25, box.top() + box.height() * 0.52)
    path.lineTo(box.left() + box.width() * 0.43, box.top() + box.height() * 0.70)
    path.lineTo(box.left() + box.width() * 0.77, box.top() + box.height() * 0.32)
    painter.drawPath(path)


class DropDown(QComboBox):
    """A combo box with a caret that shows in both themes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, side = QPainter(self), self._theme.px(12)
        box = QRect(self.width() - side - self._theme.px(10), (self.height() - side) // 2, side, side)
        self._theme.icon("ph.caret-down", "muted").paint(painter, box)
        painter.end()


class ChoiceList(QWidget):
    """One of a few, each a row with its digit: 1-9 chooses, arrows move. `chosen` after a change."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[tuple[str, str, str]], value: str = "") -> None:
        """`choices`: value, text, digit (may be "")."""
        super().__init__()
        self._theme, self._choices, self.value = theme, list(choices), value
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)
        self._name()

    def _row(self) -> int:
        return self._theme.size("hitTargetMin")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._row() * len(self._choices))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_value(self, value: str) -> None:
        """Show a choice; no signal."""
        self.value = value
        self._name()
        self.update()

    def _name(self) -> None:
        text = next((text for value, text, _ in self._choices if value == self.value), "")
        self.setAccessibleDescription(text)

    def _take(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)

    def mousePressEvent(self, event: object) -> None:
        y = int(event.position().y())  # type: ignore[attr-defined]
        self._take(self._choices[min(len(self._choices) - 1, max(0, y // self._row()))][0])
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = next((v for v, _, d in self._choices if d and d == event.text()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if digit is not None:
            self._take(digit)
        elif step is not None:
            values = [v for v, _, _ in self._choices]
            at = values.index(self.value) + step if self.value in values else 0
            self._take(values[at % len(values)])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (value, text, digit) in enumerate(self._choices):
            self._one(painter, QRect(0, at * self._row(), self.width(), self._row()), value, text, digit)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _one(self, painter: QPainter, row: QRect, value: str, text: str, digit: str) -> None:
        px, color, on = self._theme.px, self._theme.color, value == self.value
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("selected"))
            painter.drawRoundedRect(row, 5, 5)
        middle, radius = row.center().y() + 0.5, px(7)
        ring = QRectF(row.left() + px(9), middle - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(color("accent" if on else "lineStrong"), px(5) if on else 1))
        painter.setBrush(color("surface"))
        painter.drawEllipse(ring.adjusted(2.5, 2.5, -2.5, -2.5) if on else ring)
        font = self._theme.font("body", 600 if on else 400)
        painter.setFont(font)
        painter.setPen(color("text"))
        words = row.adjusted(px(32), 0, -px(30), 0)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        if digit:
            painter.setFont(self._theme.font("micro"))
            painter.setPen(color("muted"))
            painter.drawText(
                row.adjusted(0, 0, -px(10), 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                digit,
            )
