"""The one line under the top bar while something is the matter: what, what it means, what to do."""

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from console.desk.connection import Connection
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.parts.time_text import short_moment_text
from console.ui.shell.connection_text import Banner, banner_of, data_text, retry_text
from console.ui.theme import Theme
from console.ui.words import t


class _Sentence(QWidget):
    """Strong words, then ordinary ones; two lines where one is too short, the whole in the tooltip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.strong, self.text = theme, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def tell(self, strong: str, text: str) -> None:
        self.strong, self.text = strong, text
        self.setToolTip(f"{strong} {text}")
        self.setAccessibleName(self.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._theme.size("banner"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        strong, plain = self._theme.font("body", 600), self._theme.font("body")
        ahead = QFontMetrics(strong).horizontalAdvance(f"{self.strong} ")
        whole = ahead + QFontMetrics(plain).horizontalAdvance(self.text)
        painter.setPen(self._theme.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        if whole <= self.width():
            painter.setFont(strong)
            painter.drawText(self.rect(), middle, self.strong)
            painter.setFont(plain)
            painter.drawText(self.rect().adjusted(ahead, 0, 0, 0), middle, self.text)
        else:
            self._two_lines(painter)
        painter.end()

    def _two_lines(self, painter: QPainter) -> None:
        strong, plain = self._theme.font("body", 600), self._theme.font("small")
        half, pad = self.height() // 2, self._theme.px(4)
        painter.setFont(strong)
        room = QRect(0, pad, self.width(), half - pad + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.strong)
        painter.setFont(plain)
        shown = QFontMetrics(plain).elidedText(self.text, Qt.TextElideMode.ElideRight, self.width())
        room = QRect(0, half - 1, self.width(), half - pad + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class _Mark(QWidget):
    """The icon at the left of the banner."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, "sync.offline"
        self.setFixedSize(theme.px(22), theme.px(22))

    def tell(self, icon: str) -> None:
        """Another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._theme.icon(self._icon, "warnText").paint(painter, self.rect())
        painter.end()


def _data_text(connection: Connection, now: datetime) -> str:
    """Of when the data is: the time of day, and the day where it is not today's."""
    at = connection.data_as_of
    return data_text(connection) if at is None else t("net.dataAsOf", time=short_moment_text(at, now))


class BannerBar(QFrame):
    """Shown while `banner_of` has something to say, or sounds are muted. `retry`, `sign_in` and `unmute` are
    its button's."""

    retry = Signal()
    sign_in = Signal()
    unmute = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._act, self._muted = "", False
        self._told: tuple[Connection, datetime] | None = None
        self.setObjectName("banner")
        self.sentence = _Sentence(theme)
        self.data = label(tone="text")
        self.when = label(tone="text")
        self.button = KeyButton(theme, t("net.retryNow.short"), "Ctrl R")
        self.button.clicked.connect(self.press)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 0, 14, 0)
        row.setSpacing(12)
        self._mark = _Mark(theme)
        row.addWidget(self._mark)
        row.addWidget(self.sentence, 1)
        for part in (self.data, self.when, self.button):
            row.addWidget(part)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("banner"))
        edge, paper = self._theme.hex("warnText"), self._theme.hex("warnSoft")
        self.setStyleSheet(
            f"#banner {{ background: {paper}; border: none; border-bottom: 1px solid {edge}; }}"
        )

    def press(self) -> None:
        """Its key, Ctrl+R: what its button offers, a new try where there is none."""
        acts = {"sign_in": self.sign_in, "unmute": self.unmute}
        (self.retry if self.isHidden() else acts.get(self._act, self.retry)).emit()

    def set_muted(self, on: bool) -> None:
        """No sound is heard at this desk: said as long as it is so."""
        self._muted = on
        if self._told is not None:
            self.tell(*self._told)

    def tell(self, connection: Connection, now: datetime) -> None:
        """Show, refresh or hide."""
        self._told = connection, now
        banner = banner_of(connection, now)
        if self._muted:
            banner = _with_muted(banner)
        if banner is None:
            self.hide()
            return
        self._fill(banner, connection, now)
        self.show()

    def _fill(self, banner: Banner, connection: Connection, now: datetime) -> None:
        self._act = banner.act
        self._mark.tell(banner.icon)
        self.sentence.tell(banner.strong, banner.text)
        self.data.setText("" if banner.act == "unmute" else _data_text(connection, now))
        self.when.setText(retry_text(connection, now))
        self.when.setVisible(bool(self.when.text()) and banner.act == "retry")
        self.button.setVisible(bool(banner.act))
        self.button.relabel(t(_ACTS.get(banner.act, "net.retryNow.short")))


_ACTS = {"sign_in": "net.signIn", "unmute": "sound.unmute"}


def _with_muted(banner: Banner | None) -> Banner:
    """Beside what else is the matter, or alone."""
    if banner is None:
        return Banner(t("sound.muted"), t("sound.muted.text"), "unmute", "warn", "ph.bell-slash")
    return banner._replace(text=f"{banner.text} {t('sound.muted')}")
