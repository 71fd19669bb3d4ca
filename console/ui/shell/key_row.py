"""Keys with what they do, as many as there is room for; the last one always."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.ui.parts.key_cap import KeyCap
from console.ui.parts.text import label
from console.ui.theme import Theme

GAP = 16  # pixels between two


class KeyRow(QWidget):
    """Gives way: what has no room at its end is not shown; the last one, which lists them all, is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[QWidget] = []
        self._words: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Other keys. An empty text puts a key beside the next one."""
        for part in self._parts:
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._words, caps = [], [text for _, text in keys if text], list[str]()
        for key, text in keys:
            caps.append(key)
            if text:
                self._parts.append(self._part(caps, text))
                caps = []
        for at, part in enumerate(self._parts):
            self._row.insertWidget(at, part)
        self.fit()

    def _part(self, caps: Sequence[str], text: str) -> QWidget:
        part = QWidget(self)
        part.hide()  # nobody else shows it
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        for cap in caps:
            row.addWidget(KeyCap(self._theme, cap))
        words = label(text, "small", "muted")
        row.addWidget(words)
        words.ensurePolished()
        return part

    def fit(self) -> None:
        """Show what has room now."""
        widths = [part.sizeHint().width() + GAP for part in self._parts]
        left = self.width() + GAP - (widths[-1] if widths else 0)
        for part, width in zip(self._parts[:-1], widths, strict=False):
            left -= width
            if part.isHidden() is (left >= 0):
                part.setVisible(left >= 0)
        for part in self._parts[-1:]:
            if part.isHidden():
                part.show()

    def shown(self) -> list[str]:
        """What is said of the keys that are in sight."""
        return [words for part, words in zip(self._parts, self._words, strict=True) if not part.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # larger letters
            self.fit()
        return done

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
