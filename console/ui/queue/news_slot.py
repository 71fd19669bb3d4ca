"""The 26 px above the rows that always exists: what waits to come in, so that it pushes nothing."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.theme import Theme
from console.ui.words import t

MARK = "F5"


class NewsSlot(QWidget):
    """Shows a sentence; where it holds the key F5, the key is drawn as a cap and a click does the same."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text, self.live, self.tone = t("queue.noNews"), False, "subtle"
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("newItemsBar"))
        self.update()

    def tell(self, text: str, live: bool, tone: str = "infoText") -> None:
        """Another sentence. `live`: something waits; `tone`: warnText for trouble."""
        self.text, self.live, self.tone = text, live, tone if live else "subtle"
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.live:
            self.wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paper = {"infoText": "infoSoft", "warnText": "warnSoft"}.get(self.tone, "surface")
        painter.fillRect(self.rect(), self._theme.color(paper))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))
        self._words(painter)
        painter.end()

    def _words(self, painter: QPainter) -> None:
        px, font = self._theme.px, self._theme.font("body", 500 if self.live else 400)
        metrics = QFontMetrics(font)
        before, mark, after = self.text.partition(MARK)
        cap = cap_size(self._theme, MARK) if mark else None
        side = px(14) if self.live else 0
        before, after = before.strip(), after.strip()
        width = metrics.horizontalAdvance(before) + metrics.horizontalAdvance(after)
        width += (cap.width() + px(16) if cap else 0) + (side + px(8) if side else 0)
        x = max(px(8), (self.width() - width) // 2)
        painter.setFont(font)
        painter.setPen(self._theme.color(self.tone))
        if side:
            icon = "ph.arrow-up" if self.tone == "infoText" else "ph.warning"
            self._theme.icon(icon, self.tone).paint(
                painter, QRect(x, (self.height() - side) // 2, side, side)
            )
            x += side + px(8)
        x = self._part(painter, metrics, x, before)
        if cap:
            box = QRectF(x + px(8), (self.height() - cap.height()) / 2, cap.width(), cap.height())
            paint_cap(painter, self._theme, box, MARK)
            painter.setFont(font)
            painter.setPen(self._theme.color(self.tone))
            self._part(painter, metrics, round(box.right()) + px(8), after)

    def _part(self, painter: QPainter, metrics: QFontMetrics, x: int, text: str) -> int:
        width = metrics.horizontalAdvance(text)
        room = QRect(x, 0, max(0, self.width() - x - 4), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return x + width
