"""Sheets of A4 that know what stands on them. One unit is a tenth of a millimetre."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from console.ui.theme import Theme

WIDE, HIGH = 2100, 2970
LEFT, RIGHT, TOP, BOTTOM = 180, 180, 190, 210  # margins
INSIDE = WIDE - LEFT - RIGHT
PER_MM = 10
TITLE, HEAD, BODY, SMALL = 54, 37, 29, 25
"""Heights of letters: 15.3, 10.5, 8.2 and 7.1 points."""
PAPER = "light"  # white, whatever the screen is

Paint = Callable[[QPainter], None]


class Sheet:
    """One page: what is painted on it in this order, and its words for whoever does not see it."""

    def __init__(self) -> None:
        self.paints: list[Paint] = []
        self.words: list[str] = []

    def paint(self, painter: QPainter, slice_: int = 0) -> Iterator[None]:
        """All of it, on a painter of this unit; with a rest after every so many things (0: none)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, paint in enumerate(self.paints, 1):
            painter.save()
            paint(painter)
            painter.restore()
            if slice_ and n % slice_ == 0:
                yield


class PaperTheme(Theme):
    """Letters of a PDF are copied and searched as what they stand for only where they are the font's plain
    ones. So no feature makes the digits equally wide here: fonts come first whose digits are by themselves.
    """

    def __init__(self) -> None:
        super().__init__(PAPER)

    def _make_font(self, role: str, weight: int | None, italic: bool) -> QFont:
        font = super()._make_font(role, weight, italic)
        families: list[str] = self.tokens["type"]["family"]
        font.setFamilies(sorted(families, key=lambda family: family == "Inter"))
        font.clearFeatures()
        for name in ("calt", "liga", "ccmp"):
            font.setFeature(QFont.Tag(name), 0)
        return font


class Ink:
    """Fonts and colours of the paper."""

    def __init__(self) -> None:
        self.theme = PaperTheme()
        self._fonts: dict[tuple[int, int], QFont] = {}

    def font(self, high: int, weight: int = 400) -> QFont:
        """Letters of that height."""
        found = self._fonts.get((high, weight))
        if found is None:
            found = self.theme.font("body", weight)
            found.setPixelSize(high)
            self._fonts[high, weight] = found
        return found

    def color(self, name: str) -> QColor:
        """A colour token."""
        return self.theme.color(name)

    def height_of(self, text: str, font: QFont, width: float) -> float:
        """Of a paragraph that wide."""
        room = QRectF(0, 0, width, HIGH)
        return QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()

    def text(
        self, sheet: Sheet, box: QRectF, text: str, font: QFont, color: str = "text", *, right: bool = False,
        wrap: bool = False, top: bool = False,
    ) -> None:  # fmt: skip
        """Words in a box."""
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = int(across | (Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter))
        flags |= int(Qt.TextFlag.TextWordWrap if wrap else Qt.TextFlag.TextSingleLine)
        ink = self.color(color)

        def paint(painter: QPainter) -> None:
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(box, flags, text)

        sheet.paints.append(paint)
        sheet.words.append(text)

    def fill(self, sheet: Sheet, box: QRectF, color: str) -> None:
        """A plain area."""
        ink = self.color(color)
        sheet.paints.append(lambda painter: painter.fillRect(box, ink))

    def line(self, sheet: Sheet, y: float, color: str = "line", thick: float = 2) -> None:
        """Across the page."""
        pen = QPen(self.color(color), thick)

        def paint(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(QLineF(LEFT, y, WIDE - RIGHT, y))

        sheet.paints.append(paint)
