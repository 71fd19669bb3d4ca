"""A picture knows where it was taken: offered as the place of the report, never taken by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.place import Point
from console.ui.parts.buttons import quiet, secondary
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t


class TakenAt(QWidget):
    """`wanted(Point)`: use it. Hidden while there is nothing to offer."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point: Point | None = None
        self.words = label(wrap=True)
        self.take = secondary(theme, t("files.position.take"), icon="action.pin")
        self.take.clicked.connect(self._take)
        self.ignore = quiet(theme, t("files.position.ignore"))
        self.ignore.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.take)
        row.addWidget(self.ignore)
        self.hide()

    def offer(self, name: str, point: Point, place: str) -> None:
        """`place`: what lies there, in words."""
        self._point = point
        self.words.setText(t("files.position", name=name, place=place))
        self.show()

    def clear(self) -> None:
        """Nothing to offer any more."""
        self._point = None
        self.hide()

    def _take(self) -> None:
        if self._point is not None:
            self.wanted.emit(self._point)
        self.clear()
