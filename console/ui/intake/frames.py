"""The frames of the form in their column: in the order that the form of a type says, and Tab through them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.domain.form import Frame


class Frames(QWidget):
    """`parts`: the widgets of each frame, from top to bottom. Nothing is made anew: what is typed, the caret
    and the focus stay where they are."""

    def __init__(self, parts: Mapping[str, Sequence[QWidget]]) -> None:
        super().__init__()
        self._parts = parts
        self._shown: tuple[Frame, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 14, 20, 14)
        self._column.setSpacing(12)
        for part in (part for frame in parts.values() for part in frame):
            self._column.addWidget(part)
        self._column.addStretch(1)

    def arrange(self, frames: tuple[Frame, ...]) -> bool:
        """These, in this order; frames that are left out go below, out of sight. False: they stood so."""
        if frames == self._shown:
            return False
        self._shown = frames
        order = [frame.name for frame in frames]
        rest = [name for name in self._parts if name not in order]
        for at, part in enumerate(part for name in (*order, *rest) for part in self._parts[name]):
            self._column.insertWidget(at, part)
        for name in self._parts:
            self.show_frame(name, name in order or self._holds_focus(name))
        return True

    def show_frame(self, name: str, on: bool) -> None:
        """Into or out of sight; frames of several parts show them by themselves."""
        if len(self._parts[name]) == 1 and name != "questions":
            self._parts[name][0].setVisible(on)

    def _holds_focus(self, name: str) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and any(part.isAncestorOf(focused) for part in self._parts[name])

    def chain(self, stops: Mapping[str, Sequence[QWidget]]) -> None:
        """Tab goes through these fields, frame by frame as they stand."""
        order = [frame.name for frame in self._shown]
        names = (*order, *(name for name in self._parts if name not in order))
        for before, after in pairwise(stop for name in names for stop in stops[name]):
            QWidget.setTabOrder(before, after)


def tab_stops(*widgets: QWidget) -> list[QWidget]:
    """Everything in these that Tab stops at."""
    inside = (child for widget in widgets for child in widget.findChildren(QWidget))
    return [child for child in inside if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
