"""Choosing agencies by typing a few letters, without diacritics; hits stand below the field."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.domain.agency import Agency
from console.domain.text import fold_text
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import tip
from console.ui.theme import Theme
from console.ui.words import t

SHOWN = 5  # hits at a time
CODE = Qt.ItemDataRole.UserRole


class Entry(NamedTuple):
    """An agency with its folded names, ready to be searched."""

    agency: Agency
    folded: str
    short: str


def entries(agencies: Sequence[Agency]) -> list[Entry]:
    """Fold once, search often."""
    return [Entry(a, fold_text(f"{a.short} {a.name}"), fold_text(a.short)) for a in agencies]


def find(found_in: Sequence[Entry], text: str, first: Sequence[str] = ()) -> list[Agency]:
    """Agencies that hold every word, those in `first` (codes) before others; "" gives `first` alone."""
    words = fold_text(text).split()
    near = {code: place for place, code in enumerate(first)}
    hits = [e for e in found_in if all(word in e.folded for word in words)]
    if not words:
        hits = [e for e in hits if e.agency.code in near]
    whole = " ".join(words)
    hits.sort(key=lambda e: (near.get(e.agency.code, len(near)), not e.short.startswith(whole), len(e.short)))
    return [e.agency for e in hits[:SHOWN]]


class AgencyPicker(QWidget):
    """`changed` when another agency, or none, is chosen. `near`: codes that belong to the case's place."""

    changed = Signal()

    def __init__(self, theme: Theme, found_in: Sequence[Entry], near: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._entries, self._near = theme, found_in, near
        self.chosen: str = ""
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(t("act.agency.hint"))
        self.edit.textEdited.connect(self._on_typed)
        self.edit.installEventFilter(self)
        self.hits = QListWidget()
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setProperty("hits", "true")
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setUniformItemSizes(True)
        self.hits.itemClicked.connect(lambda item: self.choose(str(item.data(CODE))))
        self.hits.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self.hits)
        self.setFocusProxy(self.edit)

    def choose(self, code: str) -> None:
        """Take an agency by its code; "" takes none."""
        found = next((e.agency for e in self._entries if e.agency.code == code), None)
        self.chosen = found.code if found else ""
        self.edit.setText(found.name if found else "")
        self.edit.setCursorPosition(0)
        self.hits.hide()
        self.changed.emit()

    def _on_typed(self, text: str) -> None:
        if self.chosen:
            self.chosen = ""
            self.changed.emit()
        self._offer(text)

    def _offer(self, text: str) -> None:
        self.hits.clear()
        for agency in find(self._entries, text, self._near):
            item = QListWidgetItem(agency.name)
            item.setData(CODE, agency.code)
            item.setToolTip(tip(agency.name))
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)
        count, row = self.hits.count(), self._theme.px(27)
        for at in range(count):
            self.hits.item(at).setSizeHint(QSize(self.edit.width() - 4, row))
        self.hits.setFixedHeight(max(1, count) * row + 2)
        self.hits.setVisible(count > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self.chosen:
            QTimer.singleShot(0, self.edit, self.edit.selectAll)  # typing replaces what is proposed
        elif event.type() == QEvent.Type.FocusIn:
            self._offer(self.edit.text())
        elif event.type() == QEvent.Type.FocusOut:
            self.hits.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self.hits.isHidden():
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.hits.setCurrentRow((self.hits.currentRow() + step) % self.hits.count())
            return True
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.hits.currentRow() >= 0:
            self.choose(str(self.hits.currentItem().data(CODE)))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hits.hide()
            return True
        return False


class AgenciesPicker(QWidget):
    """Any number of supporting agencies: the chosen ones as small buttons that take them out again.

    `changed` by hand, `replaced` by the program.
    """

    changed = Signal()
    replaced = Signal()

    def __init__(self, theme: Theme, found_in: Sequence[Entry], near: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._entries = theme, found_in
        self.chosen: list[str] = []
        self.picker = AgencyPicker(theme, found_in, near)
        self.picker.edit.setPlaceholderText(t("act.agencies.hint"))
        self.picker.changed.connect(self._take)
        self._pills = QVBoxLayout()
        self._pills.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._pills)
        column.addWidget(self.picker)
        self.setFocusProxy(self.picker.edit)

    def set_chosen(self, codes: Sequence[str]) -> None:
        """Exactly these."""
        self.chosen = list(dict.fromkeys(codes))
        self._draw()
        self.replaced.emit()

    def _take(self) -> None:
        code = self.picker.chosen
        if not code:
            return
        self.picker.choose("")
        if code not in self.chosen:
            self.set_chosen([*self.chosen, code])
            self.changed.emit()

    def _drop(self, code: str) -> None:
        self.set_chosen([c for c in self.chosen if c != code])
        self.changed.emit()
        self.picker.edit.setFocus()

    def _draw(self) -> None:
        while self._pills.count():
            item = self._pills.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        names = {e.agency.code: e.agency.name for e in self._entries}
        for code in self.chosen:
            pill = KeyButton(self._theme, names.get(code, code), icon="ph.x")
            pill.setToolTip(t("act.agencies.remove", name=names.get(code, code)))
            pill.clicked.connect(lambda _=False, code=code: self._drop(code))
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(pill)
            row.addStretch(1)
            self._pills.addWidget(holder)
