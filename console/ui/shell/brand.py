"""The switchboard's sign and name, at the sign-in and in the top bar."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.theme import Theme
from console.ui.words import t

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Brand(QWidget):
    """The sign of the switchboard, its name, and in practice mode that it is practice."""

    def __init__(self, theme: Theme, practice: bool) -> None:
        super().__init__()
        self._theme, self._practice = theme, practice
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(t("app.title") + (f". {t('shell.practice.hint')}" if practice else ""))
        self.setToolTip(t("shell.practice.hint") if practice else "")
        theme.changed.connect(self.updateGeometry)

    def _parts(self) -> tuple[tuple[str, int, str], ...]:
        return (("shell.brand", 600, "text"), ("shell.province", 400, "muted"))

    def _pill(self) -> int:
        words = QFontMetrics(self._theme.font("label", 600)).horizontalAdvance(t("shell.practice"))
        return words + self._theme.px(20)

    def sizeHint(self) -> QSize:
        px, width = self._theme.px, self._theme.px(24 + 9)
        for key, weight, _tone in self._parts():
            width += QFontMetrics(self._theme.font("body", weight)).horizontalAdvance(t(key)) + px(9)
        return QSize(width + (self._pill() if self._practice else 0), self._theme.size("topBar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._sign(painter, QRectF(0, (self.height() - px(22)) / 2, px(22), px(22)))
        x = px(32)
        for key, weight, tone in self._parts():
            font, text = self._theme.font("body", weight), t(key)
            painter.setFont(font)
            painter.setPen(self._theme.color(tone))
            painter.drawText(QRect(x, 0, self.width(), self.height()), LEFT, text)
            x += QFontMetrics(font).horizontalAdvance(text) + px(9)
        if self._practice:
            self._practice_pill(painter, x)
        painter.end()

    def _sign(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(box, 5, 5)
        ink, unit = self._theme.color("onAccent"), box.width() / 22
        pen = QPen(ink, 2.1 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = box.center()
        for radius in (6.2, 3.0):
            arc = QRectF(0, 0, 2 * radius * unit, 2 * radius * unit)
            arc.moveCenter(QRectF(middle.x(), middle.y() + 2.4 * unit, 0, 0).topLeft())
            painter.drawArc(arc, 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)

    def _practice_pill(self, painter: QPainter, x: int) -> None:
        px = self._theme.px
        box = QRectF(x, (self.height() - px(22)) / 2, self._pill(), px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("violetSoft"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.color("violetText"))
        painter.setFont(self._theme.font("label", 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, t("shell.practice"))
