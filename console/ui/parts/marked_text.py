"""A line of text with the stretches marked that answer what somebody searched for."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from console.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Marks = Sequence[tuple[int, int]]


def paint_marked(
    painter: QPainter, theme: Theme, room: QRect, text: str, marks: Marks, font: QFont, tone: str
) -> None:
    """One line that ends in "…" where there is no room; what is marked is bold and in the accent's colour."""
    bold, left = _bold(font), room.left()
    for part, marked in stretches(fitted(text, marks, font, room.width()), marks):
        painter.setFont(bold if marked else font)
        painter.setPen(theme.color("accent" if marked else tone))
        painter.drawText(QRect(left, room.top(), max(0, room.right() + 1 - left), room.height()), LEFT, part)
        left += painter.fontMetrics().horizontalAdvance(part)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    return bold


def fitted(text: str, marks: Marks, font: QFont, width: int) -> str:
    """What of the text has room when its marks are bold, which makes them wider."""
    plain, bold = QFontMetrics(font), QFontMetrics(_bold(font))
    marked = [text[start:end] for start, end in marks]
    more = sum(bold.horizontalAdvance(part) - plain.horizontalAdvance(part) for part in marked)
    return plain.elidedText(text, Qt.TextElideMode.ElideRight, width - max(0, more))


def stretches(text: str, marks: Marks) -> Iterator[tuple[str, bool]]:
    """Stretches of a text, the last of which may be cut off, and whether each is marked."""
    at = 0
    for start, end in marks:
        yield from ((part, on) for part, on in ((text[at:start], False), (text[start:end], True)) if part)
        at = end
    if text[at:]:
        yield text[at:], False
