"""Drafts that wait, above the form: each with the key that opens it again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.desk.rows import Draft
from console.domain.reference import Reference
from console.ui.intake.suggestions import type_words
from console.ui.parts.buttons import KeyButton, secondary
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

KEYS, FIRST_KEY = 4, 5  # Alt+5 to Alt+8: those before are the calls
_LONG = 34  # characters


class DraftsBar(QWidget):
    """`wanted(str)`: a draft's id."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.drafts: tuple[Draft, ...] = ()
        self._buttons: list[KeyButton] = []
        self.setProperty("fill", "warnSoft")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 6, 14, 6)
        self._row.setSpacing(8)
        self.words = label(type="bodyStrong", tone="warnText")
        self._row.addWidget(self.words)
        self._row.addStretch(1)
        self.hide()

    def show_drafts(self, drafts: tuple[Draft, ...], reference: Reference) -> None:
        """The newest few as buttons; all of them are in the outbox's list of drafts."""
        self.drafts = drafts[-KEYS:]
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, draft in enumerate(self.drafts):
            words = f"{draft.number}  {draft_words(draft, reference)}"
            if draft.handed_by:
                words += f" · {t('hand.from', desk=draft.handed_by)}"
            button = secondary(self._theme, words, f"Alt {FIRST_KEY + place}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, found=draft.id: self.wanted.emit(found))
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
        self.words.setText(t("intake.drafts", n=len(drafts)))
        self.setVisible(bool(drafts))

    def want(self, place: int) -> None:
        """The key of that place, counted from 0."""
        if place < len(self.drafts):
            self.wanted.emit(self.drafts[place].id)


def draft_words(draft: Draft, reference: Reference) -> str:
    """A few words by which the draft is known again; no personal data."""
    kind = reference.type(draft.type)
    text = " ".join(
        (draft.description or (type_words(kind) if kind else draft.type_text) or draft.place_text).split()
    )
    if not text:
        return t("intake.drafts.empty")
    return text if len(text) <= _LONG else text[:_LONG].rstrip() + "…"
