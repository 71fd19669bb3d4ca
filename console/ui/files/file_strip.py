"""The files of one case side by side, and the button that attaches more; takes dropped and pasted ones."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.desk.attachment_rows import AttachmentRow
from console.ui.files.file_tile import WIDTH, FileTile
from console.ui.parts.buttons import quiet
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

GAP = 8


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
        self.tiles: list[FileTile] = []
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
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 2, 0, 0)
        self._grid.setSpacing(theme.px(GAP))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(above)
        column.addWidget(self._inside)
        self._inside.hide()
        if bare:
            self.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def allow(self, reason: str) -> None:
        """`reason`: why nothing may be attached here; "" when it may."""
        self.add.setEnabled(not reason)
        self.add.setToolTip(reason)
        self.setAcceptDrops(not reason)

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        """These files; a tile stays the same one while its file stays."""
        if [tile.row.sha256 for tile in self.tiles] == [row.sha256 for row in rows]:
            for tile, row in zip(self.tiles, rows, strict=True):
                tile.show_row(row)
            return
        focused = next((tile.row.sha256 for tile in self.tiles if tile.hasFocus()), "")
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [self._tile(row) for row in rows]
        self.count.setText(str(len(rows)) if rows else "")
        self._lay()
        self._inside.setVisible(bool(rows))
        self.setVisible(bool(rows) or not self._bare)
        again = next((tile for tile in self.tiles if tile.row.sha256 == focused), None)
        if again is not None:
            again.setFocus()

    def _tile(self, row: AttachmentRow) -> FileTile:
        tile = FileTile(self._theme, row, self._inside)
        tile.clicked.connect(lambda: self.opened.emit(tile.row))
        tile.removed.connect(lambda: self.removed.emit(tile.row))
        tile.kept.connect(lambda: self.kept.emit(tile.row))
        tile.stepped.connect(lambda by: self._step(tile, by))
        return tile

    def _step(self, tile: FileTile, by: int) -> None:
        place = self.tiles.index(tile) + by
        if 0 <= place < len(self.tiles):
            self.tiles[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        """As many beside each other as there is room for."""
        columns = max(1, (self.width() + GAP) // (self._theme.px(WIDTH) + self._theme.px(GAP)))
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
            tile.show()

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
