"""The sheet for one act on many cases: what is asked, the counted question, progress, and who was refused."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.text import flow, label, set_tone
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
    """`given` when it shall be done, `stopped` when it shall go no further, `back` when it shall be undone.

    `question`: the sentence as the fields stand, "" while something is missing; `missing`: what.
    """

    given = Signal()
    stopped = Signal()
    back = Signal()

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
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.refusals = _list(theme)
        self.refusals.setWordWrap(True)
        self.refusals.setAccessibleName(t("many.refused.list"))
        for part in (self.sentence, self.effect, self.bar, self.refusals):
            self._column.addWidget(part)
        self.bar.hide()
        self.refusals.hide()
        self._foot(go)
        self.setFixedWidth(px(WIDTH))

    def _foot(self, go: str) -> None:
        self.go = primary(self._theme, go, "Ctrl Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
        self.go.clicked.connect(self.submit)
        self.undo = secondary(self._theme, t("notice.undo"), "Ctrl Z")
        self.undo.clicked.connect(self.back)
        self.shut = quiet(self._theme, t("many.later"), "Esc")
        self.shut.clicked.connect(self.reject)
        row = QHBoxLayout()
        for part in (self.go, self.undo):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.shut)
        self.undo.hide()
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
        self._set_busy()
        self.given.emit()

    def _set_busy(self) -> None:
        self.busy = True
        self.fields.setEnabled(False)
        self.go.setEnabled(False)
        self.shut.relabel(t("many.stop"))
        self.bar.show()
        self.shut.setFocus()

    def progress(self, done: int, count: int, text: str) -> None:
        """How far it is."""
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        flow(self.sentence, text)

    def say_failed(self, text: str) -> None:
        """It could not be begun; the fields stay as they are."""
        self.busy = False
        self.fields.setEnabled(True)
        self.go.setEnabled(True)
        self.bar.hide()
        self.shut.relabel(t("many.later"))
        set_tone(self.sentence, "warnText")
        flow(self.sentence, text)

    def show_refused(self, text: str, lines: Sequence[str], undoable: bool) -> None:
        """The end, where not all could be done: these could not, and why."""
        self.busy = False
        self.fields.hide()
        self.bar.hide()
        self.effect.hide()
        self.go.hide()
        set_tone(self.sentence, "warnText")
        flow(self.sentence, text)
        for line in lines:
            self.refusals.addItem(line)
        self.refusals.show()
        self.undo.setVisible(undoable)
        if undoable:
            QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.back)
        self.shut.relabel(t("many.close"))
        self.refusals.setFocus()
        self.adjustSize()

    def reject(self) -> None:
        """Esc: stops what runs, closes otherwise."""
        if self.busy:
            self.stopped.emit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.busy:
            self.stopped.emit()
            event.ignore()
        else:
            super().closeEvent(event)


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
    item.setToolTip(text)
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
