"""The files of one case side by side, and the button that attaches more; takes dropped and pasted ones."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.desk.attachment_rows import AttachmentRow
from console.ui.files.file_tile import FileTile
from console.ui.files.tile_grid import TileGrid
from console.ui.parts.buttons import quiet
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t


class FileStrip(QWidget):
    """`attach`: the button. `dropped(paths)`: files let fall on it. The others carry a row."""

    attach = Signal()
    dropped = Signal(object)
    opened = Signal(object)
    removed = Signal(object)
    kept = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, bare: bool = False) -> None:
        """`bare`: tiles only, and nothing at all while there are none; the button stands elsewhere."""
        super().__init__(parent)
        self._theme, self._bare = theme, bare
        self.heading = label(t("files.title"), "section")
        self.count = label("", "body", "muted")
        self.add = quiet(theme, t("files.attach"), "Ctrl U", "action.attach")
        self.add.clicked.connect(self.attach)
        above = QWidget()
        if bare:
            above.hide()
        head = QHBoxLayout(above)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.add)
        self.grid = TileGrid(theme, self)
        self.grid.opened.connect(self.opened)
        self.grid.removed.connect(self.removed)
        self.grid.kept.connect(self.kept)
        self.more = quiet(theme, "")
        self.more.hide()
        self.more.clicked.connect(self._unfold)
        self.grid.folded_changed.connect(self._show_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(above)
        column.addWidget(self.grid)
        column.addWidget(self.more)
        self.grid.hide()
        if bare:
            self.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def allow(self, reason: str) -> None:
        """`reason`: why nothing may be attached here; "" when it may."""
        self.add.setEnabled(not reason)
        self.add.setToolTip(reason)
        self.setAcceptDrops(not reason)

    @property
    def tiles(self) -> list[FileTile]:
        """Those that are made, in the order of their files."""
        return self.grid.tiles

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        """These files; of many the first ones, until all are asked for."""
        self.count.setText(str(len(rows)) if rows else "")
        self.grid.show_rows(rows)
        self.grid.setVisible(bool(rows))
        self.setVisible(bool(rows) or not self._bare)

    def _show_more(self, hidden: int) -> None:
        self.more.setVisible(hidden > 0)
        if hidden:
            self.more.relabel(t("files.more", n=hidden))

    def _unfold(self) -> None:
        """The keys go on to the first file that was not there."""
        last = self.tiles[-1] if self.tiles else None
        self.grid.unfold()
        if last is not None:
            last.stepped.emit(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if file_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(file_paths(event.mimeData()))
        event.acceptProposedAction()


def file_paths(carried: QMimeData) -> tuple[Path, ...]:
    """Files of this machine among what is dragged or lies in the clipboard."""
    urls = carried.urls() if carried.hasUrls() else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
