"""A field with its label above, where the Alt letter is underlined, and its sentence below."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.ui.parts.text import OneLine, label, set_look, set_tone
from console.ui.words import t


def underlined(text: str, letter: str) -> str:
    """The text as HTML with a plain `letter` in it underlined; ASCII only, so that it can be pressed."""
    at = text.find(letter.upper())
    if at < 0:
        at = text.rfind(letter.lower())
    if at < 0 or not letter:
        return html.escape(text)
    return f"{html.escape(text[:at])}<u>{html.escape(text[at])}</u>{html.escape(text[at + 1 :])}"


def field_label(text: str, letter: str = "") -> QLabel:
    """A field's label; its Alt letter underlined."""
    made = label(type="label", tone="muted")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(underlined(text, letter))
    return made


class FieldFrame(QWidget):
    """Label, hint and "bắt buộc" above, the field, and below it what is wrong or how it stands."""

    def __init__(
        self,
        name: str,
        letter: str,
        body: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.body = body
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(field_label(name, letter))
        self._required = label(t("intake.required"), "small", "alarmText")
        self.head.addWidget(self._required)
        words = OneLine("small", "subtle")
        words.setText(hint)
        self.head.addWidget(words, 1)
        self.below = label(type="small", tone="muted", wrap=True)
        self._held_open = beside is not None
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.below, 1)
        if beside is not None:
            foot.addWidget(beside)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(self.head)
        column.addWidget(body)
        column.addLayout(foot)
        self.below.setVisible(self._held_open)  # in its place by now: alone it would open a window
        self.set_required(required)
        if not body.accessibleName():
            body.setAccessibleName(name)

    def underline(self, line: QWidget) -> None:
        """A line of its own below everything, always there."""
        self._column.addWidget(line)

    def set_required(self, on: bool) -> None:
        """Whether saving waits for it, said beside the label."""
        self._required.setVisible(on)

    def say(self, text: str, tone: str = "muted") -> None:
        """A sentence below; "" for none."""
        self.below.setText(text)
        self.below.setVisible(self._held_open or bool(text))
        set_tone(self.below, tone)


def mark_bad(widget: QWidget, sentence: str) -> None:
    """Edge the field as wrong and tell why to a screen reader; "" clears it."""
    set_look(widget, "bad", "true" if sentence else "false")
    widget.setAccessibleDescription(sentence)
