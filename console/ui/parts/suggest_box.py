"""A line with suggestions below it, never completed inside it: input methods and typing come first."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.ui.parts.composing import commit_preedit
from console.ui.parts.spent_undo import is_spent_undo
from console.ui.theme import Theme

PASTE_MAX = 1_000_000
ROWS = 8


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: `main` in strong words, `detail` in grey; `value` goes to the room."""

    main: str
    detail: str
    value: object


class TypedLine(QLineEdit):
    """A line that also tells the words still being composed. `typed(str)`: all of it."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(PASTE_MAX)
        self._preedit = ""
        self.textEdited.connect(lambda _text: self._tell())

    @property
    def composing(self) -> bool:
        """Whether a word is being composed here."""
        return bool(self._preedit)

    def full_text(self) -> str:
        """The text with the words still being composed in their place."""
        text, at = self.text(), self.cursorPosition()
        return text[:at] + self._preedit + text[at:]

    def show_text(self, text: str) -> None:
        """Set from elsewhere; the cursor stays when nothing changes, and nothing is told. Words still being
        composed are in `text` or are not wanted any more."""
        if text != self.full_text():
            if self._preedit:
                QGuiApplication.inputMethod().reset()
            self._preedit = ""
            self.setText(text)

    def _tell(self) -> None:
        self.typed.emit(self.full_text())

    def event(self, event: QEvent) -> bool:
        if is_spent_undo(event, self.isUndoAvailable()):
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


class SuggestBox(TypedLine):
    """`source(text)` gives the suggestions; Enter takes the marked one (the best at first)."""

    chosen = Signal(object)
    passed = Signal()  # Enter with nothing to take

    def __init__(
        self, theme: Theme, source: Callable[[str], list[Suggestion]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._list = _List(theme, self)
        self._list.clicked.connect(lambda index: self._take(index.row()))
        self._theme = theme
        self.typed.connect(self.look)
        self.left.connect(self._list.hide)

    @property
    def suggestions(self) -> list[Suggestion]:
        """What is listed now; empty while the list is closed."""
        return self._list.suggestions if self._list.isVisible() else []

    def look(self, text: str) -> None:
        """List what fits `text`."""
        self._list.offer(self._source(text))

    def refresh(self) -> None:
        """There may be other suggestions for what is typed: an open list stays on its marked line, one that
        was empty opens; one that was put away stays so."""
        suggestions = self._source(self.full_text())
        opened, had = self._list.isVisible(), self._list.suggestions
        if suggestions == had or not self.hasFocus() or (had and not opened) or not self.full_text().strip():
            return
        row = self._list.currentRow()
        self._list.offer(suggestions)
        if opened and row < len(suggestions):
            self._list.setCurrentRow(row)

    def close_list(self) -> None:
        """Put the list away."""
        self._list.hide()

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._list.suggestions):
            taken = self._list.suggestions[row]
            commit_preedit()  # a click does not: the rest would come behind the choice
            self._list.hide()
            self.chosen.emit(taken.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, opened = event.key(), self._list.isVisible()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if opened:
                self._take(self._list.currentRow())
            else:
                self.passed.emit()
        elif key == Qt.Key.Key_Escape and opened:
            self._list.hide()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if opened:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.look(self.full_text())
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QEvent) -> None:
        self._list.hide()


class _List(QListWidget):
    """Floats below its line inside the window; never takes the focus."""

    def __init__(self, theme: Theme, line: QLineEdit) -> None:
        super().__init__(line)
        self._theme, self._line = theme, line
        self.suggestions: list[Suggestion] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setItemDelegate(_Row(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setProperty("floating", "true")
        self._dress()
        theme.changed.connect(self._dress)
        self.hide()

    def _dress(self) -> None:
        self.setStyleSheet(
            f"QListWidget {{ border: 1px solid {self._theme.hex('lineStrong')}; border-radius: 5px; }}"
        )

    def offer(self, suggestions: list[Suggestion]) -> None:
        """Show these, the first marked; none closes the list."""
        self.suggestions = suggestions
        self.clear()
        for suggestion in suggestions:
            item = QListWidgetItem(suggestion.main, self)
            item.setData(Qt.ItemDataRole.UserRole, suggestion)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{suggestion.main}, {suggestion.detail}")
        if not suggestions or not self._line.isVisible():
            self.hide()
            return
        self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self._line.destroyed.connect(self.deleteLater)
            window.installEventFilter(self)
        height = min(len(self.suggestions), ROWS) * self._theme.px(30) + 2
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        if corner.y() + height > window.height():
            corner = self._line.mapTo(window, QPoint(0, -height - 2))
        width = max(self._line.width(), self._theme.px(320))
        self.setGeometry(QRect(corner, QSize(min(width, window.width() - corner.x() - 4), height)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.hide()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def step(self, by: int) -> None:
        """Mark the next or the previous one."""
        self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, self._theme.px(30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        suggestion = index.data(Qt.ItemDataRole.UserRole)
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selected"))
        room = rect.adjusted(self._theme.px(10), 0, -self._theme.px(10), 0)
        used = self._words(painter, room, suggestion.main, "text", 500)
        self._words(
            painter, room.adjusted(used + self._theme.px(10), 0, 0, 0), suggestion.detail, "subtle", 400
        )
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, words: str, tone: str, weight: int) -> int:
        font = self._theme.font("body", weight)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        text = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return QFontMetrics(font).horizontalAdvance(text)
