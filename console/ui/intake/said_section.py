"""What a practice caller says, sentence by sentence: there to be read again while one types."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from console.desk.call_rows import LiveCall
from console.domain.telephone import CallState
from console.ui.parts.text import flow, label
from console.ui.theme import Theme
from console.ui.words import t

HIGH = 196  # pixels at 100 %: fixed, so that nothing below moves with each sentence


class SaidSection(QWidget):
    """Hidden where nobody speaks in text, as on a real telephone line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label(wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 0, 12, 0)
        column.addWidget(self.words)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
        head = label(t("call.said"), "section", strong=True)
        head.setContentsMargins(16, 0, 12, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 8)
        whole.setSpacing(6)
        whole.addWidget(head)
        whole.addWidget(self._scroll, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HIGH))

    def show_call(self, call: LiveCall | None, practice: bool) -> None:
        """The sentences of this call so far; `practice`: the line's callers speak in text."""
        self.setVisible(practice and call is not None)
        shown = (f"{call.id} {call.state}", call.said) if call is not None else ("", ())
        if shown != self._shown:
            self._shown = shown
            said = "\n".join(f"– {sentence}" for sentence in shown[1])
            rings = call is not None and call.state is CallState.RINGING
            flow(self.words, said or t("call.said.rings" if rings else "call.said.nothing"))
