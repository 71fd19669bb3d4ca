"""What the filter asks, a chip for each part; pressed, the part is gone."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

WIDEST = 300  # pixels at 100 %


class _Chip(QAbstractButton):
    """Words and a small cross."""

    def __init__(self, theme: Theme, name: str, words: str, struck: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.name, self._struck = theme, name, struck
        self.setText(words)
        self.setToolTip(tip(words))
        self.setAccessibleName(t("filter.remove", part=words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        words = QFontMetrics(self._theme.font("small")).horizontalAdvance(self.text())
        return QSize(min(words, px(WIDEST)) + px(8 + 6 + 12 + 8) + 2, px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "lineStrong"), 2 if focused else 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box, px(5), px(5))
        font = theme.font("small")
        font.setStrikeOut(self._struck)
        painter.setFont(font)
        painter.setPen(theme.color("muted" if self._struck else "text"))
        room = self.rect().adjusted(px(8), 0, -px(6 + 12 + 8), 0)
        words = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        cross = QRect(self.width() - px(8 + 12), (self.height() - px(12)) // 2, px(12), px(12))
        theme.icon("ph.x", "muted").paint(painter, cross)
        painter.end()


class FilterChips(QWidget):
    """Chips in as many rows as they need. `removed(name)`: of one part of the filter."""

    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[_Chip] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._arrange)

    def words(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips]

    def show_parts(self, parts: list[tuple[str, str, bool]]) -> None:
        """Name, words, and whether it names what is no longer in force, of each part."""
        for chip in self._chips:
            chip.deleteLater()
        self._chips = [_Chip(self._theme, *part, self) for part in parts]
        for chip in self._chips:
            chip.clicked.connect(lambda _=False, name=chip.name: self.removed.emit(name))
            chip.show()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        gap, left, top, high = self._theme.px(6), 0, 0, self._theme.px(26)
        for chip in self._chips:
            size = chip.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + high + gap
            chip.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + gap
        self.setFixedHeight(top + high if self._chips else 0)
