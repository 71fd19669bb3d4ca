"""A row of tabs with counts: the chosen one underlined. Arrows move, the counts never change widths much."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.parts.text import tip
from console.ui.theme import Theme

NAME_MOST, NAME_LEAST = 160, 40  # pixels of a tab's words
NO_LIMIT = 1 << 20
ROOMY, TIGHT = 10, 4  # pixels beside a tab's words; tight where the row is too narrow


class Tab(QAbstractButton):
    """One tab; `tone` colours its count."""

    def __init__(self, theme: Theme, text: str, tone: str = "muted", icon: str = "", key: str = "") -> None:
        super().__init__()
        self._theme, self._tone, self._icon, self._key = theme, tone, icon, key
        self.count: int | None = None
        self.name, self._tip = text, ""
        self.pad = ROOMY
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_name(self, text: str) -> None:
        """Another word; a long one ends in "…"."""
        self.name = text
        self._say()
        self.narrow(NO_LIMIT)
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(self.name if self.count is None else f"{self.name}: {self.count}")

    def words_width(self) -> int:
        """Pixels that its words want."""
        wanted = QFontMetrics(self._theme.font("body", 600)).horizontalAdvance(self.name) + 1
        return min(wanted, self._theme.px(NAME_MOST))

    def narrow(self, most: int) -> None:
        """Its words in at most so many pixels; what is cut off stands in the tooltip."""
        metrics = QFontMetrics(self._theme.font("body", 600))
        room = min(most, self._theme.px(NAME_MOST))
        text = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, room)
        if text != self.text():
            self.setText(text)
            self.setToolTip(tip(self.name if text != self.name else self._tip))
        self.updateGeometry()

    def tell(self, tip: str) -> None:
        """What its tooltip says where its words are whole."""
        self._tip = tip
        self.setToolTip(tip)

    def set_count(self, count: int | None) -> None:
        """The figure after the word."""
        if count == self.count:
            return
        self.count = count
        self._say()
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int, int]:
        strong = QFontMetrics(self._theme.font("body", 600))
        words = strong.horizontalAdvance(self.text()) + 1
        figure = "" if self.count is None else str(self.count)
        cap = cap_size(self._theme, self._key).width() + self._theme.px(7) if self._key else 0
        return words, (strong.horizontalAdvance(figure) + self._theme.px(6)) if figure else 0, cap

    def sizeHint(self) -> QSize:
        icon = self._theme.px(16 + 7) if self._icon else 0
        return QSize(sum(self._widths()) + icon + self._theme.px(self.pad) * 2, self._theme.size("tabs"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row's: a button would only move the focus
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, (words, figure, _cap) = px(self.pad), self._widths()
        if self._icon:
            side = px(16)
            box = QRect(x, (self.height() - side) // 2, side, side)
            self._theme.icon(self._icon, "text" if self.isChecked() else "muted").paint(painter, box)
            x += side + px(7)
        self._text(
            painter, QRect(x, 0, words, self.height()), self.text(), "text" if self.isChecked() else "muted"
        )
        if figure:
            left = x + words + px(6)
            self._text(painter, QRect(left, 0, figure, self.height()), str(self.count), self._tone)
        if self._key:
            cap = cap_size(self._theme, self._key)
            y = (self.height() - cap.height()) / 2
            paint_cap(
                painter,
                self._theme,
                QRectF(x + words + figure + px(7), y, cap.width(), cap.height()),
                self._key,
            )
        self._edges(painter)
        painter.end()

    def _text(self, painter: QPainter, rect: QRect, text: str, tone: str) -> None:
        strong = self.isChecked() if tone in ("text", "muted") else bool(self.count)
        painter.setFont(self._theme.font("body", 600 if strong and text == self.text() else 500))
        painter.setPen(self._theme.color(tone))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _edges(self, painter: QPainter) -> None:
        if self.isChecked():
            painter.fillRect(0, self.height() - 2, self.width(), 2, self._theme.color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 5, -1, -5), 4, 4)


class TabRow(QWidget):
    """Tabs by name; `chosen(name)` when the user takes another."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: dict[str, Tab] = {}
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(9), 0, theme.px(9), 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("tabs"))
        self._fit()

    def add(self, name: str, text: str, tone: str = "muted", icon: str = "", key: str = "") -> Tab:
        """One more tab at the right."""
        tab = Tab(self._theme, text, tone, icon, key)
        tab.clicked.connect(lambda: self._take(name))
        self._row.insertWidget(len(self._tabs), tab)
        self._tabs[name] = tab
        return tab

    def append(self, widget: QWidget) -> None:
        """Something at the right edge."""
        self._row.addWidget(widget)

    def set_count(self, name: str, count: int | None) -> None:
        """The figure of a tab."""
        self._tabs[name].set_count(count)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Closer together where they would not all fit; then the longest words give way, all alike."""
        tabs, over = list(self._tabs.values()), 0
        for tab in tabs:
            tab.narrow(NO_LIMIT)
        for pad in (ROOMY, TIGHT):
            for tab in tabs:
                tab.pad = pad
            wanted = sum(tab.sizeHint().width() + self._row.spacing() for tab in tabs)
            over = wanted + 2 * self._theme.px(9) - self.width()
            if over <= 0:
                break
        most = _most([tab.words_width() for tab in tabs], over, self._theme.px(NAME_LEAST))
        for tab in tabs:
            tab.narrow(most)

    def show_name(self, name: str, text: str) -> None:
        """What a tab is called now, however long."""
        self._tabs[name].show_name(text)
        self._fit()

    def choose(self, name: str) -> None:
        """Mark a tab; no signal."""
        for key, tab in self._tabs.items():
            tab.setChecked(key == name)

    @property
    def current(self) -> str:
        """The chosen tab's name."""
        return next((name for name, tab in self._tabs.items() if tab.isChecked()), "")

    def _take(self, name: str) -> None:
        self.choose(name)
        self.chosen.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        names = list(self._tabs)
        if step is None or self.current not in names:
            super().keyPressEvent(event)
            return
        name = names[(names.index(self.current) + step) % len(names)]
        self._tabs[name].setFocus()
        self._take(name)


def _most(widths: list[int], over: int, least: int) -> int:
    """How wide words may be at most, so that all together are `over` narrower; none below `least`."""
    most = max(widths, default=0) if over > 0 else NO_LIMIT
    while over > 0 and most > least:
        wide = sum(width >= most for width in widths)
        below = max([width for width in widths if width < most], default=least)
        step = min(most - max(below, least), -(-over // wide))
        most, over = most - step, over - step * wide
        widths = [min(width, most) for width in widths]
    return most
