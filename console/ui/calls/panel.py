"""A small panel that hangs from the call strip: never modal, Esc gives the cursor back where it was."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label, set_look, tip
from console.ui.theme import Theme

ROW, MOST_ROWS = 34, 9


class CallPanel(QFrame):
    """`width` in pixels at 100 %. A second press of its key closes it."""

    def __init__(self, theme: Theme, strip: QWidget, title: str, width: int = 420) -> None:
        super().__init__(strip.window())
        self._theme, self._strip, self._width = theme, strip, width
        self._before: QWidget | None = None
        self.title = label(title, "title")
        self.told = label(type="small", tone="muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self.title)
        self.column.addWidget(self.told)
        self.told.hide()
        self.setObjectName("callPanel")
        theme.changed.connect(self._dress)
        strip.window().installEventFilter(self)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        paper, edge = self._theme.hex("surface"), self._theme.hex("lineStrong")
        self.setStyleSheet(
            f"#callPanel {{ background: {paper}; border: 1px solid {edge}; border-radius: 8px; }}"
        )

    def say(self, sentence: str, bad: bool = False) -> None:
        """A line under the title; "" for none."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        set_look(self.told, "tone", "warnText" if bad else "muted")
        self.place()

    def open(self, first: QWidget) -> None:
        """Show it under the strip, the cursor in `first`."""
        QGuiApplication.inputMethod().commit()
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.show()
        self.place()
        self.raise_()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self) -> None:
        """Away, and the cursor back, unless it has gone elsewhere meanwhile."""
        here: QWidget | None = self.window().focusWidget()
        inside = here is not None and self.isAncestorOf(here)
        self.hide()
        if self._before is not None and inside:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Away; the cursor goes where something else puts it."""
        self._before = None
        self.hide()

    def place(self) -> None:
        """Under the right end of the strip."""
        window = self.window()
        width = min(self._theme.px(self._width), window.width() - 24)
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        edge = self.contentsMargins()  # of the frame's own line, which the layout does not count
        inside = width - edge.left() - edge.right()
        height = layout.heightForWidth(inside) if layout.hasHeightForWidth() else layout.sizeHint().height()
        height += edge.top() + edge.bottom()
        below = self._strip.mapTo(window, self._strip.rect().bottomLeft()).y() + 1
        self.setFixedHeight(min(height, window.height() - below - 40))
        self.move(window.width() - width - 14, below + 4)

    def foot(self, buttons: Sequence[KeyButton]) -> None:
        """The last line: its buttons, from the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        event.accept()  # nothing typed here reaches the room behind

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self.place()
        return False


class Lines(QListWidget):
    """A list of sentences; letters typed on it go to no input method."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: list[object] = []
        self.setProperty("hits", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)

    def fill(self, lines: Sequence[tuple[str, object]], chosen: int = 0) -> None:
        """Other lines, each with what it stands for."""
        self.clear()
        self._values = [value for _, value in lines]
        for text, _ in lines:
            item = QListWidgetItem(text, self)
            item.setToolTip(tip(text))
            item.setSizeHint(QSize(1, self._theme.px(ROW)))
        rows = min(max(1, len(lines)), MOST_ROWS)
        self.setFixedHeight(rows * self._theme.px(ROW) + 4)
        self.setVisible(bool(lines))
        if lines:
            self.setCurrentRow(min(chosen, len(lines) - 1))

    def value(self) -> object:
        """What the marked line stands for; None where there is none."""
        return self._values[self.currentRow()] if self.currentRow() >= 0 else None


class NumberedLines(Lines):
    """A digit marks a line, Enter takes it."""

    def __init__(self, theme: Theme, take: Callable[[], None]) -> None:
        super().__init__(theme)
        self._take = take

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        place = event.key() - Qt.Key.Key_1
        if plain and 0 <= place < min(9, self.count()):
            self.setCurrentRow(place)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)
