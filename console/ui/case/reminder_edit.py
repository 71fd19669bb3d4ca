"""A reminder being written: its level by a digit, and words that follow the level until they are changed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.chase_lists import BY_LEVEL
from console.ui.parts.choice import ChoiceList
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

LINES = 4


class ReminderEdit(QWidget):
    """`words_of(level)`: what the lists have. `value()`: level and words, () while there are none."""

    edited = Signal()

    def __init__(
        self, theme: Theme, first: int, words_of: Callable[[int], str], keys: QObject | None = None
    ) -> None:
        super().__init__()
        self._words_of = words_of
        levels = [(str(level), t(f"remind.level.{level}"), str(level)) for level in BY_LEVEL]
        self.level = ChoiceList(theme, levels, str(first))
        self.level.setAccessibleName(t("remind.level"))
        self.whom: QLabel = label("", "small", "muted", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("act.field.reminder"))
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + theme.px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.level)
        column.addWidget(self.whom)
        column.addWidget(self.text)
        if keys is not None:
            self.level.installEventFilter(keys)
            self.text.installEventFilter(keys)
        self.setFocusProxy(self.level)
        self._put(first)
        self.level.chosen.connect(lambda _level: self._leveled())
        self.text.textChanged.connect(self.edited)

    def _leveled(self) -> None:
        typed = self.text.toPlainText().strip()
        if not typed or typed in {self._words_of(level) for level in BY_LEVEL}:
            self._put(self.chosen)
        self._tell()

    def _put(self, level: int) -> None:
        self.text.setPlainText(self._words_of(level))
        self._tell()

    def _tell(self) -> None:
        people = ", ".join(t(f"whom.{whom.value}") for whom in BY_LEVEL[self.chosen])
        self.whom.setText(t("remind.whom", people=people))

    @property
    def chosen(self) -> int:
        """The level."""
        return int(self.level.value or 1)

    def value(self) -> tuple[str, ...]:
        """Level and words; nothing while there are no words."""
        words = self.text.toPlainText().strip()
        return (str(self.chosen), words) if words else ()

    def set_value(self, kept: tuple[str, ...]) -> None:
        """As it was kept."""
        if len(kept) == 2 and kept[0] in {str(level) for level in BY_LEVEL}:
            self.level.set_value(kept[0])
            self.text.setPlainText(kept[1])
