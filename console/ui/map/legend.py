"""What lies over the map: the legend, the age of what is seen, the three buttons."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from console.geo.states import PinState
from console.ui.map.sprites import paint_pin
from console.ui.parts.key_cap import cap_size, paint_cap
from console.ui.parts.time_text import clock_seconds_text
from console.ui.theme import Theme
from console.ui.words import t

PIN_MEANINGS = (
    (PinState.OVERDUE, "map.legend.over"),
    (PinState.SOON, "map.legend.soon"),
    (PinState.WITHIN, "map.legend.within"),
    (PinState.NEW, "map.legend.new"),
    (PinState.RESTING, "map.legend.resting"),
)
_PAD, _GAP, _PIN = 14, 18, 26
MARGIN = 10  # pixels from the edge of the map


def plate(painter: QPainter, theme: Theme, widget: QWidget) -> None:
    """The ground of everything that lies over the map."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("surface"))
    radius = theme.radius("control")
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Legend(QWidget):
    """The five pins with their meaning, in as many lines as they need over that map."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme, self._over = theme, over
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("map.legend"))
        self.setAccessibleDescription(", ".join(t(key) for _, key in PIN_MEANINGS))
        theme.changed.connect(self.updateGeometry)
        over.installEventFilter(self)

    def _places(self) -> list[tuple[int, int, int]]:
        """Where each begins, in which line, and how wide its words are."""
        metrics = QFontMetrics(self._theme.font("small"))
        room, places, left, line = (
            self._over.width() - 2 * MARGIN - _PAD,
            list[tuple[int, int, int]](),
            _PAD,
            0,
        )
        for _, key in PIN_MEANINGS:
            words = metrics.horizontalAdvance(t(key)) + 1
            if left > _PAD and left + _PIN + words > room:
                left, line = _PAD, line + 1
            places.append((left, line, words))
            left += _PIN + words + _GAP
        return places

    def sizeHint(self) -> QSize:
        places = self._places()
        wide = max(left + _PIN + words for left, _, words in places)
        return QSize(wide + _PAD, self._theme.px(34) + places[-1][1] * self._theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plate(painter, self._theme, self)
        painter.setFont(self._theme.font("small"))
        for (state, key), (left, line, words) in zip(PIN_MEANINGS, self._places(), strict=True):
            middle = self._theme.px(17) + line * self._theme.px(22)
            painter.save()
            painter.translate(QPointF(left + 8, middle))
            painter.scale(0.8, 0.8)
            paint_pin(painter, self._theme, state)
            painter.restore()
            painter.setPen(self._theme.color("muted"))
            room = QRectF(left + _PIN, middle - self._theme.px(17), words, 2 * self._theme.px(17))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, t(key))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.updateGeometry()
        return False


class AsOf(QWidget):
    """How old the points are that one sees."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = t("map.asOf.none")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._text)
        theme.changed.connect(self.updateGeometry)

    def set_time(self, at: datetime) -> None:
        """The moment of the data."""
        self._text = t("map.asOf", time=clock_seconds_text(at))
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("small")).horizontalAdvance(self._text)
        return QSize(words + 2 * _PAD + 24, self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plate(painter, self._theme, self)
        side = self._theme.px(15)
        icon = self._theme.pixmap("deadline.ok", "muted", 15, self.devicePixelRatioF())
        painter.drawPixmap(_PAD, (self.height() - side) // 2, icon)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("muted"))
        words = self.rect().adjusted(_PAD + side + 8, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class PinHint(QWidget):
    """What the keys do while a pin is placed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("map.describe.pin"))
        theme.changed.connect(self.updateGeometry)

    def _parts(self) -> tuple[int, int, int]:
        metrics = QFontMetrics(self._theme.font("small"))
        first, last = (metrics.horizontalAdvance(t(k)) for k in ("map.pin.hint", "map.pin.done"))
        return first, cap_size(self._theme, "Enter").width(), last

    def sizeHint(self) -> QSize:
        return QSize(sum(self._parts()) + 2 * _PAD + 24, self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plate(painter, self._theme, self)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("muted"))
        first, cap, _ = self._parts()
        flag = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(_PAD, 0, 0, 0), flag, t("map.pin.hint"))
        painter.drawText(self.rect().adjusted(_PAD + first + cap + 24, 0, 0, 0), flag, t("map.pin.done"))
        size = cap_size(self._theme, "Enter")
        paint_cap_at = QRectF(_PAD + first + 14, (self.height() - size.height()) / 2, cap, size.height())
        paint_cap(painter, self._theme, paint_cap_at, "Enter")
        painter.end()


class _MapButton(QAbstractButton):
    """A square with an icon; part of a column."""

    def __init__(self, theme: Theme, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(30), self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            painter.fillRect(self.rect().adjusted(1, 1, -1, -1), self._theme.color("hover"))
        side = self._theme.px(16)
        icon = self._theme.pixmap(self._icon, "text", 16, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, icon)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()


class ZoomButtons(QWidget):
    """Nearer, farther, whole province."""

    nearer = Signal()
    farther = Signal()
    whole = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for icon, key, signal in (
            ("ph.plus", "map.zoomIn", self.nearer),
            ("ph.minus", "map.zoomOut", self.farther),
            ("action.locate", "map.whole", self.whole),
        ):
            button = _MapButton(theme, icon, t(key), self)
            button.clicked.connect(signal)
            layout.addWidget(button)
        theme.changed.connect(self.updateGeometry)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        plate(painter, self._theme, self)
        painter.setPen(self._theme.color("line"))
        third = self.height() // 3
        for y in (third, 2 * third):
            painter.drawLine(0, y, self.width(), y)
        painter.end()
