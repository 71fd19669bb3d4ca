"""The parts of the board beside one another; where letters are large or the window is small, in three rows to
scroll, so that none gets too narrow to be read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from console.ui.theme import Theme

Place = tuple[int, int, int]  # row, column, columns
WIDE: tuple[Place, ...] = ((0, 0, 7), (0, 7, 5), (1, 0, 4), (1, 4, 3), (1, 7, 5))
TIGHT: tuple[Place, ...] = ((0, 0, 7), (0, 7, 5), (1, 0, 6), (1, 6, 6), (2, 0, 12))
ROWS = (9, 12)  # how they share the height
COLUMNS = 12
TIGHT_BELOW, TIGHT_ROW = 1100, 230  # pixels at 100 %


class BoardGrid(QScrollArea):
    """`parts`: intake, approvals, overdue, agencies, desks."""

    def __init__(self, theme: Theme, parts: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._theme, self._parts = theme, parts
        self.tight: bool | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = QWidget()
        self._ground.setProperty("fill", "app")
        self._ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = QGridLayout(self._ground)
        self._grid.setContentsMargins(0, 1, 0, 1)
        self._grid.setSpacing(1)
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1)
            self._grid.setColumnMinimumWidth(at, 1)
        self.setWidget(self._ground)
        theme.changed.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._theme.px
        tight = self.width() < px(TIGHT_BELOW)
        self._ground.setMinimumHeight(px(TIGHT_ROW) * 3 if tight else 0)
        if tight == self.tight:
            return
        self.tight = tight
        for part, (row, column, columns) in zip(self._parts, TIGHT if tight else WIDE, strict=True):
            self._grid.addWidget(part, row, column, 1, columns)
        for row in range(3):
            self._grid.setRowStretch(row, 1 if tight else (*ROWS, 0)[row])

    def reveal(self, part: QWidget) -> None:
        """Scroll to where it is seen."""
        if part in self._parts:
            self.ensureWidgetVisible(part, 0, 0)
