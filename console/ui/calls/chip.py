"""One call on the strip: state by fill and icon, number, who, time, and the key that leads to it."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from console.ui.calls.faces import ICONS, Face, timer_text, waits_long
from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
GAP, PAD, ICON = 6, 9, 16
LEAST_WHO = 40  # less room than this says nothing about who it is


class Look(NamedTuple):
    """Colour tokens of a chip."""

    paper: str
    edge: str
    ink: str
    soft: str  # who it is


LOOKS = {
    "talking": Look("call", "call", "onCall", "onCall"),
    "held": Look("surface", "warnText", "text", "muted"),
    "ringing": Look("surface", "accent", "text", "muted"),
    "dialling": Look("surface", "accent", "text", "muted"),
    "ended": Look("canvas", "line", "muted", "muted"),
}
ICON_INKS = {"talking": "onCall", "held": "warnText", "ringing": "accent", "dialling": "accent"}


class CallChip(QAbstractButton):
    """Keeps its place while it is empty. It takes no focus: nothing that rings may."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._hover = theme, False
        self.face: Face | None = None
        self.shown = False
        self._timer, self._late = "", False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def show_face(self, face: Face | None, shown: bool, now: datetime) -> None:
        """Another call or another state; None: nobody. `shown`: its workspace is on the screen."""
        if (face, shown) != (self.face, self.shown):
            self.face, self.shown = face, shown
            self.update()
        self.setEnabled(face is not None)
        self.tick(now)
        if face is not None:
            words = ". ".join(part for part in (face.state, face.number, face.who) if part)
            noted = t("call.noted", note=face.note) if face.note else ""
            self.setAccessibleName(" ".join(part for part in (f"{words} ({face.key}).", noted) if part))
            self.setToolTip(tip("\n".join(part for part in (words, noted) if part)))
        else:
            self.setAccessibleName("")
            self.setToolTip("")

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        if self.face is None:
            return
        timer, late = timer_text(self.face, now), waits_long(self.face, now)
        if (timer, late) != (self._timer, self._late):
            self._timer, self._late = timer, late
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(330), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(30))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.face is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = LOOKS[self.face.kind]
        self._box(painter, look)
        self._inside(painter, look, self.face)
        painter.end()

    def _box(self, painter: QPainter, look: Look) -> None:
        color, radius = self._theme.color, self._theme.radius("control")
        hovered = self._hover and look.paper == "surface"
        wide = 2 if look.edge in ("accent", "warnText") or self.shown else 1
        painter.setPen(
            QPen(color(look.edge if not self.shown or wide == 1 else self._shown_edge(look)), wide)
        )
        painter.setBrush(color("hover" if hovered else look.paper))
        half = wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _shown_edge(self, look: Look) -> str:
        return "text" if look.edge in ("call", "line") else look.edge

    def _inside(self, painter: QPainter, look: Look, face: Face) -> None:
        theme, px = self._theme, self._theme.px
        side, x, right = px(ICON), px(PAD), self.width() - px(PAD)
        icon = theme.icon(ICONS[face.kind], ICON_INKS.get(face.kind, look.ink))
        icon.paint(painter, QRect(x, (self.height() - side) // 2, side, side))
        x += side + px(GAP)
        strong, plain = theme.font("body", 600), theme.font("body")
        number = QFontMetrics(strong).horizontalAdvance(face.number)
        timer = QFontMetrics(strong).horizontalAdvance(self._timer) + px(GAP)
        whole = x + number + px(GAP) + timer + cap_size(theme, face.key).width() <= right
        right = self._cap(painter, look, face.key if whole else face.key.removeprefix("Alt "), right)
        noted = side + px(GAP) if face.note else 0
        if not noted or face.kind != "ringing" or x + number + px(GAP) + noted + timer <= right:
            right = self._time(painter, look, right)  # of who rings the note weighs more
        state = QFontMetrics(plain).horizontalAdvance(face.state)
        if x + state + px(GAP) + number + noted <= right:
            self._words(painter, plain, look.ink, face.state, x, right)
            x += state + px(GAP)
        x += self._words(painter, strong, look.ink, face.number, x, right) + px(GAP)
        if noted and x + side <= right:
            ink = look.ink if look.paper == "call" else "warnText"
            theme.icon("action.note", ink).paint(painter, QRect(x, (self.height() - side) // 2, side, side))
            x += side + px(GAP)
        if right - x >= px(LEAST_WHO):
            self._words(painter, plain, look.soft, face.who, x, right)

    def _cap(self, painter: QPainter, look: Look, key: str, right: int) -> int:
        cap = cap_size(self._theme, key)
        box = QRectF(right - cap.width(), (self.height() - cap.height()) / 2, cap.width(), cap.height())
        ink = self._theme.color(look.ink) if look.paper == "call" else None
        paint_cap(painter, self._theme, box, key, ink)
        return right - cap.width() - self._theme.px(GAP)

    def _time(self, painter: QPainter, look: Look, right: int) -> int:
        if not self._timer:
            return right
        font = self._theme.font("body", 600)
        width = QFontMetrics(font).horizontalAdvance(self._timer) + 1
        ink = "warnText" if self._late else look.ink
        self._words(painter, font, ink, self._timer, right - width, right)
        return right - width - self._theme.px(GAP)

    def _words(self, painter: QPainter, font: QFont, ink: str, words: str, x: int, right: int) -> int:
        room = QRect(x, 0, max(0, right - x), self.height())
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LEFT, shown)
        return QFontMetrics(font).horizontalAdvance(shown)
