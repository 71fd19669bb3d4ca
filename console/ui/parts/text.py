"""Labels by type role and tone: the style sheet knows what they look like."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

LINE_HEIGHT = 118  # per cent of the font's own line, which makes 1.42 of its size with Inter


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


def flow(made: QLabel, text: str, *, rich: bool = False) -> None:
    """Fill a label with a paragraph whose lines stand far enough apart for stacked marks (Ễ over ự).

    `rich`: `text` is rich text already, its values escaped.
    """
    body = text if rich else html.escape(text).replace("\n", "<br>")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(f'<div style="line-height: {LINE_HEIGHT}%">{body}</div>' if body else "")


def tip(text: str) -> str:
    """The text for a tooltip, which shows it as it is: Qt takes one that begins like HTML for HTML."""
    if not Gui.mightBeRichText(text):
        return text
    return "<span>" + html.escape(text).replace("\n", "<br>") + "</span>"


class OneLine(QLabel):
    """A label that gives way: it ends in "…" where there is no room, the whole text in its tooltip."""

    def __init__(self, type: str = "body", tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(tip(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


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
