"""Tiles of files beside and under each other; only those in sight are made, however many files there are."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from console.desk.attachment_rows import AttachmentRow
from console.ui.files.file_tile import NAME, PICTURE, WIDTH, FileTile
from console.ui.theme import Theme

GAP = 8
FOLDED = 2  # lines that show before all are asked for
AT_ONCE = 2  # tiles that are made in one turn: each decodes its small picture


class TileGrid(QWidget):
    """Two lines of tiles, all of them after `unfold`. `folded_changed`: how many files do not show now."""

    opened = Signal(object)
    removed = Signal(object)
    kept = Signal(object)
    folded_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: tuple[AttachmentRow, ...] = ()
        self._at: dict[str, FileTile] = {}
        self._spare: list[FileTile] = []
        self._unfolded = False
        self._hidden = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._lay)
        theme.changed.connect(self._lay)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def tiles(self) -> list[FileTile]:
        """Those that are made, in the order of their files."""
        return [self._at[row.sha256] for row in self.rows if row.sha256 in self._at]

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        """These files; a tile stays the same one while its file stays."""
        self.rows = tuple(rows)
        self._unfolded = self._unfolded and bool(rows)
        self._lay()
        for row in self.rows:
            if (tile := self._at.get(row.sha256)) is not None:
                tile.show_row(row)

    def unfold(self) -> None:
        """Room for all of them."""
        self._unfolded = True
        self._lay()

    # where they stand

    def _columns(self) -> int:
        gap = self._theme.px(GAP)
        return max(1, (self.width() + gap) // (self._theme.px(WIDTH) + gap))

    def _shown(self) -> int:
        return len(self.rows) if self._unfolded else min(len(self.rows), FOLDED * self._columns())

    def _pitch(self) -> int:
        return self._theme.px(PICTURE + NAME) + self._theme.px(GAP)

    def _place(self, index: int) -> QPoint:
        columns = self._columns()
        across = self._theme.px(WIDTH) + self._theme.px(GAP)
        return QPoint(index % columns * across, index // columns * self._pitch())

    def _wanted(self) -> range:
        """Files whose tiles are needed: the folded ones, or those of the lines in sight and around them."""
        shown, columns = self._shown(), self._columns()
        if not self._unfolded:
            return range(shown)
        sight: QRect = self.visibleRegion().boundingRect()
        first = max(0, sight.top() // self._pitch() - 1) * columns
        return range(min(first, shown), min(shown, (sight.bottom() // self._pitch() + 2) * columns))

    def _lay(self) -> None:
        lines = -(-self._shown() // self._columns())
        self.setFixedHeight(max(0, lines * self._pitch() - self._theme.px(GAP)))
        self._tell_hidden()
        wanted = {self.rows[index].sha256: index for index in self._wanted()}
        for sha256 in [one for one in self._at if one not in wanted]:
            self._put_by(sha256)
        made = 0
        for sha256, index in wanted.items():
            if sha256 not in self._at:
                if made == AT_ONCE:
                    self._soon.start()
                    break
                self._make(index)
                made += 1
            self._at[sha256].move(self._place(index))

    def _tell_hidden(self) -> None:
        hidden = len(self.rows) - self._shown()
        if hidden != self._hidden:
            self._hidden = hidden
            self.folded_changed.emit(hidden)

    def _put_by(self, sha256: str) -> None:
        tile = self._at[sha256]
        known = any(row.sha256 == sha256 for row in self.rows)
        if known and tile.hasFocus():
            return
        del self._at[sha256]
        tile.hide()
        self._spare.append(tile)

    def _make(self, index: int) -> FileTile:
        row = self.rows[index]
        if self._spare:
            tile = self._spare.pop()
            tile.show_row(row)
        else:
            tile = self._new(row)
        self._at[row.sha256] = tile
        tile.move(self._place(index))
        tile.show()
        return tile

    def _new(self, row: AttachmentRow) -> FileTile:
        tile = FileTile(self._theme, row, self)
        tile.clicked.connect(lambda: self.opened.emit(tile.row))
        tile.removed.connect(lambda: self.removed.emit(tile.row))
        tile.kept.connect(lambda: self.kept.emit(tile.row))
        tile.stepped.connect(lambda by: self._step(tile, by))
        return tile

    def _step(self, tile: FileTile, by: int) -> None:
        index = next(n for n, row in enumerate(self.rows) if row.sha256 == tile.row.sha256) + by
        if not 0 <= index < len(self.rows):
            return
        if index >= self._shown():
            self.unfold()
        there = self._at.get(self.rows[index].sha256) or self._make(index)
        there.setFocus(Qt.FocusReason.ShortcutFocusReason)
        area = self._area()
        if area is not None:
            area.ensureWidgetVisible(there)

    def _area(self) -> QScrollArea | None:
        """What it is scrolled in."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scrolled into sight: the tiles that are missing there come next."""
        if any(self.rows[index].sha256 not in self._at for index in self._wanted()):
            self._soon.start()
