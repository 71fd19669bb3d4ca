"""The sheets of a report, one below the other or two abreast, as they will be on paper."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from console.ui.theme import Theme
from console.ui.words import t

PAGE = 760  # pixels across, at 100 %
GAP = 18
SHAPE = 297 / 210


class PagesView(QScrollArea):
    """Takes pictures of sheets; scrolls by keys. Their words are told to a screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._canvas = _Canvas(theme)
        self.setWidget(self._canvas)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(t("reports.title"))

    @property
    def pixels(self) -> int:
        """How wide a page is painted, in pixels of this screen."""
        return round(self._canvas.page.width() * self.devicePixelRatioF())

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._canvas.images)

    def show_pages(self, pages: list[tuple[QImage, tuple[str, ...]]]) -> None:
        """These instead of others; the place in them stays as far as it can."""
        ratio = self.devicePixelRatioF()
        for image, _ in pages:
            image.setDevicePixelRatio(ratio)
        self._canvas.take([image for image, _ in pages])
        self.setAccessibleDescription("\n".join(word for _, words in pages for word in words))

    def blank(self, words: str) -> None:
        """One empty sheet that says why."""
        self._canvas.take([], words)
        self.setAccessibleDescription(words)


class _Canvas(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._words = theme, ""
        self.images: list[QImage] = []
        theme.changed.connect(self._arrange)

    @property
    def page(self) -> QSize:
        width = self._theme.px(PAGE)
        return QSize(width, round(width * SHAPE))

    def take(self, images: list[QImage], words: str = "") -> None:
        """Other pages."""
        self.images, self._words = images, words
        self._arrange()
        self.update()

    def _abreast(self) -> int:
        return 2 if self.width() >= 2 * self.page.width() + 3 * GAP else 1

    def _arrange(self) -> None:
        rows = -(-max(1, len(self.images)) // self._abreast())
        self.setMinimumSize(self.page.width() + 2 * GAP, rows * (self.page.height() + GAP) + GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _place(self, number: int) -> QRect:
        abreast, page = self._abreast(), self.page
        whole = abreast * page.width() + (abreast - 1) * GAP
        left = (self.width() - whole) // 2 + number % abreast * (page.width() + GAP)
        return QRect(QPoint(left, GAP + number // abreast * (page.height() + GAP)), page)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, paper = QPainter(self), Theme("light").color("surface")
        painter.fillRect(event.rect(), self._theme.color("app"))
        for number in range(max(1, len(self.images))):
            place = self._place(number)
            if not place.intersects(event.rect()):
                continue
            if number < len(self.images):
                painter.drawImage(place.topLeft(), self.images[number])
            else:
                painter.fillRect(place, paper if not self._theme.dark else self._theme.color("surface"))
                painter.setFont(self._theme.font("body"))
                painter.setPen(self._theme.color("muted"))
                room = place.adjusted(GAP * 2, GAP * 3, -GAP * 2, -GAP)
                painter.drawText(
                    room, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter), self._words
                )
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()
