"""Buttons with the key that presses them drawn inside. The key itself is the room's to bind."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.theme import Theme

KINDS = ("primary", "secondary", "quiet")


class KeyButton(QAbstractButton):
    """`kind`: primary (the one action of a view), secondary (edged) or quiet (no edge)."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        key: str = "",
        icon: str = "",
        kind: str = "secondary",
        parent: QWidget | None = None,
        height: str = "button",
    ) -> None:
        super().__init__(parent)
        self._theme, self._key, self._icon, self.kind, self._height = theme, key, icon, kind, height
        self._wordless = False
        self.setText(text)
        self._name()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hover = False
        theme.changed.connect(self._restyle)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} ({self._key})" if self._key else self.text())

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def relabel(self, text: str, icon: str | None = None) -> None:
        """Another text, and icon; the key stays."""
        self.setText(text)
        self._icon = self._icon if icon is None else icon
        self._name()
        self._restyle()

    def set_wordless(self, wordless: bool) -> None:
        """Its icon alone, where there is no room: its name is still said, the tooltip tells what it does."""
        if wordless != self._wordless:
            self._wordless = wordless
            self._restyle()

    @property
    def key(self) -> str:
        """The key drawn inside."""
        return self._key

    def set_act(self, text: str, key: str, icon: str) -> None:
        """What it does now; its place stays."""
        if (text, key, icon) == (self.text(), self._key, self._icon):
            return
        self._key = key
        self.relabel(text, icon)

    def set_kind(self, kind: str) -> None:
        """Another of KINDS."""
        self.kind = kind
        self.update()

    def _font(self) -> QFont:
        return self._theme.font("body", 600 if self.kind == "primary" else 500)

    def sizeHint(self) -> QSize:
        return self.size_with("" if self._wordless else self.text())

    def size_with(self, text: str) -> QSize:
        """What it takes with these words."""
        px, width = self._theme.px, self._theme.px(11) * 2
        parts = 0
        if self._icon:
            width, parts = width + px(16), parts + 1
        if text:
            width, parts = width + QFontMetrics(self._font()).horizontalAdvance(text) + 1, parts + 1
        if self._key:
            width, parts = width + cap_size(self._theme, self._key).width(), parts + 1
        height = self._theme.size(self._height)
        if not text and not self._key:
            return QSize(height + px(2), height)
        return QSize(width + px(7) * max(0, parts - 1), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def _paper(self) -> QColor | None:
        color = self._theme.color
        if self.kind == "primary":
            if not self.isEnabled():
                return color("neutralSoft")
            return color("accentHover" if self._hover or self.isDown() else "accent")
        if self.isChecked():
            return color("selected")
        if not self.isEnabled():
            return color("canvas") if self.kind == "secondary" else None
        if self._hover or self.isDown():
            return color("hover")
        return color("surface") if self.kind == "secondary" else None

    def _ink(self) -> str:
        if not self.isEnabled():
            return "disabled"
        if self.kind == "primary":
            return "onAccent"
        if self.isChecked():
            return "accent"
        return "text" if self.kind == "secondary" else "muted"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        self._paint_inside(painter)
        painter.end()

    def _paint_box(self, painter: QPainter) -> None:
        paper, radius = self._paper(), self._theme.radius("control")
        edge = self.kind == "secondary"
        painter.setPen(QPen(self._theme.color("line"), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(paper if paper is not None else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            token = "text" if self.kind == "primary" else "focus"
            painter.setPen(QPen(self._theme.color(token), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_inside(self, painter: QPainter) -> None:
        px, ink = self._theme.px, self._ink()
        x, right = px(11), self.width() - px(11)
        words = "" if self._wordless else self.text()
        if not words and not self._key:
            x = (self.width() - px(16)) // 2
        if self._icon:
            side = px(16)
            box = QRect(x, (self.height() - side) // 2, side, side)
            self._theme.icon(self._icon, ink if ink != "text" else "muted").paint(painter, box)
            x += side + px(7)
        if self._key:
            cap = cap_size(self._theme, self._key)
            right -= cap.width()
            box_f = QRectF(right, (self.height() - cap.height()) / 2, cap.width(), cap.height())
            plain = self.kind != "primary" and self.isEnabled()
            paint_cap(painter, self._theme, box_f, self._key, None if plain else self._theme.color(ink))
            right -= px(7)
        painter.setFont(self._font())
        painter.setPen(self._theme.color(ink))
        room = QRect(x, 0, max(0, right - x), self.height())
        text = QFontMetrics(self._font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def primary(
    theme: Theme, text: str, key: str = "", icon: str = "", parent: QWidget | None = None
) -> KeyButton:
    """The one main action of a view."""
    return KeyButton(theme, text, key, icon, "primary", parent, "buttonPrimaryForm")


def secondary(
    theme: Theme, text: str, key: str = "", icon: str = "", parent: QWidget | None = None
) -> KeyButton:
    """An ordinary action."""
    return KeyButton(theme, text, key, icon, "secondary", parent)


def quiet(theme: Theme, text: str, key: str = "", icon: str = "", parent: QWidget | None = None) -> KeyButton:
    """An action without an edge, for toolbars."""
    return KeyButton(theme, text, key, icon, "quiet", parent)
