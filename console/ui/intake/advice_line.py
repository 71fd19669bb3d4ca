"""The line under the type box: the proposed type with its reason and its key, or the chosen type's category.

Its height never changes, so nothing below it moves when a proposal comes or goes.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.advice import TypeGuess
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.suggestions import category_words, type_words
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.text import OneLine, label
from console.ui.theme import Theme
from console.ui.words import t

HEIGHT = 20


class AdviceLine(QWidget):
    """`wanted`: it was clicked."""

    wanted = Signal()

    def __init__(self, theme: Theme, state: IntakeState) -> None:
        super().__init__()
        self._theme, self.state = theme, state
        self.words, self.why = OneLine("small"), OneLine("small", "muted")
        self.words.setProperty("strong", "true")
        self.take, self.others = KeyCap(theme, "Alt Q"), KeyCap(theme, "Alt L ↓")
        self.more = label(t("intake.advice.more"), "small", "subtle")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.take, self.words, self.why, self.more, self.others):
            row.addWidget(part, 1 if part is self.why else 0)
        # the name gets the room it needs, the reason what is left; the keys stand where they stood
        self.words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._shown: TypeGuess | None = None
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def show_state(self) -> None:
        """As it stands; the same again paints nothing."""
        guess, kind = self.state.advised, self.state.reading.type
        proposed = self.state.kind_of(guess.type) if guess is not None else None
        shown = proposed is not None
        self.words.setText(t("intake.advice", type=type_words(proposed)) if proposed else "")
        if proposed and guess:
            self.why.setText(why_text(guess))
        else:
            self.why.setText(category_words(self.state.reference, kind) if kind else "")
        others = shown and len(self.state.guesses) > 1
        for part, visible in (
            (self.words, shown),
            (self.take, shown),
            (self.more, others),
            (self.others, others),
        ):
            part.setVisible(visible)
        self.setCursor(Qt.CursorShape.PointingHandCursor if shown else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.wanted.emit()


def why_text(guess: TypeGuess) -> str:
    """ "vì “nắp cống”, “vỡ” (312 phản ánh trước)"."""
    words = ", ".join(t("intake.advice.word", word=word) for word in guess.words)
    if guess.cases:
        return t("intake.advice.why", words=words, n=guess.cases)
    return t("intake.advice.named", words=words)
