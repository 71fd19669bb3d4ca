"""F1: all keys that work here, from the same tables that bind them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.parts.buttons import primary
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.text import label
from console.ui.rooms import Rooms, keys_of
from console.ui.shortcuts import EVERYWHERE
from console.ui.theme import Theme
from console.ui.words import t

Group = tuple[str, Sequence[tuple[str, str]]]  # heading, (key, what it does)


def _everywhere() -> list[tuple[str, str]]:
    return [(key.cap, t(key.text)) for key in EVERYWHERE if key.cap]


def groups(room: Sequence[tuple[str, str]], room_name: str, case: Sequence[tuple[str, str]]) -> list[Group]:
    """What the sheet lists: keys of everywhere, of the room shown, of a case."""
    listing: list[Group] = [(t("keys.everywhere"), _everywhere())]
    if room:
        listing.append((room_name, room))
    listing.append((t("keys.case"), case))
    return listing


def open_sheet(theme: Theme, rooms: Rooms, room: QWidget | None, window: QWidget) -> "KeySheet":
    """The sheet over the window; `room`: the one at the front, None for the queue with its panes."""
    keys = rooms.queue.all_keys() if room is None else keys_of(room)
    name = t("keys.list") if room is None else t("keys.room")
    sheet = KeySheet(theme, groups(keys, name, rooms.case.all_keys()), window)
    sheet.open()
    return sheet


class KeySheet(QDialog):
    """Closes with Esc, Enter or F1."""

    def __init__(self, theme: Theme, listing: Sequence[Group], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("keys.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.texts: list[str] = []
        columns = QHBoxLayout()
        columns.setSpacing(30)
        for heading, keys in listing:
            columns.addLayout(self._group(theme, heading, keys))
        shut = primary(theme, t("keys.close"), "Esc")
        shut.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addWidget(label(t("keys.title"), "title"))
        column.addLayout(columns)
        column.addLayout(foot)

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
        column.addStretch(1)
        return column
