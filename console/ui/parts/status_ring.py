"""The status as a shape: a ring that reads in greyscale; the hue only helps. Keys: tokens.json status."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.ui.theme import Theme

RING = 14  # pixels across, at 100 %


def status_tone(theme: Theme, status: str) -> str:
    """The tone of a displayed status; an unknown one (of a newer centre) is grey."""
    items = theme.tokens["status"]["items"]
    return str(items[status]["tone"]) if status in items else "subtle"


def status_ink(theme: Theme, status: str) -> QColor:
    """Colour of ring and words."""
    return theme.color(theme.tone_text(status_tone(theme, status)))


def _pie(painter: QPainter, box: QRectF, ink: QColor, quarters: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    inset = box.width() * 0.22
    painter.drawPie(box.adjusted(inset, inset, -inset, -inset), 90 * 16, -90 * 16 * quarters)


def _bars(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, box.width() * 0.12))
    middle, half = box.center(), box.height() * 0.17
    for x in (middle.x() - half * 0.75, middle.x() + half * 0.75):
        painter.drawLine(QPointF(x, middle.y() - half), QPointF(x, middle.y() + half))


def _dot(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2)


def _left(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(_round_pen(ink, box.width() * 0.11))
    middle, arm = box.center(), box.width() * 0.22
    tip = QPointF(middle.x() - arm, middle.y())
    painter.drawLine(tip, QPointF(middle.x() + arm, middle.y()))
    painter.drawLine(tip, tip + QPointF(arm * 0.8, -arm * 0.8))
    painter.drawLine(tip, tip + QPointF(arm * 0.8, arm * 0.8))


def _turn(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(_round_pen(ink, box.width() * 0.11))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = box.width() * 0.28
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.drawArc(inner, 150 * 16, -270 * 16)
    tip = QPointF(inner.left() + inner.width() * 0.04, inner.center().y() - inner.height() * 0.2)
    arm = box.width() * 0.17
    painter.drawLine(tip, tip + QPointF(arm, 0))
    painter.drawLine(tip, tip + QPointF(0, -arm))


def _cross(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(_round_pen(ink, box.width() * 0.12))
    middle, arm = box.center(), box.width() * 0.17
    painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
    painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))


def _nothing(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """An empty ring says enough."""


_INSIDE: dict[str, Callable[[QPainter, QRectF, QColor], None]] = {
    "assigned": lambda p, b, i: _pie(p, b, i, 1),
    "in_progress": lambda p, b, i: _pie(p, b, i, 2),
    "resolved": lambda p, b, i: _pie(p, b, i, 3),
    "need_info": _bars,
    "pending_approval": _dot,
    "returned": _left,
    "reopened": _turn,
    "rejected": _cross,
}
_DASHES = {"triage": [1.9, 1.55], "draft": [0.4, 1.9]}


def _round_pen(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _solid_tick(painter: QPainter, box: QRectF, ink: QColor, paper: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(box)
    painter.setPen(_round_pen(paper, box.width() * 0.13))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(box.topLeft() + QPointF(box.width() * 0.28, box.height() * 0.52))
    path.lineTo(box.topLeft() + QPointF(box.width() * 0.44, box.height() * 0.67))
    path.lineTo(box.topLeft() + QPointF(box.width() * 0.73, box.height() * 0.35))
    painter.drawPath(path)


def _two_rings(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, box.width() * 0.11))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = box.width() * 0.29
    for shift in (-1, 1):
        painter.drawEllipse(box.center() + QPointF(shift * box.width() * 0.17, 0), radius, radius)


def paint_ring(painter: QPainter, theme: Theme, box: QRectF, status: str, ink: QColor | None = None) -> None:
    """Paint the shape of `status` into the square `box`."""
    ink = ink or status_ink(theme, status)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if status == "closed":
        _solid_tick(painter, box, ink, theme.color("surface"))
    elif status == "merged":
        _two_rings(painter, box, ink)
    else:
        pen = QPen(ink, box.width() * 0.12)
        if status in _DASHES:
            pen.setDashPattern(_DASHES[status])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = box.width() * 0.08
        painter.drawEllipse(box.adjusted(edge, edge, -edge, -edge))
        _INSIDE.get(status, _nothing)(painter, box, ink)
    painter.restore()


class StatusRing(QWidget):
    """The shape as a widget."""

    def __init__(self, theme: Theme, status: str = "new", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._status = theme, status
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_status(self, status: str) -> None:
        """Show another status."""
        self._status = status
        self.update()

    def _restyle(self) -> None:
        side = self._theme.px(RING)
        self.setFixedSize(QSize(side, side))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ring(painter, self._theme, QRectF(self.rect()), self._status)
        painter.end()
