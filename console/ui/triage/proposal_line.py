"""One part of the proposal: its name, what it would be and why; in its place the fields that change it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from console.ui.parts.text import OneLine, label, set_tone
from console.ui.theme import Theme
from console.ui.triage.proposal_words import Said

_MIDDLE, _WHOLE = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag(0)
_NO_WIDER = QSizePolicy.Policy.Maximum
NAME, HEIGHT, LOW = 84, 46, 34  # pixels at 100 %


class ProposalLine(QWidget):
    """Of one height whatever it says, so that nothing below it moves. `fields`: side by side, with their
    shares of the width."""

    def __init__(self, theme: Theme, name: str, fields: Sequence[tuple[QWidget, int]] = ()) -> None:
        super().__init__()
        self._theme, self._low = theme, False
        self.value, self.why = OneLine("bodyStrong"), OneLine("small", "muted")
        self.value.setProperty("strong", "true")
        said = QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(self.value)
        lines.addWidget(self.why)
        lines.addStretch(1)
        self._stack = QStackedLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.name = label(name, "label", "muted")
        row.addWidget(self.name)
        row.addLayout(self._stack, 1)
        self._stack.addWidget(said)
        if fields:
            edit = QWidget()
            across = QHBoxLayout(edit)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            for widget, share in fields:
                across.addWidget(widget, share)
                across.setAlignment(widget, _MIDDLE if widget.sizePolicy().hasHeightForWidth() else _WHOLE)
            if all(widget.sizePolicy().horizontalPolicy() is _NO_WIDER for widget, _ in fields):
                across.addStretch(1)
            self._stack.addWidget(edit)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(LOW if self._low else HEIGHT))
        self.name.setFixedWidth(self._theme.px(NAME))

    def say(self, said: Said) -> None:
        """What it is, and why."""
        why = said.why[:1].upper() + said.why[1:]
        self.value.setText(said.value)
        self.why.setText(why)
        self.why.setVisible(bool(why) and not self._low)
        self.value.setToolTip("\n".join(part for part in (said.value, why) if part))
        hidden = said.warns and self._low and said.tone == "text"  # the reason that wants to be read
        set_tone(self.value, "warnText" if hidden else said.tone)
        set_tone(self.why, "warnText" if said.warns else "muted")
        self.setAccessibleName(f"{self.name.text()}: {said.value}. {why}")

    def set_low(self, low: bool) -> None:
        """Where there is little height the reason stands in the tooltip alone."""
        self._low = low
        self.why.setVisible(bool(self.why.text()) and not low)
        self._dress()

    def edit(self, on: bool) -> None:
        """The fields, or what they say."""
        self._stack.setCurrentIndex(1 if on and self._stack.count() > 1 else 0)
