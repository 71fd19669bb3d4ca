"""The rail at the left: one entry for each room that is built, with figures where they call."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from console.ui.more_rooms import MoreRooms
from console.ui.shortcuts import EVERYWHERE
from console.ui.theme import Theme
from console.ui.words import t

TALL, SHORT = 52, 34  # of an entry with its word, and without
EDGE, GAP = 8, 3
KEYS = {key.name: key.sequence for key in EVERYWHERE}
ABOVE = ("queue", "intake", "triage", "map", "supervisor", "handover", "reports")
BELOW = ("chase", "audit", "admin", "outbox", "settings")


class NavEntry(QAbstractButton):
    """Icon above a word; `count` as a small figure at its corner, `calls` when it needs the operator.
    `wordless`: the icon alone, where a low window has no room; the word is in the tooltip."""

    def __init__(self, theme: Theme, name: str, key: str) -> None:
        super().__init__()
        self._theme, self.name, self.count, self.calls = theme, name, 0, False
        self.wordless = False
        self.setText(t(f"nav.{name}"))
        self.setToolTip(f"{self.text()} ({key})" if key else self.text())
        self.setAccessibleName(self.text())
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int, calls: bool = False) -> None:
        """The figure; 0 shows none."""
        if (count, calls) != (self.count, self.calls):
            self.count, self.calls = count, calls
            self.setAccessibleName(f"{self.text()}: {count}" if count else self.text())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.size("navRailCompact"), self._theme.px(SHORT if self.wordless else TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "accent" if self.isChecked() else "muted"
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.setBrush(self._theme.color("surface"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        side = px(20)
        top = (self.height() - side) // 2 if self.wordless else px(8)
        icon = QRect((self.width() - side) // 2, top, side, side)
        self._theme.icon(f"nav.{self.name}", ink).paint(painter, icon)
        if not self.wordless:
            painter.setFont(self._theme.font("micro", 600 if self.isChecked() else 400))
            painter.setPen(self._theme.color(ink))
            words = QRect(0, icon.bottom() + px(2), self.width(), px(19))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.count:
            self._figure(painter, icon)
        painter.end()

    def _figure(self, painter: QPainter, icon: QRect) -> None:
        px, font = self._theme.px, self._theme.font("micro", 600)
        text = str(self.count) if self.count < 1000 else "999+"
        width = max(px(16), QFontMetrics(font).horizontalAdvance(text) + px(8))
        box = QRectF(min(icon.right() - px(3), self.width() - width - 2), px(3), width, px(16))
        tone = ("warnSoft", "warnText") if self.calls else ("neutralSoft", "muted")
        painter.setPen(QPen(self._theme.color(tone[1]), 1) if self.calls else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(tone[0]))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.color(tone[1]))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class NavRail(QWidget):
    """`chosen(name)`; entries above, outbox and settings below."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, more: MoreRooms) -> None:
        super().__init__()
        self._theme, self._compact = theme, False
        named = {room.name for room in more} | {"queue", "intake", "map", "outbox", "settings"}
        self.setProperty("fill", "app")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.entries: dict[str, NavEntry] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(3, EDGE, 3, EDGE)
        column.setSpacing(GAP)
        for names in (ABOVE, BELOW):
            for name in names:
                if name in named:
                    column.addWidget(self._entry(name, KEYS.get(name, "")))
            if names is ABOVE:
                column.addStretch(1)
        self.entries["settings"].setCheckable(False)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _entry(self, name: str, key: str) -> NavEntry:
        entry = NavEntry(self._theme, name, key)
        entry.clicked.connect(lambda: self.chosen.emit(name))
        self.entries[name] = entry
        return entry

    def choose(self, name: str) -> None:
        """Mark an entry; no signal."""
        for key, entry in self.entries.items():
            entry.setChecked(key == name and entry.isCheckable())

    def set_compact(self, compact: bool) -> None:
        """Narrow window: 64 px, and the map is a screen of its own."""
        self._compact = compact
        self.entries["map"].setVisible(compact)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Words as long as all of them have room."""
        shown = [entry for entry in self.entries.values() if not entry.isHidden()]
        wanted = len(shown) * (self._theme.px(TALL) + GAP) + 2 * EDGE
        for entry in self.entries.values():
            if entry.wordless != (wanted > self.height()):
                entry.wordless = not entry.wordless
                entry.updateGeometry()
                entry.update()

    def _restyle(self) -> None:
        self.setFixedWidth(self._theme.size("navRailCompact" if self._compact else "navRail"))
        self._give_room()
