"""F1: all keys that work here, from the same tables that bind them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.ui.parts.buttons import primary
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.text import label
from console.ui.rooms import Rooms, all_keys_of
from console.ui.shortcuts import EVERYWHERE, MORE
from console.ui.theme import Theme
from console.ui.words import t

Group = tuple[str, Sequence[tuple[str, str]]]  # heading, (key, what it does)
AROUND = 20  # pixels of the window that stay in sight around the sheet


def _everywhere(rooms: Rooms) -> list[tuple[str, str]]:
    return [
        (key.cap, t(key.text))
        for key in EVERYWHERE
        if key.cap and (key.name not in MORE or key.name in rooms.more)  # not every role has every room
    ]


def columns(rooms: Rooms, room: QWidget | None) -> list[list[Group]]:
    """What the sheet lists side by side: keys of everywhere, of what is at the front, of a case. `room`: None
    for the queue with its panes."""
    here: list[Group] = [(t("keys.room"), all_keys_of(room))] if room is not None else [
        (t("keys.list"), rooms.queue.all_keys()),
        (t("keys.map"), rooms.map.all_keys()),
    ]  # fmt: skip
    listing: list[list[Group]] = [
        [(t("keys.everywhere"), _everywhere(rooms))],
        [group for group in here if group[1]],
    ]
    listing.append([(t("keys.case"), rooms.case.all_keys())])
    return [column for column in listing if column]


def open_sheet(theme: Theme, rooms: Rooms, room: QWidget | None, window: QWidget) -> "KeySheet":
    """The sheet over the window; `room`: the one at the front, None for the queue with its panes."""
    sheet = KeySheet(theme, columns(rooms, room), window)
    sheet.open()
    return sheet


class KeySheet(QDialog):
    """Closes with Esc, Enter or F1. What has no room in the window is scrolled to."""

    def __init__(self, theme: Theme, listing: Sequence[Sequence[Group]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("keys.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.texts: list[str] = []
        inside = QWidget()
        beside = QHBoxLayout(inside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(30)
        for groups in listing:
            below = QVBoxLayout()
            below.setSpacing(14)
            for heading, keys in groups:
                below.addLayout(self._group(theme, heading, keys))
            below.addStretch(1)
            beside.addLayout(below)
        self.area = KeysArea(inside)
        shut = primary(theme, t("keys.close"), "Esc")
        shut.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addWidget(label(t("keys.title"), "title"))
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        room = parent.size() - QSize(AROUND, AROUND)
        self.setMaximumSize(room)
        self.resize(self.sizeHint().boundedTo(room))

    def _group(self, theme: Theme, heading: str, keys: Sequence[tuple[str, str]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label(heading, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        for row, (key, text) in enumerate(keys):
            grid.addWidget(KeyCap(theme, key), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(text), row, 1)
            self.texts.append(f"{key} {text}")
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        return column


class KeysArea(QScrollArea):
    """As large as all keys want, where that has room."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._inside = inside
        self.setWidget(inside)
        self.setAccessibleName(t("keys.title"))

    def sizeHint(self) -> QSize:
        inside = self._inside.sizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside.width() + bar, inside.height())
