"""A part of the board: a head with a name, a count, a remark, buttons; what it shows, or why it is empty."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from console.ui.parts.text import OneLine, label, rule, set_tone
from console.ui.theme import Theme

HEAD = 42


class Panel(QWidget):
    """`say`: the sentence that stands where the body would; "" shows the body."""

    def __init__(self, theme: Theme, title: str, body: QWidget, tools: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.count = label(title, "section", strong=True), label("", "small", "muted")
        self.note = OneLine("small", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.blank = label("", tone="muted", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.blank.setMargin(theme.px(24))
        self.head = QWidget()
        self.head.setFixedHeight(theme.px(HEAD))
        row = QHBoxLayout(self.head)
        row.setContentsMargins(theme.px(14), 0, theme.px(10), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.title)
        row.addWidget(self.count)
        row.addWidget(self.note, 1)
        for tool in tools:
            row.addWidget(tool)
        self.body, middle = body, QWidget()
        self.setFocusProxy(body)
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(body)
        self._stack.addWidget(self.blank)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.head)
        self.column.addWidget(rule(self))
        self.column.addWidget(middle, 1)

    def tell_count(self, count: int, tone: str = "muted") -> None:
        """The number beside the name."""
        self.count.setText(str(count))
        set_tone(self.count, tone)

    @property
    def shows(self) -> bool:
        """Whether there is something in it."""
        return self._stack.currentWidget() is self.body

    def say(self, text: str) -> None:
        """Nothing to show, and why; ""."""
        self.blank.setText(text)
        self._stack.setCurrentWidget(self.blank if text else self.body)
