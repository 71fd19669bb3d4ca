"""Canned texts in a text field: a short name and a space write one out (`/rc `), Ctrl+/ lists them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit

from console.domain.canned import short_typed
from console.ui.parts.text import tip


class Phrase(NamedTuple):
    """A text ready to be put in, its title in the list, and its short name ("": it has none)."""

    short: str
    title: str
    text: str


class Phrases(QObject):
    """Writes phrases into `edit`; `source` tells which there are now.

    A short name is looked for only behind a typed or composed space, never in words that the input method is
    still composing. What is written out is one step of its own: an undo gives back what was typed, and a
    further space leaves it alone.
    """

    def __init__(
        self, edit: QPlainTextEdit | QLineEdit, source: Callable[[], Sequence[Phrase]], listed: bool = True
    ) -> None:
        super().__init__(edit)
        self._edit, self._source, self._listed = edit, source, listed
        self._composing = self._written = False
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
            spaced = event.commitString().endswith(" ")
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._listed and _is_list_key(event):
                self.open_list()
                return True
            spaced = event.text() == " "
            if self._written and event.matches(QKeySequence.StandardKey.Undo):
                return self._take_back(event)
        else:
            return False
        if not spaced or self._composing:
            return False
        self._edit.event(event)  # the space first: then what it ends can be told from what it stands in
        self._write_out()
        return True

    def _write_out(self) -> None:
        short = short_typed(self._before())
        phrase = next((one for one in self._source() if one.short == short), None) if short else None
        if short and phrase:
            self._replace(len(short) + 2, f"{phrase.text} ")

    def _take_back(self, event: QKeyEvent) -> bool:
        """A line that undoes marks what comes back: the next letter would take its place."""
        self._edit.event(event)
        if isinstance(self._edit, QLineEdit):
            self._edit.deselect()
        return True

    def _before(self) -> str:
        """The line up to the cursor."""
        if isinstance(self._edit, QLineEdit):
            return self._edit.text()[: self._edit.cursorPosition()]
        cursor = self._edit.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _replace(self, typed: int, text: str) -> None:
        """The last `typed` characters become the text, undone in one step."""
        if isinstance(self._edit, QLineEdit):
            _step(self._edit)
            if typed:
                self._edit.setSelection(self._edit.cursorPosition() - typed, typed)
            self._edit.insert(" ".join(text.split("\n")))
            self._written |= bool(typed)
            return
        cursor = self._edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, typed)
        cursor.insertText(text)

    def put(self, text: str) -> None:
        """Into the field at its cursor, which it gets."""
        self._replace(0, text)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_list(self, above: QPoint | None = None) -> None:
        """All phrases, to choose by arrows; under the cursor, or `above` a place on the screen."""
        QGuiApplication.inputMethod().commit()
        menu = QMenu(self._edit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for phrase in self._source():
            action = menu.addAction(
                phrase.title.replace("&", "&&") + (f"\t/{phrase.short}" if phrase.short else "")
            )
            action.setToolTip(tip(phrase.text))
            action.triggered.connect(lambda _=False, text=phrase.text: self.put(text))
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.setToolTipsVisible(True)
        menu.popup(self._under() if above is None else above - QPoint(0, menu.sizeHint().height()))
        menu.setActiveAction(menu.actions()[0])

    def _under(self) -> QPoint:
        if isinstance(self._edit, QLineEdit):
            return self._edit.mapToGlobal(QPoint(0, self._edit.height()))
        return self._edit.viewport().mapToGlobal(self._edit.cursorRect().bottomLeft())


def _step(line: QLineEdit) -> None:
    """What follows is undone apart from what was typed right before it: a move of the cursor parts them."""
    at = line.cursorPosition()
    if line.text() and not line.hasSelectedText():
        line.setCursorPosition(at - 1 if at else 1)
        line.setCursorPosition(at)


def _is_list_key(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() == Qt.Key.Key_Slash
