"""Yours and theirs side by side: two radio cards of one field, or one card where both are the same."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.outbox.conflict import MINE, THEIRS, Field
from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

GAP = 12  # pixels between the cards, at 100 %
LINES = 4  # lines of a long value that are shown; the whole of it is in the tooltip
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SidePair(QWidget):
    """`chosen(side)`; 1 and 2 choose while it has the focus, Tab goes on to the next field."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, field: Field, side: str) -> None:
        super().__init__()
        self._theme, self.field, self.side = theme, field, side
        if not field.same:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip(self._both()))
        theme.changed.connect(self._fit)
        self._name()
        self._fit()

    def _both(self) -> str:
        mine, theirs = t("conflict.mine"), t("conflict.theirs")
        return f"{mine}: {self.field.mine}\n{theirs}: {self.field.theirs}"

    def _name(self) -> None:
        if self.field.same:
            self.setAccessibleName(f"{self.field.label}: {self.field.theirs}, {t('conflict.same')}")
            return
        name, text = (
            (t("conflict.mine"), self.field.mine)
            if self.side == MINE
            else (t("conflict.theirs"), self.field.theirs)
        )
        self.setAccessibleName(f"{self.field.label}: {name}, {text}")
        self.setAccessibleDescription(self._both())

    def take(self, side: str) -> None:
        """Choose a side."""
        if self.field.same or side == self.side:
            return
        self.side = side
        self._name()
        self.update()
        self.chosen.emit(side)

    def _cards(self) -> tuple[QRect, QRect]:
        gap = self._theme.px(GAP)
        width = (self.width() - gap) // 2
        return QRect(0, 0, width, self.height()), QRect(width + gap, 0, width, self.height())

    def _text_room(self, card: QRect) -> QRect:
        px = self._theme.px
        return card.adjusted(px(34), px(8), -px(10), -px(8))

    def _fit(self) -> None:
        metrics = QFontMetrics(self._theme.font("body", 600))
        width = max(40, self._text_room(self._cards()[0]).width())
        tall = max(
            metrics.boundingRect(QRect(0, 0, width, 10_000), WRAP, text).height()
            for text in (self.field.mine, self.field.theirs)
        )
        tall = min(tall, LINES * metrics.lineSpacing())
        self.setFixedHeight(max(self._theme.px(38), tall + self._theme.px(18)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(360), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sides = {
            Qt.Key.Key_1: MINE,
            Qt.Key.Key_2: THEIRS,
            Qt.Key.Key_Left: MINE,
            Qt.Key.Key_Right: THEIRS,
        }
        side = sides.get(Qt.Key(event.key()))
        if side is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        self.take(side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mine, theirs = self._cards()
        at = event.position().toPoint()
        if mine.contains(at) or theirs.contains(at):
            self.setFocus()
            self.take(MINE if mine.contains(at) else THEIRS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.field.same:
            self._same(painter)
        else:
            mine, theirs = self._cards()
            self._card(painter, mine, self.field.mine, self.side == MINE)
            self._card(painter, theirs, self.field.theirs, self.side == THEIRS)
        painter.end()

    def _box(self, painter: QPainter, card: QRect, fill: str, edge: str, width: int) -> None:
        radius, inset = self._theme.radius("control"), width / 2
        painter.setPen(QPen(self._theme.color(edge), width))
        painter.setBrush(self._theme.color(fill))
        painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), radius, radius)

    def _card(self, painter: QPainter, card: QRect, text: str, on: bool) -> None:
        px, color = self._theme.px, self._theme.color
        focused = on and self.hasFocus()
        edge = "focus" if focused else "accent" if on else "lineStrong"
        self._box(painter, card, "selected" if on else "surface", edge, 3 if focused else 2 if on else 1)
        radius = px(6.5)
        middle = QPointF(card.left() + px(18), card.top() + card.height() / 2)
        painter.setBrush(color("surface"))
        painter.setPen(QPen(color("accent" if on else "lineStrong"), px(4) if on else 1))
        inner = radius - (px(2) if on else 0)
        painter.drawEllipse(middle, inner, inner)
        self._value(painter, self._text_room(card), text, 600 if on else 400)

    def _value(self, painter: QPainter, room: QRect, text: str, weight: int) -> None:
        painter.setFont(self._theme.font("body", weight))
        painter.setPen(self._theme.color("text"))
        painter.setClipRect(room.adjusted(0, -2, 0, 2))
        painter.drawText(room, WRAP, text)
        painter.setClipping(False)

    def _same(self, painter: QPainter) -> None:
        px, card = self._theme.px, self.rect()
        self._box(painter, card, "canvas", "line", 1)
        side = px(14)
        box = QRect(px(11), (card.height() - side) // 2, side, side)
        self._theme.icon("ph.check", "goodText").paint(painter, box)
        text = self.field.theirs or self.field.mine
        self._value(painter, self._text_room(card), f"{text} · {t('conflict.same')}", 400)
