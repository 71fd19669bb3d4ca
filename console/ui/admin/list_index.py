"""The lists of the room under their heads; a figure tells where something is being written."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.ui.admin.words import group_text, groups, list_text
from console.ui.theme import Theme
from console.ui.words import t

KIND = Qt.ItemDataRole.UserRole


class ListIndex(QListWidget):
    """`chosen(kind)` as the cursor moves, `opened` on Enter or an arrow to the right."""

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("admin.lists"))
        self.setProperty("fill", "canvas")
        self._rows: dict[str, QListWidgetItem] = {}
        for head, kinds in groups():
            item = QListWidgetItem(f"  {group_text(head)}")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
            for kind in kinds:
                row = QListWidgetItem(f"    {list_text(kind)}")
                row.setData(KIND, kind)
                self.addItem(row)
                self._rows[kind] = row
        self.currentItemChanged.connect(lambda now, _was: self._on_current(now))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        for at in range(self.count()):
            item = self.item(at)
            head = not item.data(KIND)
            item.setFont(self._theme.font("small" if head else "body", 600 if head else 400))
            item.setForeground(self._theme.color("muted" if head else "text"))
            item.setSizeHint(QSize(self._theme.px(100), self._theme.px(34 if head and at else 27)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(KIND):
            self.chosen.emit(item.data(KIND))

    def choose(self, kind: str) -> None:
        """Put the cursor on a list."""
        self.setCurrentItem(self._rows[kind])

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many items of each list are being written."""
        for kind, row in self._rows.items():
            n = counts.get(kind, 0)
            row.setText(f"    {list_text(kind)}" + (f"  ({n})" if n else ""))
            row.setToolTip(t("admin.drafts", n=n) if n else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.opened.emit()
            return
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
            return
        row = self.currentRow() + step
        while 0 <= row < self.count() and not self.item(row).data(KIND):
            row += step
        if 0 <= row < self.count():
            self.setCurrentRow(row)
