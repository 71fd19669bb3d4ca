"""One attached file as a small picture with its name: a button that opens it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from console.desk.attachment_rows import AttachmentRow, Lying
from console.ui.files.file_text import STATE_ICONS, kind_icon, whole_text
from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

WIDTH, PICTURE, NAME = 112, 62, 24  # pixels at 100 %
MOVING = (Lying.SENDING, Lying.FETCHING)


class FileTile(QAbstractButton):
    """`clicked`: open it; `removed`: take it out; `kept`: save it to disk; `stepped(±1)`: to a neighbour."""

    removed = Signal()
    kept = Signal()
    stepped = Signal(int)

    def __init__(self, theme: Theme, row: AttachmentRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(self.sizeHint())
        self.row = row
        self.show_row(row)
        theme.changed.connect(self._resized)

    def _resized(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def show_row(self, row: AttachmentRow) -> None:
        """The same file, moved on; or another one, in the place of this."""
        if row.sha256 != self.row.sha256:
            self._picture = QPixmap()
        if row.thumbnail is not None and (self._picture.isNull() or row.thumbnail != self.row.thumbnail):
            self._picture.loadFromData(row.thumbnail)
        self.row = row
        text = whole_text(row)
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(PICTURE + NAME))

    # keys and menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key == Qt.Key.Key_Delete and self.row.removable:
            self.removed.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.stepped.emit(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("files.open"), self.click)
        if self.row.here:
            menu.addAction(t("files.save"), self.kept.emit)
        if self.row.removable:
            menu.addAction(t("files.remove"), self.removed.emit)
        menu.popup(event.globalPos())

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(whole, self._theme.radius("control"), self._theme.radius("control"))
        painter.fillPath(shape, self._theme.color("hover" if self.underMouse() else "neutralSoft"))
        painter.save()
        painter.setClipPath(shape)
        self._paint_picture(painter, QRect(0, 0, self.width(), self._theme.px(PICTURE)))
        painter.restore()
        self._paint_name(painter)
        edge = self._theme.color("focus" if self.hasFocus() else "line")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.drawPath(shape)
        painter.end()

    def _paint_picture(self, painter: QPainter, box: QRect) -> None:
        if self._picture.isNull():
            side = self._theme.px(22)
            place = QRect(0, 0, side, side)
            place.moveCenter(box.center())
            self._theme.icon(kind_icon(self.row), "muted").paint(painter, place)
        else:
            painter.drawPixmap(box, self._picture, self._cut(box))
        self._paint_state(painter, box)

    def _cut(self, box: QRect) -> QRect:
        """The middle of the picture in the shape of the box."""
        picture = self._picture.rect()
        size = QSize(box.size()).scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
        cut = QRect(0, 0, size.width(), size.height())
        cut.moveCenter(picture.center())
        return cut

    def _paint_state(self, painter: QPainter, box: QRect) -> None:
        icon = STATE_ICONS.get(self.row.state)
        if icon is None:
            return
        px = self._theme.px
        badge = QRect(box.right() - px(24), box.top() + px(4), px(20), px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawEllipse(badge)
        bad = self.row.state in (Lying.REFUSED, Lying.MISSING)
        inside = badge.adjusted(px(3), px(3), -px(3), -px(3))
        self._theme.icon(icon, "alarmText" if bad else "accent").paint(painter, inside)
        if self.row.state in MOVING:
            line = QRectF(0, box.bottom() - px(3), box.width(), px(3))
            painter.fillRect(line, self._theme.color("line"))
            line.setWidth(box.width() * self.row.fraction)
            painter.fillRect(line, self._theme.color("accent"))

    def _paint_name(self, painter: QPainter) -> None:
        px, font = self._theme.px, self._theme.font("small")
        room = QRect(px(7), px(PICTURE), self.width() - px(14), px(NAME))
        name = QFontMetrics(font).elidedText(self.row.name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
