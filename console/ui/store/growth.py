"""The file's size over the last weeks: a line with its ends named, and the same in words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.desk.store_state import Size
from console.ui.progress.words import size_text
from console.ui.theme import Theme
from console.ui.words import t

HEIGHT, WIDTH = 104, 460
LEAST = 2  # points that make a line


def day_month(size: Size) -> str:
    """03/11"""
    return f"{size.day:%d/%m}"


class Growth(QWidget):
    """`show_sizes` fills it. From zero, so that a line that rises little looks it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sizes: tuple[Size, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def show_sizes(self, sizes: Sequence[Size]) -> None:
        """By day, oldest first."""
        self._sizes = tuple(sizes)
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """What the line says."""
        if len(self._sizes) < LEAST:
            return t("store.growth.none")
        first, last = self._sizes[0], self._sizes[-1]
        then, now = day_month(first), day_month(last)
        ends = {"first": size_text(first.bytes), "last": size_text(last.bytes)}
        return t("store.growth.words", then=then, now=now, **ends)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        if len(self._sizes) < LEAST:
            painter.setPen(self._theme.color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.words())
        else:
            self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        line, theme = QFontMetrics(painter.font()).height(), self._theme
        first, last = self._sizes[0], self._sizes[-1]
        ends = [size_text(first.bytes), size_text(last.bytes)]
        left, right = (QFontMetrics(painter.font()).horizontalAdvance(end) + theme.px(10) for end in ends)
        plot = QRectF(left, theme.px(8), self.width() - left - right, self.height() - line - theme.px(18))
        points = self._points(plot)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(QPen(theme.color("accent"), theme.px(2)))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(theme.color("accent"))
        for at in (points[0], points[-1]):
            painter.drawEllipse(at, theme.px(3), theme.px(3))
        self._name(painter, plot, points, ends)

    def _points(self, plot: QRectF) -> list[QPointF]:
        first, last = self._sizes[0].day, self._sizes[-1].day
        days, most = max(1, (last - first).days), max(1, *(size.bytes for size in self._sizes))
        return [
            QPointF(
                plot.left() + plot.width() * (size.day - first).days / days,
                plot.bottom() - plot.height() * size.bytes / most,
            )
            for size in self._sizes
        ]

    def _name(self, painter: QPainter, plot: QRectF, points: list[QPointF], ends: list[str]) -> None:
        line, gap, flag = QFontMetrics(painter.font()).height(), self._theme.px(8), Qt.AlignmentFlag
        painter.setPen(self._theme.color("text"))
        start, end = points[0].y() - line / 2, points[-1].y() - line / 2
        painter.drawText(QRectF(0, start, plot.left() - gap, line), flag.AlignRight, ends[0])
        painter.drawText(QRectF(plot.right() + gap, end, self.width(), line), flag.AlignLeft, ends[1])
        painter.setPen(self._theme.color("muted"))
        foot = QRectF(plot.left(), plot.bottom() + self._theme.px(6), plot.width(), line)
        painter.drawText(foot, flag.AlignLeft, day_month(self._sizes[0]))
        painter.drawText(foot, flag.AlignRight, day_month(self._sizes[-1]))
