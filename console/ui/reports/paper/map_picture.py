"""The map of communes on paper: the more, the darker and the closer its stripes."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from console.ui.reports.document import MapSheet
from console.ui.reports.paper.sheets import SMALL, Ink

LEGEND = 400  # units beside the map
STRENGTH = (0.08, 0.2, 0.36, 0.56, 0.82)  # of the colour, by class
APART = (0.0, 44.0, 30.0, 20.0, 12.0)  # from stripe to stripe; 0: none


def paint_map(painter: QPainter, ink: Ink, sheet: MapSheet, box: QRectF) -> None:
    """As large as it fits beside its legend."""
    scale = min((box.width() - LEGEND) / sheet.width, box.height() / sheet.height)
    painter.save()
    painter.translate(box.left(), box.top() + (box.height() - sheet.height * scale) / 2)
    for shape in sheet.shapes:
        path = QPainterPath()
        for ring in shape.rings:
            path.addPolygon(QPolygonF([QPointF(x * scale, y * scale) for x, y in ring]))
            path.closeSubpath()
        _area(painter, ink, path, shape.shade)
    for x, y, words in sheet.names:
        _name(painter, ink, x * scale, y * scale, words)
    painter.restore()
    left, y = box.right() - LEGEND + 60, box.top() + 20
    for number, words in sheet.legend:
        path = QPainterPath()
        path.addRect(QRectF(left, y, 70, 46))
        _area(painter, ink, path, number)
        painter.setPen(ink.color("text"))
        painter.setFont(ink.font(SMALL))
        painter.drawText(QRectF(left + 90, y, LEGEND - 150, 46), int(Qt.AlignmentFlag.AlignVCenter), words)
        y += 66


def _area(painter: QPainter, ink: Ink, path: QPainterPath, shade: int) -> None:
    painter.setBrush(ink.theme.color("accent", STRENGTH[shade]) if shade >= 0 else ink.color("surface"))
    painter.setPen(QPen(ink.color("lineStrong"), 2))
    painter.drawPath(path)
    apart = APART[shade] if shade >= 0 else 0.0
    if not apart:
        return
    painter.save()
    painter.setClipPath(path)
    painter.setPen(QPen(ink.color("accent"), 2))
    room = path.boundingRect()
    x = room.left() - room.height()
    x -= x % apart
    while x < room.right():
        painter.drawLine(QLineF(x, room.bottom(), x + room.height(), room.top()))
        x += apart
    painter.restore()


def _name(painter: QPainter, ink: Ink, x: float, y: float, words: str) -> None:
    """White around the letters, that they are read over any shade."""
    font = ink.font(SMALL, 600)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    width, high = metrics.horizontalAdvance(words) + 16, metrics.height()
    plate = QRectF(x - width / 2, y - high / 2, width, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.theme.color("surface", 0.85))
    painter.drawRoundedRect(plate, 6, 6)
    painter.setPen(ink.color("text"))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)
