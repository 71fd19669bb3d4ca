"""A chart on the screen or on paper: bars and lines in the theme's colours, stripes besides colour.

Importing this imports pyqtgraph, half a second of work: rooms that show charts are made late. What cannot be
seen is said: the accessible description has all numbers, `Chart.table` makes the table beside it.
"""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy, QStyleOptionGraphicsItem, QWidget

from console.ui.parts.chart_data import Chart, Series, ends_of, steps_to
from console.ui.theme import Theme

pg.setConfigOption("exitCleanup", False)
THICK = 0.74  # of the room that a label has
STRIPE = 6.0  # pixels from stripe to stripe
LETTERS = 0.12  # of the scale, that a number takes
TARGET_REACH = 0.46  # of a label's room to each side


class ChartView(pg.PlotWidget):  # type: ignore[misc]
    """Shows one `Chart`; nothing of it can be dragged, zoomed or focused."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None, enableMenu=False)
        self._theme = theme
        self.chart = Chart("", ())
        self._bars = _Bars(theme)
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMouseEnabled(False, False)
        plot.vb.setDefaultPadding(0.0)
        self.addItem(self._bars)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._again)
        self._axes(self.chart, ())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._theme.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(90))

    def _again(self) -> None:
        chart, self.chart = self.chart, Chart("", ())
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Another chart, or the same with other numbers; equal ones cost nothing."""
        if chart == self.chart:
            return
        self.chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.spoken())
        steps = steps_to(chart.highest)
        self._axes(chart, steps)
        self._bars.take(chart, steps)
        self._span(chart, steps)

    def _span(self, chart: Chart, steps: tuple[float, ...]) -> None:
        plot, count = self.getPlotItem(), max(1, len(chart.labels))
        beyond = steps[-1] * (1.10 if chart.ends else 1.0)
        if chart.across:
            plot.setXRange(0.0, beyond, padding=0)
            plot.setYRange(-count, 0.0, padding=0)
        else:
            plot.setXRange(0.0, count, padding=0)
            plot.setYRange(0.0, beyond * (1.08 if chart.now_name else 1.0), padding=0)

    def _axes(self, chart: Chart, steps: tuple[float, ...]) -> None:
        plot, theme = self.getPlotItem(), self._theme
        values = [(step, chart.on_axis(step)) for step in steps]
        named = [(i, name) for i, name in enumerate(chart.labels) if i % chart.every == 0]
        labels = [(-i - 0.5 if chart.across else i + 0.5, name) for i, name in named]
        for side, ticks in (("left", labels if chart.across else values),
                            ("bottom", values if chart.across else labels)):  # fmt: skip
            axis = plot.getAxis(side)
            axis.setTicks([ticks])
            axis.setPen(None)
            axis.setTickPen(theme.color("surface"))  # without one it takes a grey of its own
            axis.setTextPen(theme.color("muted"))
            axis.setStyle(tickFont=theme.font("small"), tickLength=0, hideOverlappingLabels=False)
        metrics = QFontMetricsF(theme.font("small"))
        words = [name for _, name in (labels if chart.across else values)]
        widest = max((metrics.horizontalAdvance(name) for name in words), default=0.0)
        plot.getAxis("left").setWidth(widest + theme.px(12))
        plot.getAxis("bottom").setHeight(metrics.height() + theme.px(8))

    def paint_on(self, painter: QPainter, target: QRectF, size: QSize | None = None) -> None:
        """Draw it elsewhere (paper, PDF) with lines and letters as such. `size`: as large as it would be on a
        screen, which decides how large its letters become; not for a view that is on the screen."""
        if size is not None:
            self.resize(size)
            self.resizeEvent(None)
        self.getPlotItem().vb.prepareForPaint()
        for item in self.scene().items():
            if hasattr(item, "prepareForPaint"):
                item.prepareForPaint()
        self.scene().render(painter, target, QRectF(self.rect()), Qt.AspectRatioMode.IgnoreAspectRatio)


class _Bars(pg.GraphicsObject):  # type: ignore[misc]
    """Lines of the scale, bars, marks. Painted in the pixels of whatever it is painted on, that stripes and
    lines have their width wherever it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart = Chart("", ())
        self._steps: tuple[float, ...] = ()

    def take(self, chart: Chart, steps: tuple[float, ...]) -> None:
        """Other numbers."""
        self._chart, self._steps = chart, steps
        self.prepareGeometryChange()
        self.informViewBoundsChanged()
        self.update()

    def boundingRect(self) -> QRectF:
        count, top = max(1, len(self._chart.labels)), (self._steps or (1.0,))[-1] * 1.2
        return QRectF(0, -count, top, count) if self._chart.across else QRectF(0, 0, count, top)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """In device pixels."""
        to_device = painter.transform()
        scale = abs(to_device.m11() / (self.sceneTransform().m11() or 1.0)) or 1.0
        painter.save()
        painter.resetTransform()
        self._scale_lines(painter, to_device, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._chart.labels)):
            self._stack(painter, to_device, index, scale)
        for line in self._chart.lines:
            self._over(painter, to_device, line, scale)
        self._now(painter, to_device, scale)
        painter.restore()

    def _line(self, along: float, low: float, high: float) -> QLineF:
        """Across the direction of the bars, at a value."""
        if self._chart.across:
            return QLineF(along, -high, along, -low)
        return QLineF(low, along, high, along)

    def _scale_lines(self, painter: QPainter, to_device: Any, scale: float) -> None:
        pen = QPen(self._theme.color("line"), scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        for step in self._steps:
            painter.drawLine(to_device.map(self._line(step, 0.0, max(1, len(self._chart.labels)))))

    def _stack(self, painter: QPainter, to_device: Any, index: int, scale: float) -> None:
        chart = self._chart
        low, end = index + (1 - THICK) / 2, 0.0
        for series, begin, end in ends_of(chart.bars, index):
            if chart.across:
                box = QRectF(begin, -low - THICK, end - begin, THICK)
            else:
                box = QRectF(low, begin, THICK, end - begin)
            self._bar(painter, to_device.mapRect(box), series.color, series.hatch, scale)
        if chart.target is not None:
            middle = index + 0.5
            painter.setPen(QPen(self._theme.color("text"), 2 * scale))
            line = self._line(chart.target, middle - TARGET_REACH, middle + TARGET_REACH)
            painter.drawLine(to_device.map(line))
        if chart.ends and chart.bars:
            self._end(painter, to_device, index, end, scale)

    def _bar(self, painter: QPainter, box: QRectF, color: str, hatch: bool, scale: float) -> None:
        ink = self._theme.color(color)
        gap = scale if box.height() > 3 * scale else 0.0
        box = box.adjusted(0, gap / 2, 0, -gap / 2)
        if not hatch:
            painter.fillRect(box, ink)
            return
        painter.fillRect(box, self._theme.color("surface"))
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(ink, 2.4 * scale))
        step, x = STRIPE * scale, box.left() - box.height()
        x -= x % step  # stripes of one bar go on in the next
        while x < box.right():
            painter.drawLine(QLineF(x, box.bottom(), x + box.height(), box.top()))
            x += step
        painter.restore()
        painter.setPen(QPen(ink, scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(scale / 2, scale / 2, -scale / 2, -scale / 2))

    def _end(self, painter: QPainter, to_device: Any, index: int, end: float, scale: float) -> None:
        font = self._theme.font("small", 600)
        font.setPixelSize(max(1, round(font.pixelSize() * scale)))
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        text, metrics = self._chart.number(end), QFontMetricsF(font)
        middle = index + 0.5
        if self._chart.across:
            beyond = chart_end(self._chart, end)
            at = to_device.map(QPointF(beyond, -middle))
            box = QRectF(at.x() + 6 * scale, at.y() - metrics.height() / 2, 200 * scale, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        else:
            at = to_device.map(QPointF(middle, end))
            box = QRectF(at.x() - 60 * scale, at.y() - metrics.height(), 120 * scale, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)

    def _over(self, painter: QPainter, to_device: Any, line: Series, scale: float) -> None:
        pen = QPen(self._theme.color(line.color), 2 * scale)
        if line.hatch:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        points = QPolygonF(
            [
                to_device.map(QPointF(i + 0.5, value))
                for i, value in enumerate(line.values)
                if value is not None
            ]
        )
        painter.drawPolyline(points)

    def _now(self, painter: QPainter, to_device: Any, scale: float) -> None:
        chart = self._chart
        if chart.now is None:
            return
        top = self._steps[-1] * 1.08
        pen = QPen(self._theme.color("text"), scale, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        line = to_device.map(QLineF(chart.now, 0.0, chart.now, top))
        painter.drawLine(line)
        font = self._theme.font("small", 500)
        font.setPixelSize(max(1, round(font.pixelSize() * scale)))
        metrics, above = QFontMetricsF(font), line.p2()
        width = metrics.horizontalAdvance(chart.now_name) + 2
        right = chart.now < len(chart.labels) * 0.85
        x = above.x() + 5 * scale if right else above.x() - 5 * scale - width
        painter.setFont(font)
        box = QRectF(x, above.y(), width, metrics.height())
        painter.fillRect(box, self._theme.color("surface"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, chart.now_name)


def chart_end(chart: Chart, end: float) -> float:
    """Where a bar's number begins: behind the target's mark where it would stand on that."""
    target = chart.target
    crosses = target is not None and end <= target <= end + chart.highest * LETTERS
    return target if crosses and target is not None else end
