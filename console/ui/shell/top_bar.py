"""The top bar: brand, search, connection, clock, me. It never changes place or size."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from console.desk.connection import Connection, Net
from console.domain.case import Actor
from console.ui.calls.phone_chip import PhoneChip
from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.parts.present_text import initials
from console.ui.parts.text import tip
from console.ui.parts.time_text import clock_seconds_text, weekday_date_text
from console.ui.shell.brand import Brand
from console.ui.shell.connection_text import Chip, chip_of, data_text, retry_text, why_text
from console.ui.theme import Theme
from console.ui.words import t

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SearchBox(QLineEdit):
    """Filters the queue as one types; Enter on a case number goes to that case. Esc empties it."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setPlaceholderText(t("shell.search"))
        self.setAccessibleName(t("shell.search"))
        self.setMaxLength(200)
        self._mark = self.addAction(theme.icon("action.search"), QLineEdit.ActionPosition.LeadingPosition)
        self.returnPressed.connect(lambda: self.entered.emit(self.text()))
        self.setMaximumWidth(440)
        self.setMinimumWidth(180)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self._mark.setIcon(self._theme.icon("action.search"))
        self.setFixedHeight(self._theme.px(30))
        self.setTextMargins(0, 0, cap_size(self._theme, "Ctrl F").width() + 6, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        cap = cap_size(self._theme, "Ctrl F")
        x, y = self.width() - cap.width() - 8, (self.height() - cap.height()) / 2
        paint_cap(painter, self._theme, QRectF(x, y, cap.width(), cap.height()), "Ctrl F")
        painter.end()


class ConnectionChip(QAbstractButton):
    """How the connection stands; pressed, it says more and offers what can be done."""

    retry = Signal()
    plug = Signal(bool)

    def __init__(self, theme: Theme, connection: Connection, can_unplug: bool) -> None:
        super().__init__()
        self._theme, self._connection, self._can_unplug = theme, connection, can_unplug
        self._now: datetime | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        theme.changed.connect(self.updateGeometry)
        self.set_connection(connection)

    @property
    def chip(self) -> Chip:
        """What it shows now."""
        return chip_of(self._connection)

    def set_connection(self, connection: Connection) -> None:
        """Another state."""
        self._connection = connection
        self.setText(self.chip.text)
        self.setAccessibleName(t("net.chip", state=self.chip.text))
        self._explain()
        self.updateGeometry()
        self.update()

    def tick(self, now: datetime) -> None:
        """Data grows older."""
        self._now = now
        self._explain()

    def _explain(self) -> None:
        self.setToolTip(tip("\n".join(self.lines())))
        self.setAccessibleDescription(". ".join(self.lines()))

    def lines(self) -> list[str]:
        """What there is to say beside the state: why, of when the data is, when it is tried again."""
        connection, now = self._connection, self._now
        retry = retry_text(connection, now) if now is not None and connection.net is Net.OFFLINE else ""
        return [text for text in (why_text(connection), data_text(connection, now), retry) if text]

    def open_menu(self) -> QMenu:
        """The menu under the chip; it does not block."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for line in self.lines():
            menu.addAction(line).setEnabled(False)
        menu.addAction(t("net.retryNow")).triggered.connect(lambda: self.retry.emit())
        if self._can_unplug:
            menu.addSeparator()
            plugged = self._connection.plugged
            act = menu.addAction(t("net.pull" if plugged else "net.plugIn"))
            act.triggered.connect(lambda: self.plug.emit(not plugged))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        return menu

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("body", 500)).horizontalAdvance(self.text())
        return QSize(words + self._theme.px(16 + 8 + 11 * 2), self._theme.size("button"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, chip = QPainter(self), self._theme.px, self.chip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ink = "warnText" if chip.tone else "muted"
        if chip.tone:
            painter.setPen(QPen(self._theme.color("warnText"), 1))
            painter.setBrush(self._theme.color("warnSoft"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        side = px(16)
        self._theme.icon(chip.icon, ink).paint(
            painter, QRect(px(10), (self.height() - side) // 2, side, side)
        )
        painter.setPen(self._theme.color(ink))
        painter.setFont(self._theme.font("body", 500))
        painter.drawText(self.rect().adjusted(px(10) + side + px(8), 0, 0, 0), LEFT, chip.text)
        painter.end()


class TwoLines(QWidget):
    """A strong line above a small one; `align` left or right."""

    def __init__(self, theme: Theme, align: Qt.AlignmentFlag) -> None:
        super().__init__()
        self._theme, self._align = theme, align
        self.strong, self.small = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def tell(self, upper: str, lower: str) -> None:
        """Other lines."""
        if (upper, lower) == (self.strong, self.small):
            return
        longer = len(upper) + len(lower) != len(self.strong) + len(self.small)
        self.strong, self.small = upper, lower
        self.setAccessibleName(f"{upper}, {lower}")
        if longer:
            self.updateGeometry()
        self.update()

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font("bodyStrong")), QFontMetrics(self._theme.font("micro"))

    def sizeHint(self) -> QSize:
        strong, small = self._metrics()
        width = max(strong.horizontalAdvance(self.strong), small.horizontalAdvance(self.small)) + 2
        return QSize(width, self._theme.size("topBar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, half = QPainter(self), self.height() // 2
        for text, role, tone, top in (
            (self.strong, "bodyStrong", "text", self._theme.px(4)),
            (self.small, "micro", "muted", half - self._theme.px(1)),
        ):
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.color(tone))
            room = QRect(0, top, self.width(), half - self._theme.px(3))
            painter.drawText(room, self._align | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class Face(QWidget):
    """Initials in a circle."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._initials = initials(name)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedSize(self._theme.px(28), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accentSoft"))
        painter.drawEllipse(self.rect())
        painter.setPen(self._theme.color("infoText"))
        painter.setFont(self._theme.font("micro", 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
        painter.end()


class TopBar(QWidget):
    """`me_pressed` opens what belongs to the person at the desk."""

    me_pressed = Signal(QPoint)

    def __init__(self, theme: Theme, actor: Actor, connection: Connection, can_unplug: bool) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "surface")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.brand = Brand(theme, connection.practice)
        self.search = SearchBox(theme)
        self.phone = PhoneChip(theme)
        self.chip = ConnectionChip(theme, connection, can_unplug)
        self.clock = TwoLines(theme, Qt.AlignmentFlag.AlignRight)
        self.face = Face(theme, actor.name)
        self.me = TwoLines(theme, Qt.AlignmentFlag.AlignLeft)
        self.me.tell(actor.name, t("shell.me", role=t(f"role.{actor.role.value}"), station=actor.station))
        for widget in (self.face, self.me):
            widget.setCursor(Qt.CursorShape.PointingHandCursor)
            widget.installEventFilter(self)
        self._lay()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _lay(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(14)
        row.addWidget(self.brand)
        row.addSpacing(10)
        row.addWidget(self.search, 2)
        row.addStretch(1)
        for widget in (self.phone, self.chip, self.clock, self.face, self.me):
            row.addWidget(widget)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("topBar"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.setSpacing(14 if self.width() >= 1200 else 9)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.me_pressed.emit(self.face.mapToGlobal(QPoint(0, self.height() - 6)))
        return False

    def tick(self, now: datetime) -> None:
        """Once a second."""
        self.chip.tick(now)
        self.clock.tell(clock_seconds_text(now), weekday_date_text(now))
