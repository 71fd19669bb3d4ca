"""Intake by hour as a chart with its legend, or as a table: the same numbers."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from console.ui.board.board_words import CHANNELS, hour_lines
from console.ui.board.lines import Column, LineTable
from console.ui.board.panel import Panel
from console.ui.parts.buttons import quiet
from console.ui.parts.chart import ChartView
from console.ui.parts.chart_data import Chart, Series
from console.ui.theme import Theme
from console.ui.words import t

MARK = 12
ROOMY = 860  # pixels at 100 %


class Legend(QWidget):
    """A mark and a name for each series; hidden where there is no room, for the table has the names too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._chart = theme, Chart("", ())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_chart(self, chart: Chart) -> None:
        """Name these."""
        self._chart = chart
        self.updateGeometry()
        self.update()

    def _parts(self) -> list[tuple[Series, bool, int]]:
        metrics, px = QFontMetrics(self._theme.font("small")), self._theme.px
        found = [(bar, False) for bar in self._chart.bars] + [(line, True) for line in self._chart.lines]
        return [
            (one, line, px(MARK * (2 if line else 1) + 5 + 14) + metrics.horizontalAdvance(one.name))
            for one, line in found
        ]

    def sizeHint(self) -> QSize:
        return QSize(sum(width for _, _, width in self._parts()), self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px, x = QPainter(self), self._theme, self._theme.px, 0
        painter.setFont(theme.font("small"))
        for one, line, width in self._parts():
            if x + width > self.width() + px(14):
                break
            ink, middle = theme.color(one.color), self.height() // 2
            if line:
                pen = QPen(ink, px(2))
                pen.setDashPattern([3.0, 2.0])
                painter.setPen(pen)
                painter.drawLine(x, middle, x + px(MARK * 2), middle)
            else:
                box = QRect(x, middle - px(MARK) // 2, px(MARK), px(MARK))
                self._mark(painter, box, one)
            at = x + px(MARK * (2 if line else 1) + 5)
            painter.setPen(theme.color("muted"))
            painter.drawText(QRect(at, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, one.name)
            x += width
        painter.end()

    def _mark(self, painter: QPainter, box: QRect, one: Series) -> None:
        ink = self._theme.color(one.color)
        if not one.hatch:
            painter.fillRect(box, ink)
            return
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(ink, self._theme.px(2)))
        for x in range(box.left() - box.height(), box.right(), self._theme.px(5)):
            painter.drawLine(x, box.bottom(), x + box.height(), box.top())
        painter.restore()
        painter.setPen(QPen(ink, 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class IntakePanel(Panel):
    """`T`, or the button, turns the chart into its table and back."""

    def __init__(self, theme: Theme) -> None:
        self.view = ChartView(theme)
        names = [t(f"channel.{name}") for name, _, _ in CHANNELS]
        columns = [Column(t("board.hour"), 70), *(Column(name, 0, True) for name in names)]
        self.table = LineTable(theme, [*columns, Column(t("board.usual"), 0, True)], t("board.hours"), 24)
        body = QWidget()
        self._both = QStackedLayout(body)
        self._both.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(4))
        self._both.addWidget(self.view)
        self._both.addWidget(self.table)
        self.legend = Legend(theme)
        self.turn_button = quiet(theme, t("board.asTable"), "T", "ph.table")
        self.turn_button.clicked.connect(self.turn)
        super().__init__(theme, t("board.hours"), body, (self.legend, self.turn_button))
        self.setFocusProxy(self.turn_button)  # the chart takes no focus

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turn_button.set_wordless(self.width() < self._theme.px(ROOMY))

    def show_chart(self, chart: Chart, total: int) -> None:
        """Other numbers."""
        self.view.show_chart(chart)
        self.legend.show_chart(chart)
        self.table.put(hour_lines(chart))
        self.count.setText(t("board.reports", n=total))

    def turn(self) -> None:
        """The other of the two."""
        table = self._both.currentWidget() is self.view
        self._both.setCurrentWidget(self.table if table else self.view)
        self.turn_button.relabel(t("board.asChart" if table else "board.asTable"))
        if table:
            self.table.setFocus()
