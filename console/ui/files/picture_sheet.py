"""One attached picture, as large as the window allows. Arrows go to the neighbours, Esc closes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.desk.attachment_rows import AttachmentRow
from console.ui.files.file_text import size_text
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.text import OneLine
from console.ui.theme import Theme
from console.ui.words import t

SHARE = 0.86  # of the window


class Canvas(QWidget):
    """Paints an image whole, in the middle, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._image, self.words = QImage(), ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def showing(self) -> bool:
        """Whether there is an image to see."""
        return not self._image.isNull()

    def show_image(self, image: QImage, words: str = "") -> None:
        """`words`: said in place of an image that is not there."""
        self._image, self.words = image, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image.isNull():
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = QSize(self._image.size())
            if size.width() > self.width() or size.height() > self.height():
                size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(QRectF(self.rect()).center())
            painter.drawImage(box, self._image)
        painter.end()


class PictureSheet(QDialog):
    """`wanted(row)`: show this one; whoever reads it calls `show_image`. `kept(row)`: save it on a disk."""

    wanted = Signal(object)
    kept = Signal(object)

    def __init__(self, theme: Theme, rows: Sequence[AttachmentRow], first: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows, self.place = tuple(rows), first
        self.canvas = Canvas()
        self.words = OneLine(tone="muted")
        self._buttons = [
            secondary(theme, t("files.before"), "←"),
            secondary(theme, t("files.next"), "→"),
            secondary(theme, t("files.save"), "Ctrl S"),
        ]
        acts: tuple[Callable[[], object], ...] = (lambda: self.step(-1), lambda: self.step(1), self._keep)
        shut = primary(theme, t("keys.close"), "Esc")
        shut.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        for button, act in zip(self._buttons, acts, strict=True):
            button.clicked.connect(act)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(button)
        foot.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self.resize(parent.window().size() * SHARE)
        self._tell()

    @property
    def row(self) -> AttachmentRow:
        """The one that is shown."""
        return self.rows[self.place]

    def _tell(self) -> None:
        self.setWindowTitle(self.row.name)
        many = f" · {self.place + 1}/{len(self.rows)}" if len(self.rows) > 1 else ""
        self.words.setText(f"{self.row.name} · {size_text(self.row.size)}{many}")
        self._buttons[0].setEnabled(self.place > 0)
        self._buttons[1].setEnabled(self.place < len(self.rows) - 1)
        self.canvas.show_image(QImage(), t("files.reading"))

    def begin(self) -> None:
        """Ask for the first one."""
        self.wanted.emit(self.row)

    def step(self, by: int) -> None:
        """To a neighbour, where there is one."""
        if 0 <= self.place + by < len(self.rows):
            self.place += by
            self._tell()
            self.wanted.emit(self.row)

    def show_image(self, row: AttachmentRow, image: QImage, words: str = "") -> None:
        """The answer to `wanted`; one that comes too late is dropped."""
        if row.sha256 == self.row.sha256:
            self.canvas.show_image(image, words)

    def _keep(self) -> None:
        self.kept.emit(self.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_K):
            self.step(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_J):
            self.step(1)
        elif key == Qt.Key.Key_S and control:
            self._keep()
        elif key == Qt.Key.Key_Space:
            self.accept()
        else:
            super().keyPressEvent(event)
