"""Where the caller's words are typed; also tells the words still being composed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.ui.parts.spent_undo import is_spent_undo


class ContentEdit(QPlainTextEdit):
    """`typed(str)`: all of the text, composed words included. Tab leaves the field."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self._showing = False
        self._take: Callable[[QMimeData], bool] = lambda _source: False
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._tell)

    def takes_files(self, take: Callable[[QMimeData], bool]) -> None:
        """`take` gets what is pasted or dropped here, and says True where it was files or a picture."""
        self._take = take

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if (source.hasText() and not source.hasUrls()) or not self._take(source):
            super().insertFromMimeData(source)

    @property
    def composing(self) -> bool:
        """Whether a word is being composed here."""
        return bool(self._preedit)

    def full_text(self) -> str:
        """The text with the words still being composed in their place."""
        text, at = self.toPlainText(), self.textCursor().position()
        return text[:at] + self._preedit + text[at:]

    def show_text(self, text: str) -> None:
        """Set from elsewhere: nothing is told, and nothing happens when it is there already, words still
        being composed included. Otherwise those are in `text` or are not wanted any more."""
        if text != self.full_text():
            if self._preedit:
                QGuiApplication.inputMethod().reset()
            self._preedit = ""
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    def put_caret(self, at: int) -> None:
        """The cursor to this place in the text."""
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit(self.full_text())

    def event(self, event: QEvent) -> bool:
        if is_spent_undo(event, self.document().isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
