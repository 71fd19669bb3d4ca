"""The sheet for one act on many cases: what is asked, the counted question, and who was refused."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from console.ui.parts.buttons import primary, quiet
from console.ui.parts.text import flow, label, set_tone, tip
from console.ui.theme import Theme
from console.ui.words import t

WIDTH = 560
LINES = 3
LISTED = 7  # lines of a list before it scrolls
ITEM = 27  # pixels of a line, at 100 %


class Part(NamedTuple):
    """A field: its name on the screen, and the widget that takes the focus."""

    text: str
    widget: QWidget


class ManySheet(QDialog):
    """`given` when it shall be done.

    `question`: the sentence as the fields stand, "" while something is missing; `missing`: what.
    """

    given = Signal()

    def __init__(self, theme: Theme, title: str, go: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question: Callable[[], str] = lambda: ""
        self.missing = ""
        self.busy = False
        self._column = QVBoxLayout(self)
        px = theme.px
        self._column.setContentsMargins(px(22), px(18), px(22), px(18))
        self._column.setSpacing(px(8))
        self._column.addWidget(label(title, "title"))
        self.fields = QWidget()
        self._fields = QVBoxLayout(self.fields)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setSpacing(px(6))
        self._column.addWidget(self.fields)
        self.sentence = label("", strong=True, wrap=True)
        self.effect = label("", tone="muted", wrap=True)
        self.refusals = _list(theme)
        self.refusals.setWordWrap(True)
        self.refusals.setAccessibleName(t("many.refused.list"))
        for part in (self.sentence, self.effect, self.refusals):
            self._column.addWidget(part)
        self.refusals.hide()
        self._foot(go)
        self.setFixedWidth(px(WIDTH))

    def _foot(self, go: str) -> None:
        self.go = primary(self._theme, go, "Ctrl Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
        self.go.clicked.connect(self.submit)
        self.shut = quiet(self._theme, t("many.later"), "Esc")
        self.shut.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addStretch(1)
        row.addWidget(self.shut)
        self._column.addLayout(row)

    def add(self, *parts: Part) -> None:
        """Fields, the first with the focus."""
        for part in parts:
            self._fields.addWidget(label(part.text, "label", "muted"))
            part.widget.setAccessibleName(part.text)
            self._fields.addWidget(part.widget)
        self._fields.addStretch(1)
        parts[0].widget.setFocus()
        self.ask()

    def ask(self) -> None:
        """The question as the fields stand now."""
        text = self.question()
        set_tone(self.sentence, "text")
        flow(self.sentence, text or self.missing)
        set_tone(self.sentence, "text" if text else "muted")

    def submit(self) -> None:
        """Ctrl+Enter."""
        QGuiApplication.inputMethod().commit()
        if self.busy or not self.go.isEnabled():
            return
        self.ask()
        if not self.question():
            set_tone(self.sentence, "warnText")
            return
        self._set_busy(True)
        self.given.emit()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.fields.setDisabled(busy)
        self.go.setDisabled(busy)

    def say_failed(self, text: str) -> None:
        """It could not be begun; the fields stay as they are."""
        self._set_busy(False)
        set_tone(self.sentence, "warnText")
        flow(self.sentence, text)

    def show_refused(self, text: str, lines: Sequence[str]) -> None:
        """What was asked is over, and not all could be done: these could not, and why."""
        self.fields.hide()
        self.effect.hide()
        self.go.hide()
        set_tone(self.sentence, "warnText")
        flow(self.sentence, text)
        for line in lines:
            self.refusals.addItem(line)
        self.refusals.show()
        self.shut.relabel(t("many.close"))
        self.refusals.setFocus()
        self.adjustSize()


def text_field(theme: Theme) -> QPlainTextEdit:
    """A field of some lines; Tab leaves it."""
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(edit.fontMetrics().lineSpacing() * LINES + theme.px(16))
    return edit


class TargetField(QWidget):
    """The case that others are merged into: one of those that are listed, or another by its number."""

    changed = Signal()

    def __init__(self, theme: Theme, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.list = _list(theme)
        for case, line in lines:
            item = _line(theme, line)
            item.setData(Qt.ItemDataRole.UserRole, case)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(theme.px(ITEM) * min(len(lines), LISTED) + 4)
        self.list.setHidden(not lines)
        self.other = QLineEdit()
        self.other.setPlaceholderText(t("many.M.other"))
        self.other.setAccessibleName(t("many.M.other"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.list)
        column.addWidget(self.other)
        self.setFocusProxy(self.list if lines else self.other)
        self.list.currentRowChanged.connect(lambda _row: self.changed.emit())
        self.other.textEdited.connect(lambda _text: self.changed.emit())

    @property
    def case(self) -> str:
        """The listed one; "" where another is named by its number."""
        named = self.other.text().strip() or self.list.currentRow() < 0
        return "" if named else str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    @property
    def number(self) -> str:
        """What was typed."""
        return self.other.text().strip()


def _line(theme: Theme, text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setToolTip(tip(text))
    item.setSizeHint(QSize(theme.px(100), theme.px(ITEM) - 2))
    return item


def _list(theme: Theme) -> QListWidget:
    made = QListWidget()
    made.setProperty("hits", "true")
    made.setSpacing(1)
    made.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    made.setFixedHeight(theme.px(ITEM) * LISTED + 4)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
