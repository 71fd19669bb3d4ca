"""From a document to sheets: blocks one below the other, tables over page breaks with their heads again."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from console.ui.reports.document import Block, Cell, Document, Table
from console.ui.reports.paper.map_picture import paint_map
from console.ui.reports.paper.sheets import (
    BODY,
    BOTTOM,
    HEAD,
    HIGH,
    INSIDE,
    LEFT,
    PER_MM,
    SMALL,
    TITLE,
    TOP,
    WIDE,
    Ink,
    Sheet,
)
from console.ui.words import t

FLOOR = HIGH - BOTTOM
GAP = 56  # between blocks
PAD = 14  # inside of a cell
ROW = 50  # the least height of a row
TOGETHER = 3  # rows of a table that are never parted from its head, or left alone on the next page
SHORT = 9  # so many rows stay on one page
CHART_SCALE = 2.3  # units of the paper for a pixel of the screen


class Layout:
    """Makes the sheets of one document. Charts need a running QApplication."""

    def __init__(self, document: Document) -> None:
        self._document, self._ink = document, Ink()
        self.sheets: list[Sheet] = []
        self._y = 0.0
        self._next()

    def made(self) -> list[Sheet]:
        """All of them, with their feet."""
        self._opening()
        for block in self._document.blocks:
            self._block(block)
        self._definitions()
        for number, sheet in enumerate(self.sheets, 1):
            self._foot(sheet, number)
        return self.sheets

    # places

    @property
    def _sheet(self) -> Sheet:
        return self.sheets[-1]

    def _next(self) -> None:
        self.sheets.append(Sheet())
        self._y = TOP

    def _room(self, high: float) -> None:
        """A new sheet where that much has no room on this one."""
        if self._y + high > FLOOR and self._y > TOP:
            self._next()

    def _paragraph(
        self, text: str, high: int, weight: int = 400, color: str = "text", gap: float = 10
    ) -> None:
        font = self._ink.font(high, weight)
        tall = self._ink.height_of(text, font, INSIDE)
        box = QRectF(LEFT, self._y, INSIDE, tall)
        self._ink.text(self._sheet, box, text, font, color, wrap=True, top=True)
        self._y += tall + gap

    # parts

    def _opening(self) -> None:
        document = self._document
        self._paragraph(document.title, TITLE, 600, gap=6)
        self._paragraph(document.period, HEAD + 4, 500, "muted", gap=18)
        standing = "text" if document.locked else "warnText"
        if not document.locked:
            tall = self._ink.height_of(document.standing, self._ink.font(BODY, 600), INSIDE - 40) + 28
            self._ink.fill(self._sheet, QRectF(LEFT, self._y, INSIDE, tall), "warnSoft")
            box = QRectF(LEFT + 20, self._y, INSIDE - 40, tall)
            self._ink.text(self._sheet, box, document.standing, self._ink.font(BODY, 600), standing)
            self._y += tall + 12
        else:
            self._paragraph(document.standing, BODY, 600, standing, gap=8)
        for made in document.made:
            self._paragraph(made, SMALL, 400, "muted", gap=4)
        self._y += GAP - 20

    def _block(self, block: Block) -> None:
        ink, picture = self._ink, block.high_mm * PER_MM if block.chart or block.map else 0.0
        note = ink.height_of(block.note, ink.font(SMALL), INSIDE) + 24 if block.note else 0.0
        heights = _Heights(ink, block.table)
        short = len(heights.rows) <= SHORT
        first = heights.head + sum(heights.rows if short else heights.rows[:TOGETHER])
        first += heights.total if short else 0
        self._room(HEAD * 1.6 + note + picture + 20 + first)
        self._paragraph(block.title, HEAD, 600, gap=8)
        if block.note:
            self._paragraph(block.note, SMALL, 400, "muted", gap=24)
        if picture:
            self._picture(block, picture)
        self._table(block.table, heights)
        self._y += GAP

    def _picture(self, block: Block, high: float) -> None:
        box = QRectF(LEFT, self._y, INSIDE, high)
        theme, chart, map_sheet = self._ink.theme, block.chart, block.map
        if chart is not None:

            def draw(painter: QPainter) -> None:
                from console.ui.parts.chart import ChartView  # the library with it: late

                view = ChartView(theme)
                view.show_chart(chart)
                view.paint_on(painter, box, QSize(round(INSIDE / CHART_SCALE), round(high / CHART_SCALE)))

            self._sheet.paints.append(draw)
            self._sheet.words.append(chart.title)
        elif map_sheet is not None:
            ink = self._ink
            self._sheet.paints.append(lambda painter: paint_map(painter, ink, map_sheet, box))
            self._sheet.words += [name for _, _, name in map_sheet.names]
        self._y += high + 20

    def _table(self, table: Table, heights: "_Heights") -> None:
        self._head(table, heights)
        left = len(table.rows)
        for row, tall in zip(table.rows, heights.rows, strict=True):
            rest = sum(heights.rows[-left:]) + heights.total
            fits = self._y + rest <= FLOOR
            last = left <= TOGETHER and not fits and self._y + tall + self._after(heights, left) > FLOOR
            if self._y + tall > FLOOR or (left == TOGETHER and last):
                self._next()
                self._head(table, heights)
            self._row(table, row, tall, heights)
            left -= 1
        if table.total:
            self._row(table, table.total, heights.total, heights, weight=600)

    def _after(self, heights: "_Heights", left: int) -> float:
        """What must still follow a row on its page, where no more than so many are left."""
        return sum(heights.rows[len(heights.rows) - left + 1 :]) + heights.total

    def _head(self, table: Table, heights: "_Heights") -> None:
        ink, x = self._ink, float(LEFT)
        ink.fill(self._sheet, QRectF(LEFT, self._y, INSIDE, heights.head), "canvas")
        for column, width in zip(table.columns, heights.widths, strict=True):
            box = QRectF(x + PAD, self._y, width - 2 * PAD, heights.head)
            ink.text(
                self._sheet, box, column.head, ink.font(SMALL, 600), "muted", right=column.right, wrap=True
            )
            x += width
        self._y += heights.head
        ink.line(self._sheet, self._y, "lineStrong")

    def _row(
        self, table: Table, row: Sequence[Cell], tall: float, heights: "_Heights", weight: int = 400
    ) -> None:
        ink, x = self._ink, float(LEFT)
        for column, width, cell in zip(table.columns, heights.widths, row, strict=True):
            box = QRectF(x + PAD, self._y, width - 2 * PAD, tall)
            ink.text(
                self._sheet, box, cell.text, ink.font(BODY, weight), right=column.right, wrap=not column.right
            )
            x += width
        self._y += tall
        ink.line(self._sheet, self._y)

    def _definitions(self) -> None:
        ink, document = self._ink, self._document
        self._next()
        self._paragraph(document.definitions_title, HEAD, 600, gap=20)
        for name, text in document.definitions:
            tall = ink.height_of(text, ink.font(BODY), INSIDE)
            self._room(tall + 80)
            self._paragraph(name, BODY, 600, gap=4)
            self._paragraph(text, BODY, gap=24)

    def _foot(self, sheet: Sheet, number: int) -> None:
        ink, y = self._ink, HIGH - BOTTOM + 60
        ink.line(sheet, y)
        box = QRectF(LEFT, y + 14, INSIDE, 44)
        page = t("period.page", n=number, all=len(self.sheets))
        said = " · ".join((self._document.title, self._document.period))
        ink.text(sheet, box.adjusted(0, 0, -260, 0), said, ink.font(SMALL), "muted")
        ink.text(
            sheet, QRectF(WIDE - LEFT - 250, y + 14, 250, 44), page, ink.font(SMALL), "muted", right=True
        )


class _Heights:
    """How wide columns and how high rows of a table are."""

    def __init__(self, ink: Ink, table: Table) -> None:
        shares = [column.wide for column in table.columns]
        self.widths = [INSIDE * share / sum(shares) for share in shares]
        head = ink.font(SMALL, 600)
        self.head = max(
            ROW + 6.0,
            *(
                ink.height_of(column.head, head, width - 2 * PAD) + 22
                for column, width in zip(table.columns, self.widths, strict=True)
            ),
        )
        self.rows = [self._high(ink, table, row) for row in table.rows]
        self.total = self._high(ink, table, table.total) if table.total else 0.0

    def _high(self, ink: Ink, table: Table, row: Sequence[Cell]) -> float:
        font = ink.font(BODY)
        return max(
            float(ROW),
            *(
                ink.height_of(cell.text, font, width - 2 * PAD) + 14
                for column, width, cell in zip(table.columns, self.widths, row, strict=True)
                if not column.right
            ),
        )
