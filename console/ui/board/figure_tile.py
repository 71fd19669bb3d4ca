"""One figure of the board: its name, the number, a line beneath. Pressed, it opens its list."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.ui.theme import Theme

PAD = 16
BENEATH = 34  # pixels at 100 %: the line beneath


@dataclass(frozen=True)
class Figure:
    """`value` "–": not known; `tone`: of the number; `icon`: before it; `leads`: the line beneath has a list
    of its own."""

    value: str = "–"
    sub: str = ""
    tone: str = "text"
    icon: str = ""
    leads: bool = False


class FigureTile(QAbstractButton):
    """Painted; as wide as the row gives it. `second`: the list of the line beneath is wanted, by a press on
    it or Shift+Enter."""

    second = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._figure, self._hover = theme, Figure(), False
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_figure(Figure())

    @property
    def figure(self) -> Figure:
        """What it shows."""
        return self._figure

    def show_figure(self, figure: Figure, name: str = "") -> None:
        """Another number, under another name where one is given."""
        self._figure = figure
        self.setText(name or self.text())
        self.setAccessibleName(f"{self.text()}: {figure.value}. {figure.sub}".rstrip(". "))
        self.setToolTip(figure.sub)
        self.update()

    def sizeHint(self) -> QSize:
        heights = [self._theme.font(role).pixelSize() for role in ("small", "kpi", "small")]
        return QSize(self._theme.px(110), round(sum(heights) * 1.45) + self._theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and self._figure.leads:
                self.second.emit()
            elif not event.modifiers():
                self.click()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        beneath = at.y() >= self.height() - self._theme.px(BENEATH) and self.rect().contains(at)
        if self.isDown() and beneath and self._figure.leads and event.button() is Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.second.emit()
            return
        super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("hover" if self._hover else "surface"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), theme.color("line"))
        pad = px(PAD) if self.width() > px(140) else px(10)
        left, room, top = pad, self.width() - pad - px(6), px(9)
        for text, role, weight, tone in (
            (self.text(), "small", 500, "muted"),
            (self._figure.value, "kpi", 600, self._figure.tone),
            (self._figure.sub, "small", 400, "muted"),
        ):
            font = theme.font(role, weight)
            font.setUnderline(self._hover and self._figure.leads and text == self._figure.sub)
            metrics, x = QFontMetrics(font), left
            if role == "kpi" and self._figure.icon:
                side = px(20)
                box = QRect(x, top + (metrics.height() - side) // 2, side, side)
                theme.icon(self._figure.icon, tone).paint(painter, box)
                x += side + px(7)
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - (x - left))
            painter.drawText(
                QRect(x, top, room - (x - left), metrics.height()), Qt.AlignmentFlag.AlignLeft, shown
            )
            top += metrics.height() + px(2)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -1))
        painter.end()
