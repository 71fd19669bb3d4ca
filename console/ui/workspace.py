"""Queue, map and case side by side; below 1600 px the map and the case share the right pane as tabs.

Where large text leaves no room for two, one pane shows: the queue, or the case that was opened.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.ui.memory import Memory
from console.ui.parts.tab_row import TabRow
from console.ui.theme import Theme
from console.ui.words import t

WIDE = [792, 606, 446]  # queue, map, detail
NARROW = [760, 542]  # queue, right pane
DETAIL, MAP = "detail", "map"
SINGLE_BELOW = 1000  # pixels at 100 % text size


class Workspace(QWidget):
    """`compact_changed` when the window crosses 1600 px; panes remember their widths per layout."""

    compact_changed = Signal(bool)

    def __init__(self, queue: QWidget, theme: Theme, memory: Memory) -> None:
        super().__init__()
        self._theme, self._memory = theme, memory
        self.queue, self.map, self.case = queue, _empty(), _empty()
        self.compact: bool | None = None
        self.single = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._keep_sizes)
        self.tabs = TabRow(theme)
        self.tabs.add(DETAIL, t("tab.detail"), icon="ph.file-text")
        self.tabs.add(MAP, t("tab.map"), icon="nav.map")
        self.tabs.chosen.connect(self.show_right)
        self._right = QWidget()
        self._stack = QStackedWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)

    def furnish(self, *, map: QWidget | None = None, case: QWidget | None = None) -> None:
        """Put the map or the case where an empty pane has kept its place."""
        if map is not None:
            self.exchange_map(map).deleteLater()
        if case is not None:
            empty, self.case = self.case, case
            self._replace(empty, case)
            empty.deleteLater()

    def exchange_map(self, pane: QWidget) -> QWidget:
        """Put another pane where the map is. Answers the one that was there, which is the caller's now."""
        former, self.map = self.map, pane
        self._replace(former, pane)
        return former

    def _replace(self, empty: QWidget, room: QWidget) -> None:
        if self.compact is None:
            return
        if self.compact:
            shown = self._stack.currentWidget() is empty
            self._stack.insertWidget(self._stack.indexOf(empty), room)
            if shown:
                self._stack.setCurrentWidget(room)
            self._stack.removeWidget(empty)
        else:
            sizes, at = self._splitter.sizes(), self._splitter.indexOf(empty)
            self._splitter.replaceWidget(at, room)
            self._splitter.setStretchFactor(at, 1 if room is self.map else 0)
            self._splitter.setSizes(sizes)
            room.show()

    def arrange(self, compact: bool) -> None:
        """Put the panes where this width wants them."""
        if compact == self.compact:
            return
        self.compact = compact
        self._splitter.addWidget(self.queue)
        if compact:
            self._stack.addWidget(self.case)
            self._stack.addWidget(self.map)
            self._splitter.addWidget(self._right)
            self._right.show()
            self.show_right(self.tabs.current or DETAIL)
        else:
            self._splitter.addWidget(self.map)
            self._splitter.addWidget(self.case)
            self._right.setParent(None)
            self.queue.show()
            self.map.show()
            self.case.show()
        self._splitter.setSizes(self._memory.numbers(self._name(), NARROW if compact else WIDE))
        for index in range(self._splitter.count()):
            self._splitter.setStretchFactor(index, 1 if self._splitter.widget(index) is self._grows() else 0)
        self._reveal(right=False)
        self.compact_changed.emit(compact)

    def _grows(self) -> QWidget:
        return self._right if self.compact else self.map

    def _name(self) -> str:
        return "panes.narrow" if self.compact else "panes.wide"

    def _keep_sizes(self) -> None:
        self._memory.keep(self._name(), self._splitter.sizes())

    def show_right(self, name: str) -> None:
        """In the narrow layout: the case or the map in the right pane, the only one where one shows."""
        self.tabs.choose(name)
        if self.compact:
            self._stack.setCurrentWidget(self.map if name == MAP else self.case)
            self._reveal(right=True)

    def show_queue(self) -> None:
        """The queue, where only one pane shows."""
        self._reveal(right=False)

    def reveal(self, pane: QWidget) -> None:
        """Show this one of `panes`."""
        self._reveal(right=pane is not self.queue)

    def _reveal(self, right: bool) -> None:
        if self.compact:
            self.queue.setVisible(not (self.single and right))
            self._right.setVisible(not self.single or right)

    def panes(self) -> list[QWidget]:
        """Visible panes from left to right, for F6."""
        if self.compact:
            return [self.queue, self.map if self.tabs.current == MAP else self.case]
        return [self.queue, self.map, self.case]

    def follow_width(self, window: QWidget) -> None:
        """Arrange for the width of the window and the size of the text."""
        single = window.width() * 100 / self._theme.scale < SINGLE_BELOW
        self.arrange(window.width() < self._theme.tokens["breakpoint"]["compactBelowWidth"])
        if single != self.single:
            self.single = single
            self._reveal(right=False)


def _empty() -> QWidget:
    pane = QWidget()
    pane.setProperty("fill", "surface")
    pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return pane
