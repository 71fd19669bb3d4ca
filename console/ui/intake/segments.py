"""One choice out of a few, side by side: answers of a question, urgency. Digits, arrows and clicks choose."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.theme import Theme

ROW, BETWEEN = 30, 4  # pixels at 100 %: the height of a line, the gap to the next
_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


class Segments(QWidget):
    """`chosen(int)`: the position chosen; `went_on`: by digit, click or Enter: on to the next field."""

    chosen = Signal(int)
    went_on = Signal()

    def __init__(self, theme: Theme, options: list[str], digits: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._options, self._digits = theme, options, digits
        self._current = -1
        self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)

    def set_name(self, name: str) -> None:
        """What is chosen here, for a screen reader."""
        self._name = name
        self._describe()

    @property
    def current(self) -> int:
        """Position of the chosen option; -1: none."""
        return self._current

    def show_choice(self, index: int) -> None:
        """Show a choice made elsewhere."""
        if index != self._current:
            self._current = index
            self._describe()
            self.update()

    def _describe(self) -> None:
        chosen = f": {self._options[self._current]}" if self._current >= 0 else ""
        self.setAccessibleName(f"{self._name}{chosen}")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """As if the operator had pressed it."""
        self.show_choice(index)
        self.chosen.emit(index)

    def _choose_and_go(self, index: int) -> None:
        self.choose(index)
        self.went_on.emit()

    def _font(self, index: int) -> QFont:
        return self._theme.font("body", 600 if index == self._current else 400)

    def _width(self, index: int) -> int:
        words = QFontMetrics(self._theme.font("body", 600)).horizontalAdvance(self._options[index])
        cap = cap_size(self._theme, "1").width() + self._theme.px(7) if self._digits else 0
        return words + cap + self._theme.px(12) * 2

    def sizeHint(self) -> QSize:
        return QSize(sum(map(self._width, range(len(self._options)))) + 1, self._theme.px(ROW))

    def minimumSizeHint(self) -> QSize:
        widest = max(map(self._width, range(len(self._options))), default=0)
        return QSize(widest + 1, self._theme.px(ROW))

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        return lines * self._theme.px(ROW) + (lines - 1) * self._theme.px(BETWEEN)

    def _lines(self, width: int) -> list[list[int]]:
        """Options line by line: where they have no room side by side, they go on below."""
        lines: list[list[int]] = [[]]
        used = 0
        for index in range(len(self._options)):
            wide = self._width(index)
            if lines[-1] and used + wide > width - 1:
                lines.append([])
                used = 0
            lines[-1].append(index)
            used += wide
        return lines

    def _boxes(self) -> list[QRectF]:
        boxes, high = list[QRectF](), self._theme.px(ROW)
        for at, line in enumerate(self._lines(self.width())):
            x, y = 0.0, at * (high + self._theme.px(BETWEEN))
            for index in line:
                width = self._width(index)
                boxes.append(QRectF(x, y, width, high))
                x += width
        return boxes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in _DIGITS and event.key() - Qt.Key.Key_1 < len(self._options):
            self._choose_and_go(event.key() - Qt.Key.Key_1)
        elif step is not None:
            self.choose(max(0, min(self._current + step, len(self._options) - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = [i for i, box in enumerate(self._boxes()) if box.contains(event.position())]
        if hit and event.button() is Qt.MouseButton.LeftButton:
            self._choose_and_go(hit[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, boxes = self._theme.radius("control"), self._boxes()
        for line in self._lines(self.width()):
            if not line:
                continue
            whole = boxes[line[0]].united(boxes[line[-1]]).adjusted(0, 0, 1, 0)
            painter.setPen(QPen(self._theme.color("lineStrong"), 1))
            painter.setBrush(self._theme.color("surface"))
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            for box in (boxes[index] for index in line[1:]):
                painter.setPen(QPen(self._theme.color("line"), 1))
                painter.drawLine(box.topLeft(), box.bottomLeft())
            for index in line:
                self._paint_option(painter, index, boxes[index])
            if self.hasFocus():
                painter.setPen(QPen(self._theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), radius, radius)
        painter.end()

    def _paint_option(self, painter: QPainter, index: int, box: QRectF) -> None:
        on = index == self._current
        if on:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(self._theme.color("selected"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        x = box.left() + self._theme.px(12)
        if self._digits:
            cap = cap_size(self._theme, "1")
            middle = box.center().y() - cap.height() / 2
            place = QRectF(x, middle, cap.width(), cap.height())
            paint_cap(
                painter, self._theme, place, str(index + 1), self._theme.color("accent") if on else None
            )
            x += cap.width() + self._theme.px(7)
        painter.setFont(self._font(index))
        painter.setPen(self._theme.color("text" if on else "muted"))
        room = QRectF(x, box.top(), box.right() - x, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._options[index])
