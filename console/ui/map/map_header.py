"""The map's header: its name with the count, and buttons, which lose their words where there is no room."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.theme import Theme
from console.ui.words import t

MARGIN, GAP = 10, 6  # pixels


class MapTitle(QWidget):
    """Icon, name of the pane and the count, underlined like a tab that is open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        """How many cases the map shows."""
        self._count = "" if count is None else str(count)
        self.setAccessibleName(f"{t('map.title')} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int]:
        title = QFontMetrics(self._theme.font("bodyStrong")).horizontalAdvance(t("map.title"))
        return title, QFontMetrics(self._theme.font("small")).horizontalAdvance(self._count)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + self._theme.px(26) + 28, self._theme.size("tabs"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, title = QPainter(self), self._theme, self._widths()[0]
        side, left = theme.px(16), 10
        icon = theme.pixmap("nav.map", "text", 16, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - side) // 2, icon)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("bodyStrong"))
        painter.setPen(theme.color("text"))
        left += theme.px(24)
        painter.drawText(QRect(left, 0, title + 4, self.height()), middle, t("map.title"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("subtle"))
        painter.drawText(QRect(left + title + 8, 0, self.width(), self.height()), middle, self._count)
        painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), theme.color("accent"))
        painter.end()


class MapHeader(QWidget):
    """Tools stand right of the title, `follow` at the end."""

    def __init__(self, theme: Theme, follow: KeyButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wordy: list[KeyButton] = []
        self.title = MapTitle(theme, self)
        self.setProperty("fill", "surface")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._row.addWidget(follow)
        self._learn(follow)
        theme.changed.connect(self._dress)
        self._dress()

    def add_tool(self, tool: QWidget) -> None:
        """One more button, left of those that are there."""
        self._row.insertWidget(2, tool)
        self._learn(tool)

    def set_count(self, count: int | None) -> None:
        """How many cases the map shows."""
        self.title.set_count(count)

    def _learn(self, tool: QWidget) -> None:
        if isinstance(tool, KeyButton) and tool.text():
            self._wordy.append(tool)

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.size("tabs"))

    def _fit(self) -> None:
        """With words where all of them have room, else as icons alone."""
        more = sum(one.size_with(one.text()).width() - one.sizeHint().width() for one in self._wordy)
        wordless = self._row.totalSizeHint().width() + more > self.width()
        for button in self._wordy:
            button.set_wordless(wordless)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # another button, a longer count, larger letters
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.title.sizeHint().width(), self._theme.size("tabs"))
