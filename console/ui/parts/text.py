"""Labels by type role and tone: the style sheet knows what they look like."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def label(
    text: str = "",
    type: str = "body",
    tone: str = "text",
    *,
    strong: bool = False,
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A plain-text label. `type`: a type role of tokens.json; `tone`: a text colour token."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", type)
    made.setProperty("tone", tone)
    if strong:
        made.setProperty("strong", "true")
    made.setWordWrap(wrap)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a label's tone; the style has to be told."""
    set_look(widget, "tone", tone)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet selects by."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def rule(parent: QWidget | None = None) -> QFrame:
    """A one-pixel line between sections."""
    made = QFrame(parent)
    made.setProperty("rule", "true")
    made.setFixedHeight(1)
    return made
